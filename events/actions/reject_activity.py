from django.db import transaction

from events.models import Activity
from events.reviewing import send_back
from portal.accounts.models import User
from portal.audit.models import record


@transaction.atomic
def reject_activity(*, activity: Activity, note: str, acting_user: User) -> Activity:
    """Say no to a proposal, and why.

    Raises:
        NotPossibleNow: it does not wait for the office.
        WordsMissing: no reason is given.
    """
    stored = send_back(activity, Activity.Status.REJECTED, note, acting_user)
    record("activity.rejected", actor=acting_user.pk, of=stored)
    return stored
