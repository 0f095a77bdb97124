from django.db import transaction

from portal.accounts.models import Person
from portal.messaging.models import Block
from portal.messaging.refusals import NotYourself


@transaction.atomic
def block_person(*, blocker: Person, blocked: Person) -> Block:
    """Neither reads the other any more; the other is not told. A second time changes nothing.

    Raises:
        NotYourself: both are one.
    """
    if blocker.pk == blocked.pk:
        raise NotYourself
    block, _is_new = Block.objects.get_or_create(blocker=blocker, blocked=blocked)
    return block
