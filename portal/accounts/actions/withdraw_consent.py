from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Consent, User
from portal.accounts.withdrawal import follow_withdrawal
from portal.audit.models import record


@transaction.atomic
def withdraw_consent(*, consent: Consent, acting_user: User | None) -> None:
    """End a consent, without asking why, and what was kept because of it; harmless when
    repeated."""
    row = Consent.objects.valid().select_for_update().filter(pk=consent.pk).first()
    if row is None:
        return
    row.withdrawn_at = timezone.now()
    row.withdrawal_recorded_by = acting_user.pk if acting_user else None
    row.save(update_fields=["withdrawn_at", "withdrawal_recorded_by"])
    follow_withdrawal(row)
    record(
        "consent.withdrawn",
        actor=row.withdrawal_recorded_by,
        of=row,
        person=row.person_id,
        purpose=row.purpose,
    )
