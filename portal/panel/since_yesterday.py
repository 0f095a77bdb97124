"""A few numbers that tell how the portal is doing; most are counted for the blocks already."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Expression, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import ngettext

from events.models import Booking
from portal.accounts.models import User
from portal.accounts.permissions import Permission, may
from portal.panel.blocks import Waiting
from volunteering.models import HoursEntry


@dataclass(frozen=True, slots=True)
class Number:
    value: int
    label: str


def since_yesterday(user: User, waiting: Waiting) -> list[Number]:
    """Of what the user may see; one query."""
    numbers = []
    counted = _counted()
    if may(user, Permission.RUN_EVENTS):
        bookings = counted["bookings"]
        numbers.append(
            Number(bookings, ngettext("new booking since yesterday", "new bookings since yesterday",
                                      bookings))
        )  # fmt: skip
    if may(user, Permission.RUN_HELP):
        unmet, hours = waiting.count_of("help-unmet"), round(counted["minutes"] / 60)
        numbers += [
            Number(unmet, ngettext("request without help", "requests without help", unmet)),
            Number(hours, ngettext("hour of help confirmed this month",
                                   "hours of help confirmed this month", hours)),
        ]  # fmt: skip
    if may(user, Permission.RETRY_DELIVERIES):
        failed = waiting.count_of("deliveries")
        numbers.append(
            Number(failed, ngettext("message not delivered", "messages not delivered", failed))
        )
    return numbers


def _counted() -> dict[str, int]:
    today = timezone.localdate()
    yesterday = timezone.make_aware(datetime.combine(today - timedelta(days=1), time()))
    confirmed = HoursEntry.objects.filter(
        status=HoursEntry.Status.CONFIRMED, on__gte=today.replace(day=1), on__lte=today
    )
    parts = (
        _one("bookings", Booking.objects.filter(created_at__gte=yesterday), Count("pk")),
        _one("minutes", confirmed, Coalesce(Sum("minutes"), 0)),
    )
    return dict(parts[0].union(parts[1], all=True))


def _one(name: str, rows: "QuerySet[Any]", number: Expression) -> "QuerySet[Any, Any]":
    """Named, so that several come by one query."""
    named: QuerySet[Any, Any] = rows.order_by().annotate(counted=Value(name)).values("counted")
    numbers: QuerySet[Any, Any] = named.annotate(number=number).values_list("counted", "number")
    return numbers
