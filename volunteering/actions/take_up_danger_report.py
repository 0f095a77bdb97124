from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import SafetyReport


@transaction.atomic
def take_up_danger_report(*, report: SafetyReport, acting_user: User) -> None:
    """The other of the two sees that somebody looks into it. Harmless when somebody does."""
    locked = SafetyReport.objects.select_for_update().get(pk=report.pk)
    if locked.status != SafetyReport.Status.NEW:
        return
    locked.status, locked.handled_by = SafetyReport.Status.READ, acting_user.pk
    locked.save(update_fields=["status", "handled_by"])
    record("danger.taken_up", actor=acting_user.pk, of=locked)
