"""What happens to bookings when two cards turn out to be one person."""

from django.utils import timezone

from events import giving_back
from events.models import (
    AccessNeed,
    Attendance,
    CalendarFeed,
    Participation,
    Told,
)
from portal.accounts.merging import on_clash
from portal.accounts.models import Person
from portal.audit.models import record

Status = Participation.Status


@on_clash(Participation)
def _one_place_is_enough(row: Participation, kept: Person) -> None:
    """On one list twice: a place counts for more than a place in line, and the earlier one for more
    than the later. The other is given back, to whoever waits."""
    pair = [row, Participation.objects.active().get(person=kept, pool=row.pool_id)]
    stays, goes = sorted(pair, key=lambda one: (one.status == Status.WAITING, one.created_at))
    _carry_over(goes, stays)
    booking = giving_back.locked(goes.booking)
    giving_back.give_back(
        booking,
        giving_back.active(booking, [goes]),
        Status.CANCELLED_BY_ORGANISER,
        now=timezone.now(),
    )
    record("booking.cancelled", actor=None, of=booking, person=kept.pk, people=1, is_merged=True)
    row.person = kept
    row.save(update_fields=["person"])


def _carry_over(goes: Participation, stays: Participation) -> None:
    """Somebody who was there was there, whichever of the two it was written down for."""
    for need in goes.needs.values_list("need", flat=True):
        AccessNeed.objects.get_or_create(participation=stays, need=need)
    for attendance in goes.attendances.all():
        there = stays.attendances.filter(session=attendance.session_id).first()
        if there is None:
            attendance.participation = stays
            attendance.save(update_fields=["participation"])
        elif attendance.state == Attendance.State.ATTENDED != there.state:
            there.state, there.means = attendance.state, attendance.means
            there.save(update_fields=["state", "means"])


@on_clash(Told)
def _knows_already(row: Told, _kept: Person) -> None:
    row.delete()


@on_clash(CalendarFeed)
def _one_address(row: CalendarFeed, _kept: Person) -> None:
    """The calendar of the kept card shows everything now; the other address leads nowhere."""
    row.delete()
