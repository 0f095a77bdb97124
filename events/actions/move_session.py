from datetime import datetime

from django.utils import timezone

from events.busy import in_time
from events.editing_refusals import EndsBeforeStart, InThePast
from events.listing import listing_changed
from events.models import Session, Told
from events.recurrence import Span
from events.rooms import refuse_clashes, room_kept
from events.states import is_public, lock_session
from events.tasks import tell_people_of_session
from portal.accounts.models import User
from portal.audit.models import record
from portal.places.models import Place, Room


@in_time()
def move_session(  # noqa: PLR0913 (a date has a time, a place and a room)
    *,
    session: Session,
    starts_at: datetime,
    ends_at: datetime,
    place: Place | None,
    room: Room | None,
    note: str,
    acting_user: User,
) -> Session:
    """Another time or place; bookings stay, and everybody booked is told once. Harmless when
    pressed twice.

    Raises:
        DateIsOver, NotPossibleNow: it has passed, or is cancelled.
        EndsBeforeStart, InThePast: the new time cannot be.
        RoomTaken: something else takes place there then.
    """
    stored = lock_session(session)
    span = Span(starts_at, ends_at)
    before = (stored.starts_at, stored.ends_at, stored.place_id, stored.room_id)
    after = (starts_at, ends_at, place.pk if place else None, room.pk if room else None)
    if before == after:
        return stored
    if ends_at <= starts_at:
        raise EndsBeforeStart
    if starts_at <= timezone.now():
        raise InThePast
    refuse_clashes(room, [span], besides=[stored.pk])
    is_told, is_later = is_public(stored), before[:2] != after[:2]
    if is_told and is_later:
        stored.previous_start, stored.status = stored.starts_at, Session.Status.RESCHEDULED
    stored.starts_at, stored.ends_at, stored.place, stored.room = starts_at, ends_at, place, room
    stored.note, stored.is_modified = note, True
    stored.sequence += 1
    stored.changed_at = timezone.now()
    with room_kept():
        stored.save()
    record("session.moved", actor=acting_user.pk, of=stored, sequence=stored.sequence)
    if is_told:
        listing_changed()
        tell_people_of_session.defer(
            session=str(stored.pk), about=Told.About.MOVED.value, sequence=stored.sequence
        )
    return stored
