"""Forms that are being filled in, and the places they hold meanwhile."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events import holding
from events.models import BookingDraft
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Declaration

KEPT = timedelta(days=1)


def drafts_of(person: Person) -> "QuerySet[BookingDraft]":
    """Begun when they were logged in, become a booking of theirs, or with their contact in it."""
    everybody = everybody_who_is(person)
    found = Q(person__in=everybody) | Q(booking__booker__in=everybody)
    found |= Q(booking__participations__person__in=everybody)
    for one in everybody:
        if one.email:
            found |= Q(answers__kontakt__email__iexact=one.email)
        if one.phone:
            found |= Q(answers__kontakt__phone=str(one.phone))
    return BookingDraft.objects.filter(found).distinct()


def export(person: Person) -> list[dict[str, Any]]:
    rows = BookingDraft.objects.filter(person__in=everybody_who_is(person)).select_related(
        "activity"
    )
    return [
        {"activity": row.activity.title, "begun_at": row.created_at, "answers": row.answers}
        for row in rows.order_by("created_at")
    ]


def erase(person: Person) -> None:
    _forget(drafts_of(person))


def retain() -> None:
    now = timezone.now()
    still_held = Q(held_until__gt=now)
    _forget(BookingDraft.objects.filter(created_at__lt=now - KEPT).exclude(still_held))


def _forget(drafts: "QuerySet[BookingDraft]") -> None:
    """In the order of their ids; what they hold is given back first."""
    for pk in sorted(drafts.values_list("pk", flat=True)):
        draft = BookingDraft.objects.select_for_update(no_key=True).filter(pk=pk).first()
        if draft is not None:
            holding.let_go(draft)
            draft.delete()


DECLARATION = Declaration(
    key="forms",
    label=_("Bookings you began to fill in"),
    basis=_("a public task: social services (GDPR art. 6(1)(e))"),
    kept_for=_("one day"),
    tables=("events_bookingdraft", "events_hold"),
    export=export,
    erase=erase,
    retain=retain,
    names={"begun_at": _("Begun"), "answers": _("What you answered")},
)
