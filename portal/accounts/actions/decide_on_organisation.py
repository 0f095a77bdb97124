from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Organisation, User
from portal.accounts.refusals import Refused
from portal.audit.models import record

Status = Organisation.Status
WITH_A_REASON = frozenset({Status.REFUSED, Status.CLOSED})


class DecisionNotPossible(Refused):
    """It is not in a state this decision follows; perhaps somebody decided before."""


class ReasonMissing(Refused):
    """Members must learn why."""


@transaction.atomic
def decide_on_organisation(
    *,
    organisation: Organisation,
    status: Organisation.Status | str,
    reason: str = "",
    acting_user: User,
) -> Organisation:
    """Verify, refuse, close or reopen an organisation; the caller tells its members.

    Raises:
        DecisionNotPossible: not from the state it is in.
        ReasonMissing: refusing and closing need one.
    """
    stored = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before, wanted, reason = Status(stored.status), Status(status), reason.strip()
    if wanted not in Organisation.DECISIONS[before]:
        raise DecisionNotPossible(
            _("This cannot be decided now: the organisation is in the state “%(status)s”.")
            % {"status": before.label}
        )
    if wanted in WITH_A_REASON and not reason:
        raise ReasonMissing(_("Write the reason: the organisation's members will read it."))
    is_open = wanted == Status.NEW
    stored.status = wanted
    stored.reason = reason if wanted in WITH_A_REASON else ""
    stored.decided_at = None if is_open else timezone.now()
    stored.decided_by = None if is_open else acting_user.pk
    stored.save(update_fields=["status", "reason", "decided_at", "decided_by"])
    record(
        "organisation.decided",
        actor=acting_user.pk,
        of=stored,
        before=before.value,
        status=wanted.value,
    )
    return stored
