from uuid import UUID

from django.utils import timezone

from events import capacity, waiting
from events.busy import in_time
from events.codes import new_code
from events.course_conversation import changed_who_comes
from events.enrolling import enrol, save_new_people
from events.matching_people import Comer, known_booker, on_the_list
from events.models import Attendance, Booking, CapacityPool, Participation, Session
from events.party import Attendee, BookerContact
from events.presence import refuse_to_write_down
from events.refusals import AlreadyBooked, OpportunityIsFull
from portal.accounts.models import User
from portal.accounts.notices import current_notice
from portal.audit.models import record

# One like everybody's, or else one kept for those who call or come.
TAKEN_AT_THE_DOOR = (CapacityPool.Purpose.GENERAL, CapacityPool.Purpose.DESK)


@in_time()
def add_walk_in(
    *, session: Session, contact: BookerContact, acting_user: User, idempotency_key: UUID
) -> Participation:
    """Somebody came without a booking: they get a place and are there. Sent twice, it is one.

    Nobody at the door asks for an age or for needs: whoever stands there sees.

    Raises:
        AlreadyBooked: they are on the list after all.
        OpportunityIsFull: no place is free, not even one kept for callers.
        AlreadyChanged: the date is cancelled.
        TooEarly: the day has not come.
    """
    refuse_to_write_down(Attendance.State.ATTENDED, session, timezone.now())
    pool = session.places
    if pool is None:
        raise OpportunityIsFull(has_waiting_list=False)
    known = known_booker(contact)
    pools = capacity.lock(pool.pk)
    if sent := Booking.objects.filter(idempotency_key=idempotency_key).first():
        return sent.participations.get()
    if known is not None and on_the_list(pool.pk, [known]):
        raise AlreadyBooked([known.full_name])
    place = _place(pools, pool.pk)
    notice = current_notice()
    person = known or contact.as_person()
    if known is None:
        save_new_people([person], notice.pk if notice else None)
        record("person.added", actor=acting_user.pk, of=person, person=person.pk)
    booking = Booking(
        pool=pool, booker=person, channel=Booking.Channel.DESK, taken_by=acting_user.pk,
        notice=notice, code=new_code(), idempotency_key=idempotency_key,
    )  # fmt: skip
    attendee = Attendee(first_name=person.first_name, last_name=person.last_name, is_booker=True)
    [participation] = enrol(
        booking,
        [Comer(attendee, person, is_known=known is not None)],
        status=Participation.Status.CONFIRMED,
        places={place: 1},
    )
    Attendance.objects.create(
        participation=participation, session=session, state=Attendance.State.ATTENDED,
        means=Attendance.Means.WALK_IN, recorded_by=acting_user.pk,
    )  # fmt: skip
    changed_who_comes(session.activity)
    record("walk_in.added", actor=acting_user.pk, of=booking, person=person.pk)
    return participation


def _place(pools: dict[str, CapacityPool], main: UUID) -> UUID:
    """Also one whose hold or offer nobody claimed in time."""
    candidates = [pools[purpose].pk for purpose in TAKEN_AT_THE_DOOR if purpose in pools]
    for _try in range(2):
        for candidate in candidates:
            if capacity.take(candidate, 1):
                return candidate
        if not waiting.release_overdue(main):
            break
    raise OpportunityIsFull(has_waiting_list=False)
