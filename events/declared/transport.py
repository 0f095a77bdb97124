"""Who is driven, and from where."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.declared.dates import dates_of, over_before, said_of
from events.models import TransportRequest
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Declaration

KEPT = timedelta(days=30)


def export(person: Person) -> list[dict[str, Any]]:
    requests = TransportRequest.objects.filter(booking__booker__in=everybody_who_is(person))
    rows = list(requests.select_related("booking").order_by("booking__created_at"))
    dates = dates_of({row.booking.pool_id for row in rows})
    return [
        {
            **said_of(dates[row.booking.pool_id]),
            "people": row.people,
            "from": ", ".join(part for part in (row.street, row.city) if part),
            "how_to_find_you": row.note,
            "answer": str(row.get_state_display()),
            "picked_up_at": f"{row.pickup_at:%H:%M}" if row.pickup_at else None,
        }
        for row in rows
    ]


def erase(person: Person) -> None:
    TransportRequest.objects.filter(booking__booker__in=everybody_who_is(person)).delete()


def retain() -> None:
    over = over_before(timezone.now() - KEPT, "booking__pool")
    TransportRequest.objects.filter(over).delete()


DECLARATION = Declaration(
    key="transport",
    label=_("Transport you asked for"),
    basis=_("a public task: social services (GDPR art. 6(1)(e))"),
    kept_for=_("30 days after the last date"),
    tables=("events_transportrequest",),
    export=export,
    erase=erase,
    retain=retain,
    names={
        "from": _("From where"),
        "how_to_find_you": _("How to find you"),
        "answer": _("Answer"),
        "picked_up_at": _("Picked up at"),
    },
)
