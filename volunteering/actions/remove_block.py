from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Block


@transaction.atomic
def remove_block(*, block: Block, acting_user: User) -> None:
    """The two may be brought together again; neither is told. Harmless when it is gone already."""
    locked = Block.objects.select_for_update().filter(pk=block.pk).first()
    if locked is None:
        return
    record("block.removed", actor=acting_user.pk, of=locked)
    locked.delete()
