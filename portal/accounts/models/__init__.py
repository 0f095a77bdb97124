"""People and logins, their roles and organisations, and what they agreed to."""

from portal.accounts.models.access import Invitation, Session, Tries
from portal.accounts.models.organisation import Organisation, OrganisationMember
from portal.accounts.models.person import (
    DifferentPeople,
    FormerDetail,
    Guardianship,
    Household,
    Person,
)
from portal.accounts.models.privacy import (
    Consent,
    ConsentPurpose,
    ConsentText,
    Erasure,
    PrivacyNotice,
)
from portal.accounts.models.role import RoleGrant
from portal.accounts.models.user import User

__all__ = [
    "Consent",
    "ConsentPurpose",
    "ConsentText",
    "DifferentPeople",
    "Erasure",
    "FormerDetail",
    "Guardianship",
    "Household",
    "Invitation",
    "Organisation",
    "OrganisationMember",
    "Person",
    "PrivacyNotice",
    "RoleGrant",
    "Session",
    "Tries",
    "User",
]
