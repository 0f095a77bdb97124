from django.db import transaction

from portal.accounts.models import DifferentPeople, Person, User
from portal.audit.models import record


@transaction.atomic
def dismiss_duplicate(*, first: Person, second: Person, acting_user: User) -> None:
    """Remember that two people are two, so that nobody is asked again; harmless when repeated."""
    low, high = sorted((first, second), key=lambda person: person.pk)
    _row, made = DifferentPeople.objects.get_or_create(
        first=low, second=high, defaults={"said_by": acting_user.pk}
    )
    if made:
        record("person.told_apart", actor=acting_user.pk, of=low, person=low.pk, other=str(high.pk))
