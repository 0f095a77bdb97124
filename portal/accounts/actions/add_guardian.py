from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Guardianship, Person, User
from portal.accounts.refusals import Refused
from portal.audit.models import record


class OwnGuardian(Refused):
    """Nobody is their own guardian."""


class GuardiansOfEachOther(Refused):
    """The ward is the guardian of their guardian."""


@transaction.atomic
def add_guardian(
    *, ward: Person, guardian: Person, kind: Guardianship.Kind | str, acting_user: User
) -> Guardianship:
    """Let somebody act for somebody else; a second time changes what they are to each other.

    Raises:
        OwnGuardian: both are one person.
        GuardiansOfEachOther: it is already so the other way round.
    """
    if ward.pk == guardian.pk:
        raise OwnGuardian(_("Nobody can be their own guardian. Choose another person."))
    # Both rows, so that the same pair is not written the other way round at this moment.
    pair = Person.objects.current().select_for_update().filter(pk__in=[ward.pk, guardian.pk])
    list(pair.order_by("pk"))
    if Guardianship.objects.filter(ward=guardian, guardian=ward).exists():
        raise GuardiansOfEachOther(
            _("%(ward)s is already the guardian of %(guardian)s. Remove that first.")
            % {"ward": ward, "guardian": guardian}
        )
    guardianship, made = Guardianship.objects.update_or_create(
        ward=ward, guardian=guardian, defaults={"kind": kind}
    )
    record(
        "guardian.added" if made else "guardian.changed",
        actor=acting_user.pk,
        of=guardianship,
        person=ward.pk,
        guardian=str(guardian.pk),
        kind=str(kind),
    )
    return guardianship
