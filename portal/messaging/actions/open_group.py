from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from portal.messaging.models import Conversation


@transaction.atomic
def open_group(*, title: str, acting_user: User) -> Conversation:
    """An empty conversation of many, with the office in it; whoever it is for owns it from now on,
    and says who is a member."""
    group = Conversation.objects.create(
        kind=Conversation.Kind.GROUP, title=title[:150], created_by=acting_user.pk
    )
    record("conversation.opened", actor=acting_user.pk, of=group)
    return group
