from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendance, Participation, Session
from events.presence import refuse_to_write_down
from events.refusals import AlreadyChanged
from portal.accounts.models import User
from portal.audit.models import record


@transaction.atomic
def record_attendance(
    *,
    participation: Participation,
    session: Session,
    state: str,
    means: str = Attendance.Means.LIST,
    acting_user: User | None,
) -> Attendance:
    """Write down whether somebody was there on one date. The same again changes nothing; another
    state takes the place of the first.

    Raises:
        AlreadyChanged: the place is not theirs (any more), or not on this date.
        TooEarly: see ``events.presence``.
    """
    locked = Participation.objects.select_for_update().get(pk=participation.pk)
    if locked.status not in Participation.WITH_A_PLACE:
        raise AlreadyChanged(_("This person has no place on the list (any more)."))
    if session.places is None or locked.pool_id != session.places.pk:
        raise AlreadyChanged(_("This person is booked for another date."))
    refuse_to_write_down(state, session, timezone.now())
    known = Attendance.objects.filter(participation=locked, session=session).first()
    if known is not None and known.state == state:
        return known
    attendance, _is_new = Attendance.objects.update_or_create(
        participation=locked,
        session=session,
        defaults={
            "state": state,
            "means": means,
            "recorded_by": acting_user.pk if acting_user else None,
        },
    )
    record(
        "attendance.recorded",
        actor=attendance.recorded_by,
        of=attendance,
        person=locked.person_id,
        state=state,
    )
    return attendance
