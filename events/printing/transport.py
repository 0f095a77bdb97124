"""The list for whoever drives: when, whom, from where, and nothing else about them."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from events.models import AccessNeed, CapacityPool, Participation, Session, TransportRequest
from events.printing.typesetting import pdf
from events.printing.words import day_in_words, frame, hours_of, where
from tenants.formats import PhoneError, phone

# Of all that people told us they need, this is what a driver has to be ready for.
FOR_THE_DRIVER = (AccessNeed.Need.ESCORT, AccessNeed.Need.ASSISTANCE_DOG)


def transport_pdf(session: Session, requests: Iterable[TransportRequest]) -> bytes:
    """A4 across, in the order of the ride; what was declined is left out."""
    return pdf("transport", transport_data(session, requests))


def transport_data(session: Session, requests: Iterable[TransportRequest]) -> dict[str, Any]:
    rides = [each for each in requests if each.state != TransportRequest.State.DECLINED]
    prefetch_related_objects(
        rides, "booking__booker", "booking__participations__person",
        "booking__participations__needs", "booking__participations__place",
    )  # fmt: skip
    rows = [_row(ride) for ride in sorted(rides, key=_in_order) if _going(ride)]
    title = session.activity.title
    return {
        **frame(
            _("Transport: %(title)s, %(day)s") % {"title": title, "day": day_in_words(session)}
        ),
        "heading": _("Transport"),
        "title": title,
        "text_language": session.activity.text.language if session.activity.text else "pl",
        "facts": [
            [_("Date"), day_in_words(session)],
            [_("Hours"), hours_of(session)],
            [_("Drive to"), ", ".join(where(session)) or "–"],
            [_("People"), str(sum(row["people"] for row in rows))],
        ],
        "columns": [
            _("Pick up"), _("Who and phone"), _("From where"), _("People"), _("Be ready for"),
        ],
        "rows": rows,
        "no_time": _("to be agreed"),
        "nobody": _("Nobody is to be driven."),
        "privacy": _(
            "Personal data: do not show this sheet to others, and give it back to the office after"
            " the drive."
        ),
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }  # fmt: skip


def _going(ride: TransportRequest) -> list[Participation]:
    """Who of the party has a place: nobody else is driven."""
    return [
        each
        for each in ride.booking.participations.all()
        if each.status in Participation.WITH_A_PLACE
    ]


def _in_order(ride: TransportRequest) -> tuple[bool, time, str, str]:
    """By the time; what is not agreed yet comes last, by village."""
    return (ride.pickup_at is None, ride.pickup_at or time(), ride.city, ride.street)


def _row(ride: TransportRequest) -> dict[str, Any]:
    going = _going(ride)
    return {
        "time": f"{ride.pickup_at.hour}:{ride.pickup_at:%M}" if ride.pickup_at else "",
        "names": [each.person.full_name for each in going],
        "phone": _phone(ride, going),
        "address": [ride.street, ride.city],
        "note": ride.note,
        # Somebody of the party may have given the place back since.
        "people": min(ride.people, len(going)),
        "needs": _needs(going),
    }


def _phone(ride: TransportRequest, going: list[Participation]) -> str:
    """The booker's, and their name when they do not come along themselves."""
    booker = ride.booking.booker
    if not booker.phone:
        return ""
    try:
        number = phone(str(booker.phone)).display
    except PhoneError:
        number = str(booker.phone)
    if any(each.person_id == booker.pk for each in going):
        return number
    return f"{number} ({booker.full_name})"


def _needs(going: list[Participation]) -> list[str]:
    needs = []
    if any(each.place and each.place.purpose == CapacityPool.Purpose.WHEELCHAIR for each in going):
        needs.append(_("a wheelchair"))
    asked = {need.need for each in going for need in each.needs.all()}
    return [*needs, *(str(need.label) for need in FOR_THE_DRIVER if need in asked)]
