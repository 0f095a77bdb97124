from django.db import transaction

from events.models import Activity
from events.reviewing import send_back
from portal.accounts.models import User
from portal.audit.models import record


@transaction.atomic
def request_changes(*, activity: Activity, note: str, acting_user: User) -> Activity:
    """Ask the organisation something about its proposal; it answers by changing it.

    Raises:
        NotPossibleNow: it does not wait for the office.
        WordsMissing: nothing is asked.
    """
    stored = send_back(activity, Activity.Status.CHANGES_REQUESTED, note, acting_user)
    record("activity.sent_back", actor=acting_user.pk, of=stored)
    return stored
