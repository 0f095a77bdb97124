from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import ending
from volunteering.contact import person_of
from volunteering.models import Assignment, ContactConsent


@in_time()
def withdraw_contact(
    *, assignment: Assignment, side: ContactConsent.Side, acting_user: User | None
) -> None:
    """From this moment neither sees anything of the other. Harmless where nothing was shared.

    Args:
        acting_user: None of whoever came by the link.
    """
    stored = ending.locked(assignment)
    shared = ContactConsent.objects.filter(assignment=stored, side=side, withdrawn_at=None)
    if shared.update(withdrawn_at=timezone.now()):
        record(
            "contact.withdrawn", actor=acting_user.pk if acting_user else None, of=stored,
            person=person_of(stored, side).pk, side=side,
        )  # fmt: skip
