from django.db import transaction

from events.editing_refusals import PeopleAreBooked
from events.listing import listing_changed
from events.models import Activity
from events.states import lock_to_become
from events.whom_to_tell import booked_people
from portal.accounts.models import User
from portal.audit.models import record


@transaction.atomic
def withdraw_activity(*, activity: Activity, acting_user: User) -> Activity:
    """Take it down: its page, its dates, its lines in the calendar. Nobody is told, so nobody may
    be booked.

    Raises:
        NotPossibleNow: it is not published.
        PeopleAreBooked: on a date to come.
    """
    stored = lock_to_become(activity, Activity.Status.WITHDRAWN)
    if number := booked_people(stored):
        raise PeopleAreBooked(number)
    stored.status = Activity.Status.WITHDRAWN
    stored.save(update_fields=["status", "changed_at"])
    record("activity.withdrawn", actor=acting_user.pk, of=stored)
    listing_changed()
    return stored
