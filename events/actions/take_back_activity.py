from django.db import transaction

from events.models import Activity
from events.states import lock_to_become
from portal.accounts.models import User
from portal.audit.models import record


@transaction.atomic
def take_back_activity(*, activity: Activity, acting_user: User) -> Activity:
    """Back to a draft of the organisation: to correct what was sent, or try again after a no.

    Raises:
        NotPossibleNow: the office has published it, or asks something.
    """
    stored = lock_to_become(activity, Activity.Status.DRAFT)
    stored.status = Activity.Status.DRAFT
    stored.save(update_fields=["status", "changed_at"])
    record("activity.taken_back", actor=acting_user.pk, of=stored)
    return stored
