"""The plan of the day: what takes place today, in order, and where in it we are now."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Session

# More stand on the calendar.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Stop:
    """``sheet_url`` is the list of who comes, "" where nobody books."""

    starts_at: datetime
    title: str
    note: str
    url: str
    sheet_url: str


@dataclass(frozen=True, slots=True)
class Plan:
    """``over`` and ``ahead``: on either side of now; what goes on is ahead until it ends."""

    over: list[Stop]
    ahead: list[Stop]
    has_more: bool

    @property
    def is_empty(self) -> bool:
        return not self.over and not self.ahead


def plan_of_today() -> Plan:
    """Two queries: the dates, and the words of their activities."""
    now = timezone.now()
    begins = timezone.make_aware(datetime.combine(timezone.localdate(now), time()))
    ends = timezone.make_aware(
        datetime.combine(timezone.localdate(now) + timedelta(days=1), time())
    )
    sessions = (
        Session.objects.filter(status__in=[*Session.TAKING_PLACE, Session.Status.HELD])
        .filter(starts_at__gte=begins, starts_at__lt=ends)
        .select_related("activity__pool", "pool", "place")
        .prefetch_related("activity__texts")
        .in_order()
    )
    rows = list(sessions[: SHOWN + 1])
    return Plan(
        over=[_stop(one) for one in rows[:SHOWN] if one.ends_at <= now],
        ahead=[_stop(one) for one in rows[:SHOWN] if one.ends_at > now],
        has_more=len(rows) > SHOWN,
    )


def _stop(session: Session) -> Stop:
    pool = session.places
    taken = (
        _("%(taken)d of %(places)d places taken")
        % {"taken": pool.taken, "places": pool.capacity}
        if pool
        else _("no booking needed")
    )  # fmt: skip
    arguments = [session.pk]
    return Stop(
        starts_at=session.starts_at,
        title=session.activity.title,
        note=f"{taken}, {session.place}" if session.place else taken,
        url=reverse("panel:participants:participants", args=arguments),
        sheet_url=reverse("panel:participants:check_in", args=arguments) if pool else "",
    )
