from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.actions.grant_role import keep_a_director
from portal.accounts.erasing import erase
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Erasure, Person, User
from portal.accounts.privacy import Lock
from portal.accounts.refusals import Refused
from portal.audit.models import record


class AlreadyGone(Refused):
    """Erased, or merged into somebody, a moment before."""


@transaction.atomic
def erase_person(*, person: Person, acting_user: User | None) -> Erasure:
    """Erase somebody with all that points at them; the erasure tells what the law keeps.

    Raises:
        AlreadyGone: there is nobody to erase.
        LastDirector: nobody else could give roles any more.
    """
    locked = Person.objects.current().select_for_update().filter(pk=person.pk).first()
    if locked is None:
        raise AlreadyGone(_("This card was merged with another one or erased already."))
    everybody = [one.pk for one in everybody_who_is(locked)]
    logins = User.objects.filter(person__in=everybody).values_list("pk", flat=True)
    keep_a_director(without=set(logins))
    locks = erase(locked)
    kept, actor = _as_rows(locks), acting_user.pk if acting_user else None
    # Also as whom they were known before a merge: a backup may be older than that.
    *_earlier, erasure = Erasure.objects.bulk_create(
        Erasure(person=pk, asked_by=actor, kept=kept) for pk in reversed(everybody)
    )
    record(
        "person.erased", actor=actor, person=person.pk, kept=sorted({lock.table for lock in locks})
    )
    return erasure


def _as_rows(locks: list[Lock]) -> list[dict[str, str]]:
    with translation.override(settings.LANGUAGE_CODE):
        return [
            {"table": lock.table, "basis": str(lock.basis), "until": lock.until.isoformat()}
            for lock in locks
        ]
