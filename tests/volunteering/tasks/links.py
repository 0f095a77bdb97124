from django.utils import translation

from tenants.binding import bind
from tenants.models import Tenant
from volunteering.invitation_links import invitation_path
from volunteering.models import Invitation


def link(tenant: Tenant, invitation: Invitation, *below: str) -> str:
    """The address of the page behind the link, or of one below it, in English."""
    with bind(tenant), translation.override("en"):
        return invitation_path(invitation) + "".join(f"{part}/" for part in below)
