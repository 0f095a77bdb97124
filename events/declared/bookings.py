"""Bookings, places and places in line."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events import capacity, giving_back
from events.declared.dates import dates_of, over_before, said_of
from events.declared.evidence import evidence_about, still_evidence
from events.links import new_link_version
from events.messages import tell_link
from events.models import Attendance, Booking, Participation
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Declaration

KEPT = timedelta(days=2 * 365)


def export(person: Person) -> dict[str, Any]:
    """Of those who came along only how many there were: their names are data about them."""
    everybody = everybody_who_is(person)
    bookings = list(
        Booking.objects.filter(booker__in=everybody)
        .prefetch_related("participations")
        .select_related("notice")
        .order_by("created_at")
    )
    places = list(Participation.objects.filter(person__in=everybody).order_by("created_at"))
    dates = dates_of({*(one.pool_id for one in bookings), *(one.pool_id for one in places)})
    return {
        "bookings": [
            {
                **said_of(dates[booking.pool_id]),
                "booked_at": booking.created_at,
                "booked": str(booking.get_channel_display()),
                "code": booking.readable_code,
                "people": len(booking.participations.all()),
                "note": booking.note,
                "shows_names": booking.shows_names,
                "shows_contact": booking.shows_contact,
                "notice": booking.notice.number if booking.notice else None,
            }
            for booking in bookings
        ],
        "places": [
            {
                **said_of(dates[place.pool_id]),
                "state": str(place.get_status_display()),
                "age": place.age,
                "given_back_at": place.cancelled_at,
            }
            for place in places
        ],
    }


def erase(person: Person) -> None:
    """Places to come go to whoever waits; a booking for others goes on in the name of one of them.
    What is evidence stays, on the one card that keeps the name."""
    everybody = everybody_who_is(person)
    theirs = Participation.objects.filter(person__in=everybody)
    evidence = theirs.filter(attendances__in=list(evidence_about(person)))
    over = over_before(timezone.now(), "pool")
    _give_back(theirs.active().exclude(over, pk__in=evidence.values("pk")))
    theirs.exclude(pk__in=evidence.values("pk")).delete()
    theirs.update(person=person)
    for booking in Booking.objects.filter(booker__in=everybody):
        _pass_on(booking, person)


def retain() -> None:
    """What is long over, but for what is still evidence."""
    old = Booking.objects.filter(over_before(timezone.now() - KEPT, "pool"))
    evidence = still_evidence(Attendance.objects.filter(participation__booking__in=old))
    kept = Participation.objects.filter(attendances__in=list(evidence))
    gone = Participation.objects.filter(booking__in=old).exclude(pk__in=kept.values("pk"))
    _leave_no_trace_in_the_count(gone)
    gone.delete()
    old.filter(participations=None).delete()


def _give_back(participations: "QuerySet[Participation]") -> None:
    """Bookings are locked first, then pools in the order of their ids, as everybody does."""
    now, wanted = timezone.now(), list(participations)
    bookings = Booking.objects.select_for_update(no_key=True).order_by("pk")
    rows = list(bookings.filter(pk__in={row.booking_id for row in wanted}))
    for booking in sorted(rows, key=lambda booking: booking.pool_id):
        going = giving_back.active(booking, wanted)
        giving_back.give_back(
            booking, going, Participation.Status.CANCELLED_BY_PARTICIPANT, now=now
        )


def _pass_on(booking: Booking, person: Person) -> None:
    """To somebody else who is on it; links that the person has kept lead nowhere."""
    others = booking.participations.exclude(person=person).select_related("person")
    heir = next(iter(sorted(others, key=_is_first_to_ask)), None)
    if heir is None and not booking.participations.exists():
        booking.delete()
        return
    booking.booker = heir.person if heir else person
    booking.note, booking.shows_contact = "", False
    booking.save(update_fields=["booker", "note", "shows_contact"])
    new_link_version(booking)
    if heir is not None and heir.status in Participation.ACTIVE and not _is_over(booking):
        tell_link(booking)


def _is_first_to_ask(participation: Participation) -> tuple[bool, bool, int]:
    """Who still comes, who can be reached, who stands first."""
    return (
        participation.status not in Participation.ACTIVE,
        not participation.person.channel,
        participation.ordinal,
    )


def _is_over(booking: Booking) -> bool:
    return Booking.objects.filter(over_before(timezone.now(), "pool"), pk=booking.pk).exists()


def _leave_no_trace_in_the_count(participations: Iterable[Participation]) -> None:
    capacity.give_back_all(Counter(one.place_id for one in participations if one.place_id))


DECLARATION = Declaration(
    key="bookings",
    label=_("Your bookings and places"),
    basis=_("a public task: social services (GDPR art. 6(1)(e))"),
    kept_for=_(
        "two years after the last date; what proves the work of a European project, until the end"
        " of the sixth year after it"
    ),
    tables=(
        "events_booking",
        "events_participation",
        "events_waitlistentry",
        "events_offer",
    ),
    export=export,
    erase=erase,
    retain=retain,
    names={
        "bookings": _("What you booked"),
        "places": _("Where you have, or had, a place"),
        "activity": _("Activity"),
        "dates": _("Dates"),
        "booked_at": _("Booked"),
        "booked": _("How"),
        "code": _("Code"),
        "people": _("People"),
        "note": _("Note"),
        "shows_names": _("The organiser may see the names"),
        "shows_contact": _("The organiser may see how to reach you"),
        "state": _("State"),
        "age": _("Age"),
        "given_back_at": _("Given back"),
    },
)
