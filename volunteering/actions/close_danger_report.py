from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import SafetyReport
from volunteering.refusals import AlreadyChanged


@transaction.atomic
def close_danger_report(*, report: SafetyReport, outcome: str, acting_user: User) -> None:
    """
    Args:
        outcome: what was done, for whoever asks later.

    Raises:
        AlreadyChanged: the other of the two has closed it.
    """
    locked = SafetyReport.objects.select_for_update().get(pk=report.pk)
    if locked.status == SafetyReport.Status.CLOSED:
        raise AlreadyChanged
    locked.status, locked.outcome = SafetyReport.Status.CLOSED, outcome
    locked.handled_by, locked.closed_at = acting_user.pk, timezone.now()
    locked.save(update_fields=["status", "outcome", "handled_by", "closed_at"])
    record("danger.closed", actor=acting_user.pk, of=locked)
