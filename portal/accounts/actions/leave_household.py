from django.db import transaction

from portal.accounts.models import Person, User
from portal.audit.models import record


@transaction.atomic
def leave_household(*, person: Person, acting_user: User) -> None:
    """Note that somebody lives elsewhere; harmless when repeated."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    left = row.household
    if left is None:
        return
    row.household = None
    row.save(update_fields=["household"])
    record("household.left", actor=acting_user.pk, of=left, person=row.pk)
    left.end_if_alone()
