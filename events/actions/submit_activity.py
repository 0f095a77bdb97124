from django.db import transaction

from events.editing_refusals import NotYours
from events.models import Activity
from events.readiness import refuse_unless_ready
from events.states import lock_activity, lock_to_become
from portal.accounts.models import Organisation, User
from portal.audit.models import record


@transaction.atomic
def submit_activity(*, activity: Activity, acting_user: User) -> Activity:
    """An organisation sends its proposal to the office; harmless when pressed twice.

    Raises:
        NotPossibleNow: the office has decided on it meanwhile.
        NotReady: words or dates are missing.
        NotYours: the organisation is not verified.
    """
    stored = lock_activity(activity)
    if stored.status == Activity.Status.SUBMITTED:
        return stored
    stored = lock_to_become(activity, Activity.Status.SUBMITTED)
    if stored.organisation is None or stored.organisation.status != Organisation.Status.VERIFIED:
        raise NotYours
    refuse_unless_ready(stored, for_everybody=False)
    stored.status = Activity.Status.SUBMITTED
    stored.save(update_fields=["status", "changed_at"])
    record("activity.submitted", actor=acting_user.pk, of=stored)
    return stored
