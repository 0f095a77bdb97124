from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Invitation, User
from portal.audit.models import record


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, acting_user: User) -> None:
    """Take back an invitation nobody has accepted; harmless when there is nothing to take back."""
    revoked = (
        Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    ).update(revoked_at=timezone.now())
    if revoked:
        record("invitation.revoked", actor=acting_user.pk, of=invitation)
