"""The office's answer to what an organisation proposed."""

from django.utils import timezone

from events.editing_refusals import WordsMissing
from events.messages import tell_reviewed
from events.models import Activity
from events.states import lock_to_become
from portal.accounts.models import User


def send_back(activity: Activity, status: Activity.Status, note: str, user: User) -> Activity:
    """With words, which its organisation is told; inside the caller's transaction.

    Raises:
        NotPossibleNow: somebody has decided on it meanwhile.
        WordsMissing: nothing was written.
    """
    stored = lock_to_become(activity, status)
    if not note.strip():
        raise WordsMissing
    stored.status, stored.review_note = status, note.strip()
    stored.decided_by, stored.decided_at = user.pk, timezone.now()
    stored.save(update_fields=["status", "review_note", "decided_by", "decided_at", "changed_at"])
    tell_reviewed(stored, user)
    return stored
