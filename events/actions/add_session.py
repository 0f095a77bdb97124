from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from events.arranging import Arrangement
from events.editing_refusals import EndsBeforeStart, InThePast
from events.listing import listing_changed
from events.models import Activity, Session
from events.recurrence import Span
from events.rooms import refuse_clashes, room_kept
from events.states import is_public, lock_activity
from portal.accounts.models import User
from portal.audit.models import record


@transaction.atomic
def add_session(
    *,
    activity: Activity,
    span: Span,
    arrangement: Arrangement,
    only_while: Collection[Activity.Status] = (),
    acting_user: User,
) -> Session:
    """One more date; the same one twice is one.

    Raises:
        EndsBeforeStart, InThePast: nothing can take place then.
        NotPossibleNow: whoever acts may not write on the activity now.
        RoomTaken: something else takes place there then.
    """
    stored = lock_activity(activity, only_while=only_while)
    same = stored.sessions.filter(
        starts_at=span.starts_at, ends_at=span.ends_at, place=arrangement.place,
        room=arrangement.room,
    ).exclude(status=Session.Status.CANCELLED).first()  # fmt: skip
    if same is not None:
        return same
    if span.ends_at <= span.starts_at:
        raise EndsBeforeStart
    if span.starts_at <= timezone.now():
        raise InThePast
    refuse_clashes(arrangement.room, [span])
    with room_kept():
        session = arrangement.make_session(stored, span)
    record("session.added", actor=acting_user.pk, of=session)
    if is_public(session):
        listing_changed()
    return session
