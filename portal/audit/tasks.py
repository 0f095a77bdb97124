"""How long the trail is kept.

Deeds: five years. The office must be able to show that it handled data lawfully (GDPR art. 5(2));
an administrative fine cannot be imposed after five years (art. 189g § 1 of the Code of
Administrative Procedure). Looks are many and say most about how somebody works: 24 months are
enough to answer a person who asks who looked (GDPR art. 15).
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.audit.models import AuditEntry
from tenants.nightly import every_night_as_owner

LOOKS = ("person.viewed", "participants.viewed", "needs.viewed")
LOOKS_KEPT = timedelta(days=2 * 365)
DEEDS_KEPT = timedelta(days=5 * 365 + 1)


@every_night_as_owner
@transaction.atomic
def delete_old_entries() -> None:
    now = timezone.now()
    AuditEntry.objects.filter(action__in=LOOKS, at__lt=now - LOOKS_KEPT).delete()
    AuditEntry.objects.filter(at__lt=now - DEEDS_KEPT).delete()
