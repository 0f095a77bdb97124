from django.db import transaction

from events.models import Attendance, Participation, Session
from portal.accounts.models import User
from portal.audit.models import record


@transaction.atomic
def undo_attendance(
    *, participation: Participation, session: Session, acting_user: User | None
) -> None:
    """Cross out what was written down for one date; harmless when repeated."""
    locked = Participation.objects.select_for_update().get(pk=participation.pk)
    deleted, _by_model = Attendance.objects.filter(participation=locked, session=session).delete()
    if deleted:
        record(
            "attendance.undone",
            actor=acting_user.pk if acting_user else None,
            of=locked,
            person=locked.person_id,
        )
