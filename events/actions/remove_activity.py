from collections.abc import Collection

from django.db import transaction

from events.models import Activity, CapacityPool
from events.states import lock_activity
from portal.accounts.models import User
from portal.audit.models import record

# Nobody but its authors and the office has ever read it.
REMOVABLE = frozenset({Activity.Status.DRAFT, Activity.Status.REJECTED})


@transaction.atomic
def remove_activity(
    *,
    activity: Activity,
    only_while: Collection[Activity.Status] = REMOVABLE,
    acting_user: User,
) -> None:
    """Throw away a draft, with its words and dates.

    Raises:
        NotPossibleNow: it is no draft.
    """
    stored = lock_activity(activity, only_while=only_while)
    pools = [stored.pool_id, *stored.sessions.values_list("pool", flat=True)]
    record("activity.removed", actor=acting_user.pk, of=stored)
    stored.delete()
    CapacityPool.objects.filter(pk__in=[pk for pk in pools if pk]).delete()
