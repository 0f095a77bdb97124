from collections.abc import Collection

from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Opportunity
from volunteering.opportunity_states import lock_opportunity
from volunteering.slugs import free_slug

# Status and shifts have actions of their own.
WRITTEN = (
    "title", "lead", "description", "place_id", "required_skills", "min_age", "with_minors",
    "chooses_volunteers",
)  # fmt: skip


@transaction.atomic
def save_opportunity(
    *,
    opportunity: Opportunity,
    only_while: Collection[Opportunity.Status] = (),
    acting_user: User,
) -> Opportunity:
    """Begin an opportunity, or write what was changed in one.

    Args:
        opportunity: with its new values.
        only_while: the states in which whoever acts may write.

    Raises:
        NotPossibleNow: it is in another state.
    """
    if not Opportunity.objects.filter(pk=opportunity.pk).exists():
        opportunity.slug = free_slug(opportunity.title)
        opportunity.created_by = acting_user.pk
        opportunity.save(force_insert=True)
        record("opportunity.saved", actor=acting_user.pk, of=opportunity, is_new=True)
        return opportunity
    stored = lock_opportunity(opportunity, only_while=only_while)
    changed = [name for name in WRITTEN if getattr(stored, name) != getattr(opportunity, name)]
    if not changed:
        return stored
    for name in changed:
        setattr(stored, name, getattr(opportunity, name))
    stored.save(update_fields=changed)
    record("opportunity.saved", actor=acting_user.pk, of=stored, fields=changed)
    return stored
