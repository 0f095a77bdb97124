"""The link by which a volunteer answers an invitation, without a login.

Nothing of it is stored: it is derived from the invitation by the site's key, and a new version of
the volunteer's links makes the earlier ones worthless.
"""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from tenants import signing
from volunteering.models import Invitation
from volunteering.refusals import LinkExpired

LASTS_AFTER_THE_END = timedelta(days=30)
_PURPOSE = "help-invitation"


def invitation_path(invitation: Invitation) -> str:
    """In the language being spoken."""
    return reverse("volunteering:invitation", args=[invitation.pk, token_of(invitation)])


def token_of(invitation: Invitation) -> str:
    return signing.stamp(_stamped(invitation), purpose=_PURPOSE)


def invitation_for(pk: UUID, token: str) -> Invitation:
    """
    Raises:
        LinkExpired: it never was right, a newer one was made, or all is long over.
    """
    invitation = (
        Invitation.objects.select_related(
            "request__district", "request__requester", "profile__person", "profile__district"
        )
        .filter(pk=pk)
        .first()
    )
    if invitation is None or not signing.is_stamp_of(
        token.lower(), _stamped(invitation), purpose=_PURPOSE
    ):
        raise LinkExpired
    if invitation.request.ends_at + LASTS_AFTER_THE_END < timezone.now():
        raise LinkExpired
    return invitation


def _stamped(invitation: Invitation) -> str:
    return f"{invitation.pk}:{invitation.profile.link_version}"
