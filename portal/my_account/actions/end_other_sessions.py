from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record


@transaction.atomic
def end_other_sessions(*, user: User, kept: str | None, acting_user: User) -> int:
    """Log the user out everywhere but in the session ``kept``; how many there were."""
    ended, _by_model = user.sessions.exclude(session_key=kept).delete()
    if ended:
        record(
            "session.ended_elsewhere",
            actor=acting_user.pk,
            of=user,
            person=user.person_id,
            number=ended,
        )
    return ended
