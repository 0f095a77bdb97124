"""What a message says about an activity. It is computed when the message is rendered, so it speaks
the language of whoever gets it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from events.availability import cancel_until, office_phone
from events.links import manage_path
from events.models import (
    Activity,
    Booking,
    Participation,
    Session,
    TransportRequest,
)
from events.occasions import Occasion, occasion_of
from events.rules_in_words import fee
from portal.notifications.links import absolute
from portal.places.models import Place
from tenants.formats import day, hours

# A text message of one part has room for the link and little else.
SHORT_TITLE = 26
# Only what decides whether somebody gets in at all.
ACCESS_SAID = ("step_free", "lift", "toilet", "parking")
WAITING = Participation.Status.WAITING


def full_day(moment: datetime) -> str:
    """``Tuesday, 14 May 2026``, of the clock in Poland."""
    on = timezone.localdate(moment)
    return f"{date_format(on, 'l')}, {day(on)}"


def deadline(moment: datetime) -> str:
    """``Tuesday, 14 May 2026, 18:00``"""
    local = timezone.localtime(moment)
    return f"{full_day(moment)}, {local.hour}:{local:%M}"


def when(starts_at: datetime, ends_at: datetime) -> str:
    """``Tuesday, 14 May 2026, 10:00–12:00``; what lasts for days says when it ends."""
    if ends_at - starts_at >= timedelta(days=1):
        return f"{deadline(starts_at)} – {deadline(ends_at)}"
    times = (timezone.localtime(moment).time() for moment in (starts_at, ends_at))
    return f"{full_day(starts_at)}, {hours(*times)}"


def briefly(moment: datetime) -> str:
    """``14 May, 10:00``, where room is scarce."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'MONTH_DAY_FORMAT')}, {local.hour}:{local:%M}"


@dataclass(frozen=True, slots=True)
class Held:
    """A booking of whoever reads the message: they may manage it."""

    booking: Booking

    @property
    def code(self) -> str:
        return self.booking.readable_code

    @property
    def link(self) -> str:
        return absolute(manage_path(self.booking))


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """
    Attributes:
        sessions: the dates the message is about, in order.
        office: the number to call, as it is written; "" where the office has given none.
        held: bookings of the recipient; none in a message that is not about theirs.
        people: names of those it is about.
        begins_at: of a course, its first date: until when places can be given back depends on it.
        only_waits: they are in line and have no place.
        status: of the first who is on the list.
    """

    activity: Activity
    sessions: Sequence[Session]
    office: str = ""
    held: Sequence[Held] = ()
    people: Sequence[str] = ()
    transport: TransportRequest | None = None
    begins_at: datetime
    only_waits: bool = False
    status: str = ""

    @property
    def title(self) -> str:
        return self.activity.title

    @property
    def short_title(self) -> str:
        return Truncator(self.title).chars(SHORT_TITLE, truncate="...")

    @property
    def first(self) -> Session:
        return self.sessions[0]

    @property
    def briefly(self) -> str:
        return briefly(self.first.starts_at)

    @property
    def names(self) -> str:
        return ", ".join(self.people)

    @property
    def link(self) -> str:
        return self.held[0].link if self.held else ""

    @property
    def page(self) -> str:
        return absolute(reverse("events:activity", args=[self.activity.slug]))

    @property
    def agenda(self) -> str:
        return absolute(reverse("events:agenda"))

    @property
    def give_back_until(self) -> str:
        return deadline(cancel_until(self.activity, self.begins_at))

    @property
    def can_give_back(self) -> bool:
        return timezone.now() < cancel_until(self.activity, self.begins_at)

    @property
    def call(self) -> str:
        """Whom to ask, as the last line of every message."""
        if not self.office:
            return _("Questions? Ask at the office.")
        return _("Questions? Call us: %(phone)s.") % {"phone": self.office}

    @property
    def facts(self) -> str:
        """One fact a line: what, when, where, who, for how much."""
        return "\n".join([self.title, *self._dates(), *self._place(), *self._rest()])

    def _dates(self) -> Iterator[str]:
        if len(self.sessions) == 1:
            yield _("When: %(when)s") % {"when": when(self.first.starts_at, self.first.ends_at)}
            return
        yield _("When:")
        for session in self.sessions:
            line = when(session.starts_at, session.ends_at)
            elsewhere = session.place if session.place != self.first.place else None
            yield f"- {line}, {elsewhere.name}" if elsewhere else f"- {line}"

    def _place(self) -> Iterator[str]:
        place, room = self.first.place, self.first.room
        if place is None:
            return
        where = [place.name, *([str(room)] if room else []), *place.address_lines]
        yield _("Where: %(where)s") % {"where": ", ".join(where)}
        if place.directions:
            directions = " ".join(place.directions.split())
            yield _("How to get there: %(directions)s") % {"directions": directions}
        if known := _access_of(place):
            yield _("Getting in: %(known)s") % {"known": known}

    def _rest(self) -> Iterator[str]:
        if self.people:
            yield _("For whom: %(names)s") % {"names": self.names}
        yield _("Fee: %(fee)s") % {"fee": fee(self.activity)}
        if self.activity.fee_note:
            yield self.activity.fee_note
        if self.transport is not None:
            yield _transport_words(self.transport)
        yield from dict.fromkeys(session.note for session in self.sessions if session.note)
        for held in self.held:
            yield _("Code of the booking: %(code)s") % {"code": held.code}


def about_booking(
    booking: Booking,
    *,
    people: Sequence[str] | None = None,
    is_held: bool = True,
    occasion: Occasion | None = None,
) -> About:
    """What its booker is told.

    Args:
        people: who it is about, where that is not everybody on the list; where nobody is on it any
            more, it is about all who were.
        is_held: whether they may manage the booking.
        occasion: what it is for, where the caller has asked already.
    """
    occasion = occasion or occasion_of(booking.pool)
    sessions = occasion.sessions or (occasion.first,)
    prefetch_related_objects(sessions, "activity__texts", "place__access_facts")
    rows = list(booking.participations.select_related("person").order_by("ordinal", "id"))
    active = [row for row in rows if row.status in Participation.ACTIVE]
    return About(
        activity=occasion.activity,
        sessions=sessions,
        office=office_phone(occasion.activity),
        held=[Held(booking)] if is_held else [],
        people=[str(row.person) for row in active or rows] if people is None else people,
        transport=TransportRequest.objects.filter(booking=booking).first() if is_held else None,
        begins_at=occasion.first.starts_at,
        only_waits=bool(active) and all(row.status == WAITING for row in active),
        status=active[0].status if active else "",
    )


def _access_of(place: Place) -> str:
    facts = place.access
    known = [
        f"{fact.label} – {fact.value.label}"
        for fact in (facts.facts() if facts else ())
        if fact.is_known and fact.name in ACCESS_SAID
    ]
    return "; ".join(known)


def _transport_words(request: TransportRequest) -> str:
    where = ", ".join(part for part in (request.street, request.city) if part)
    if request.state == TransportRequest.State.ARRANGED and request.pickup_at is not None:
        return _("Transport: we pick you up at %(time)s, from %(where)s.") % {
            "time": f"{request.pickup_at.hour}:{request.pickup_at:%M}", "where": where,
        }  # fmt: skip
    if request.state == TransportRequest.State.ARRANGED:
        return _("Transport: arranged, from %(where)s.") % {"where": where}
    if request.state == TransportRequest.State.REQUESTED:
        return _("Transport: asked for, from %(where)s. We will tell you once it is arranged.") % {
            "where": where
        }
    return _("Transport: not possible this time.")
