from django.db import transaction
from django.utils import timezone

from events.models import Attendance, Participation, Session
from events.presence import refuse_to_write_down
from portal.accounts.models import User
from portal.audit.models import record_each


@transaction.atomic
def mark_no_shows(*, session: Session, acting_user: User) -> int:
    """Everybody of whom nothing is written down yet did not come; how many those are. Said again,
    it is nobody.

    Raises:
        AlreadyChanged: the date is cancelled.
        TooEarly: it has not begun.
    """
    state = Attendance.State.NO_SHOW
    refuse_to_write_down(state, session, timezone.now())
    if session.places is None:
        return 0
    # Locked first and asked second: whoever is being checked in this moment is not missing.
    expected = list(
        Participation.objects.with_a_place()
        .filter(pool=session.places)
        .order_by("id")
        .select_for_update()
    )
    written_down = set(session.attendances.values_list("participation_id", flat=True))
    missing = [one for one in expected if one.pk not in written_down]
    Attendance.objects.bulk_create(
        Attendance(
            participation=participation, session=session, state=state, recorded_by=acting_user.pk
        )
        for participation in missing
    )
    record_each(
        "attendance.recorded",
        actor=acting_user.pk,
        people=[one.person_id for one in missing],
        of=session,
        state=state,
    )
    return len(missing)
