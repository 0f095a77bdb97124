from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from events.editing_refusals import NotPossibleNow
from events.listing import listing_changed
from events.messages import tell_reviewed
from events.models import Activity
from events.readiness import now_public, refuse_unless_ready
from events.states import lock_activity
from events.texts import make_public
from portal.accounts.models import User
from portal.audit.models import record

Status = Activity.Status


@transaction.atomic
def publish_activity(
    *, activity: Activity, only_while: Collection[Status] = (), acting_user: User
) -> Activity:
    """Let everybody see it, with its words and its dates to come; harmless when pressed twice.

    What an organisation proposed is published once it has been submitted, and the organisation is
    told.

    Args:
        only_while: the states in which whoever acts may publish.

    Raises:
        NotPossibleNow: it is not in a state this follows.
        NotReady: it lacks something people need to know.
    """
    stored = lock_activity(activity)
    if stored.status == Status.PUBLISHED:
        return stored
    is_unsent = stored.status == Status.DRAFT and stored.proposed_by is not None
    is_anothers = bool(only_while) and stored.status not in only_while
    if is_unsent or is_anothers or Status.PUBLISHED not in Activity.FOLLOWS[stored.status]:
        raise NotPossibleNow(stored.get_status_display())
    refuse_unless_ready(stored)
    before = stored.status
    stored.status, stored.review_note = Status.PUBLISHED, ""
    stored.decided_by, stored.decided_at = acting_user.pk, timezone.now()
    stored.save(update_fields=["status", "review_note", "decided_by", "decided_at", "changed_at"])
    for text in stored.texts.select_related("latest_revision"):
        # What was public before keeps its words until a draft of them is published.
        if not text.live or before != Status.WITHDRAWN:
            make_public(text)
    now_public(stored)
    record("activity.published", actor=acting_user.pk, of=stored)
    listing_changed()
    if before == Status.SUBMITTED:
        tell_reviewed(stored, acting_user)
    return stored
