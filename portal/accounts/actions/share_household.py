from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Household, Person, User
from portal.accounts.refusals import Refused
from portal.audit.models import record


class LivesWithThemselves(Refused):
    """A household of one person and the same person again."""


@transaction.atomic
def share_household(*, person: Person, other: Person, acting_user: User) -> Household:
    """Note that two people live together; the person moves in with the other.

    Raises:
        LivesWithThemselves: both are one person.
    """
    if person.pk == other.pk:
        raise LivesWithThemselves(_("Choose somebody else: this is the same person."))
    pair = Person.objects.current().select_for_update().filter(pk__in=[person.pk, other.pk])
    rows = {row.pk: row for row in pair.order_by("pk")}
    mover, host = rows[person.pk], rows[other.pk]
    # Who lives alone moves; nobody is taken out of a household for somebody without one.
    if host.household is None and mover.household is not None:
        mover, host = host, mover
    left = mover.household
    home = host.household or Household.objects.create()
    if left == home:
        return home
    for one in (mover, host):
        if one.household == home:
            continue
        one.household = home
        one.save(update_fields=["household"])
        record("household.joined", actor=acting_user.pk, of=home, person=one.pk)
    if left is not None:
        left.end_if_alone()
    return home
