from django.conf import settings
from django.db import transaction
from django.utils import translation

from events.editing_refusals import NothingToTalkAbout
from portal.accounts.models import User
from portal.audit.models import record
from portal.messaging.membership import bring_up_to_date
from portal.messaging.models import Conversation
from volunteering.models import Opportunity, Shift
from volunteering.opportunity_states import lock_shift
from volunteering.shift_conversation import is_open_for, title_of


@transaction.atomic
def open_shift_conversation(*, shift: Shift, acting_user: User) -> Conversation:
    """Where the team of a shift write to each other; opened before, it is the same one.

    Raises:
        NothingToTalkAbout: it is not public, called off, or long over.
    """
    stored = lock_shift(shift)
    if stored.conversation is not None:
        return stored.conversation
    is_public = stored.opportunity.status == Opportunity.Status.PUBLISHED
    if not is_public or not is_open_for(stored):
        raise NothingToTalkAbout
    # Everybody reads the same title, whatever language the panel is read in.
    with translation.override(settings.LANGUAGE_CODE):
        title = title_of(stored)[:150]
    conversation = Conversation.objects.create(
        kind=Conversation.Kind.GROUP, title=title, created_by=acting_user.pk
    )
    stored.conversation = conversation
    stored.save(update_fields=["conversation"])
    bring_up_to_date(conversation)
    record("shift_conversation.opened", actor=acting_user.pk, of=stored)
    return conversation
