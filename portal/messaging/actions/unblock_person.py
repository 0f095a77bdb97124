from django.db import transaction

from portal.accounts.models import Person
from portal.messaging.models import Block


@transaction.atomic
def unblock_person(*, blocker: Person, blocked: Person) -> None:
    """Their messages are there again, those written meanwhile too. A block the other made stays."""
    Block.objects.filter(blocker=blocker, blocked=blocked).delete()
