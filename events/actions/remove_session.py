from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from events.editing_refusals import NotPossibleNow
from events.models import Activity, CapacityPool, Series, Session
from events.states import lock_activity
from portal.accounts.models import User
from portal.audit.models import record


@transaction.atomic
def remove_session(
    *, session: Session, only_while: Collection[Activity.Status] = (), acting_user: User
) -> None:
    """Throw away a date nobody has been shown; one that was public is cancelled instead.

    Raises:
        NotPossibleNow: it was public, or whoever acts may not write on the activity now.
    """
    lock_activity(session.activity, only_while=only_while)
    stored = Session.objects.select_for_update().get(pk=session.pk)
    if stored.status != Session.Status.DRAFT:
        raise NotPossibleNow(stored.get_status_display())
    if stored.series_id is not None and stored.original_start is not None:
        series = Series.objects.select_for_update().get(pk=stored.series_id)
        day = timezone.localdate(stored.original_start)
        series.skipped_on = sorted({*series.skipped_on, day})
        series.save(update_fields=["skipped_on"])
    record("session.removed", actor=acting_user.pk, of=stored)
    stored.delete()
    if stored.pool is not None:
        CapacityPool.objects.filter(pk=stored.pool.pk).delete()
