from django.db import transaction
from django.utils import timezone

from events.editing_refusals import NotPossibleNow
from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Opportunity
from volunteering.opportunity_states import lock_opportunity, lock_to_become
from volunteering.shift_messages import tell_opportunity_reviewed

Status = Opportunity.Status


@transaction.atomic
def publish_opportunity(*, opportunity: Opportunity, acting_user: User) -> Opportunity:
    """Everybody sees it: the office's own, or what an organisation has sent, which is then told.
    Harmless when pressed twice.

    Raises:
        NotPossibleNow: its state does not lead there; an organisation is still writing it.
    """
    if (stored := lock_opportunity(opportunity)).status == Status.PUBLISHED:
        return stored
    stored = lock_to_become(opportunity, Status.PUBLISHED)
    is_proposal = stored.organisation_id is not None
    if is_proposal and stored.status != Status.SUBMITTED:
        raise NotPossibleNow(stored.get_status_display())
    stored.status, stored.review_note = Status.PUBLISHED, ""
    stored.published_at = timezone.now()
    stored.save(update_fields=["status", "review_note", "published_at"])
    record("opportunity.published", actor=acting_user.pk, of=stored)
    if is_proposal:
        tell_opportunity_reviewed(stored, acting_user)
    return stored
