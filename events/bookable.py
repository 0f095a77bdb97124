"""Which sessions one can still book, said in SQL: the rule of ``events.availability`` again, for
filters and counts over many sessions. A test holds the two against each other."""

from datetime import datetime, timedelta

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone

from events.availability import OPENS_AT
from events.models import Activity, CapacityPool, Session
from events.models.session import SessionQuerySet

# Of sessions read ``with_bookable()``.
BOOKABLE = Q(is_bookable=True)


def with_bookable(sessions: SessionQuerySet, now: datetime) -> SessionQuerySet:
    """Ready for ``BOOKABLE``: bookings have begun and not yet ended, and a place is free. What can
    only be had by phone is not bookable, nor is what people just come to."""
    first_date = (
        Session.objects.filter(activity=OuterRef("activity"))
        .exclude(status=Session.Status.CANCELLED)
        .order_by("starts_at", "id")
        .values("starts_at")[:1]
    )
    places = CapacityPool.objects.filter(pk=Coalesce(OuterRef("activity__pool"), OuterRef("pool")))
    return (
        sessions.alias(
            begins_at=Case(
                When(activity__kind=Activity.Kind.COURSE, then=Subquery(first_date)),
                default=F("starts_at"),
                output_field=DateTimeField(),
            ),
            free_places=Subquery(places.values_list(F("capacity") - F("taken"))),
            opens_for=_opens_for(now),
        )
        .alias(
            begins_on=TruncDate("begins_at"),
        )
        .alias(
            is_bookable=ExpressionWrapper(
                Q(
                    Q(activity__opens_days_before__isnull=True) | Q(opens_for__gte=F("begins_on")),
                    status__in=Session.TAKING_PLACE,
                    activity__takes_bookings=True,
                    free_places__gt=0,
                    begins_at__gt=_closes_for(now),
                ),
                output_field=BooleanField(),
            )
        )
    )


def _closes_for(now: datetime) -> Combinable:
    """What begins at this moment or earlier takes no more bookings."""
    ahead = ExpressionWrapper(
        F("activity__closes_hours_before") * Value(timedelta(hours=1), DurationField()),
        output_field=DurationField(),
    )
    return ExpressionWrapper(Value(now, DateTimeField()) + ahead, output_field=DateTimeField())


def _opens_for(now: datetime) -> Combinable:
    """The last day whose bookings have begun: they do so many days before, when offices open."""
    local = timezone.localtime(now)
    opened_on = local.date() - timedelta(days=0 if local.time() >= OPENS_AT else 1)
    return ExpressionWrapper(
        Cast(Value(opened_on.isoformat(), CharField()), DateField())
        + F("activity__opens_days_before"),
        output_field=DateField(),
    )
