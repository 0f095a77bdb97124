"""Private calendars of bookings."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import CalendarFeed, Participation
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Declaration

# An address that nothing was booked for in so long is forgotten somewhere.
UNUSED = timedelta(days=365)


def export(person: Person) -> list[dict[str, Any]]:
    """Without the address: we keep only what recognises it."""
    feeds = CalendarFeed.objects.filter(person__in=everybody_who_is(person))
    return [{"since": feed.created_at} for feed in feeds]


def erase(person: Person) -> None:
    CalendarFeed.objects.filter(person__in=everybody_who_is(person)).delete()


def retain() -> None:
    since = timezone.now() - UNUSED
    theirs = Q(person=OuterRef("person")) | Q(booking__booker=OuterRef("person"))
    booked = Participation.objects.filter(theirs, created_at__gte=since)
    CalendarFeed.objects.filter(~Exists(booked), created_at__lt=since).delete()


DECLARATION = Declaration(
    key="calendar",
    label=_("Your private calendar"),
    basis=_("a public task: social services (GDPR art. 6(1)(e))"),
    kept_for=_("until you end it; a year after your last booking"),
    tables=("events_calendarfeed",),
    export=export,
    erase=erase,
    retain=retain,
    names={"since": _("Since")},
)
