from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.contact import STAYS, person_of
from volunteering.models import ContactConsent


@transaction.atomic
def withdraw_old_contacts(*, acting_user: User | None) -> int:
    """Two weeks after a task its two people hide from each other again; how many consents ended."""
    now = timezone.now()
    old = (
        ContactConsent.objects.filter(withdrawn_at=None, assignment__ends_at__lte=now - STAYS)
        .select_related("assignment__request__requester", "assignment__profile__person")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    for consent in old:
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
        record(
            "contact.withdrawn", actor=acting_user.pk if acting_user else None,
            of=consent.assignment, side=consent.side,
            person=person_of(consent.assignment, ContactConsent.Side(consent.side)).pk,
        )  # fmt: skip
    return len(old)
