"""Which state an activity or a date may pass into, asked under the lock of its row."""

from collections.abc import Collection

from django.utils import timezone

from events.editing_refusals import DateIsOver, NotPossibleNow
from events.models import Activity, Session

# While an organisation may still write on what it proposes.
OPEN_TO_ITS_ORGANISATION = frozenset({Activity.Status.DRAFT, Activity.Status.CHANGES_REQUESTED})


def lock_activity(activity: Activity, *, only_while: Collection[Activity.Status] = ()) -> Activity:
    """The row as it is now; nobody else changes it or its dates until the transaction ends.

    Raises:
        NotPossibleNow: it is in none of the states asked for.
    """
    stored = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if only_while and stored.status not in only_while:
        raise NotPossibleNow(stored.get_status_display())
    return stored


def lock_to_become(activity: Activity, status: Activity.Status) -> Activity:
    """
    Raises:
        NotPossibleNow: the state it is in does not lead there.
    """
    stored = lock_activity(activity)
    if status not in Activity.FOLLOWS[stored.status]:
        raise NotPossibleNow(stored.get_status_display())
    return stored


def lock_session(session: Session, *, also_cancelled: bool = False) -> Session:
    """A date that can still be changed, with its activity and places.

    Args:
        also_cancelled: for whoever cancels, perhaps a second time.

    Raises:
        DateIsOver: it has passed.
        NotPossibleNow: it is cancelled.
    """
    stored = (
        Session.objects.select_for_update(of=("self",))
        .select_related("activity__pool", "pool", "series")
        .get(pk=session.pk)
    )
    if stored.is_cancelled and also_cancelled:
        return stored
    if stored.status == Session.Status.HELD or stored.ends_at <= timezone.now():
        raise DateIsOver
    if stored.is_cancelled:
        raise NotPossibleNow(stored.get_status_display())
    return stored


def is_public(session: Session) -> bool:
    """Everybody has read it: a change is told, feeds carry it."""
    return (
        session.status in Session.TAKING_PLACE
        and session.activity.status == Activity.Status.PUBLISHED
    )
