from django.db import transaction

from portal.accounts.models import Guardianship, User
from portal.audit.models import record


@transaction.atomic
def remove_guardian(*, guardianship: Guardianship, acting_user: User) -> None:
    """End that somebody acts for somebody else; harmless when repeated."""
    row = Guardianship.objects.select_for_update().filter(pk=guardianship.pk).first()
    if row is None:
        return
    record(
        "guardian.removed",
        actor=acting_user.pk,
        of=row,
        person=row.ward_id,
        guardian=str(row.guardian_id),
    )
    row.delete()
