"""Sample people of the demo, the same in every site. They have no password: only ``/demo/``
lets them in, and only from this very machine."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.actions.grant_role import grant_role
from portal.accounts.models import User
from portal.accounts.roles import Role
from tenants.models import Tenant


@dataclass(frozen=True, slots=True)
class SamplePerson:
    key: str
    label: Promise
    can: Promise
    role: Role


PEOPLE = (
    SamplePerson(
        "redaktor", _("Editor"), _("writes pages and sends them for approval"), Role.EDITOR
    ),
    SamplePerson(
        "dyrekcja", _("Director"), _("approves and publishes pages, sees everything"), Role.DIRECTOR
    ),
)


def email_of(person: SamplePerson, tenant: Tenant) -> str:
    return f"{person.key}@{tenant.schema_name.replace('_', '-')}.example"


def invite_sample_people(tenant: Tenant) -> None:
    """Make the sample people of the bound site; harmless when they are there."""
    for person in PEOPLE:
        email = email_of(person, tenant)
        if not User.objects.filter(email=email).exists():
            user = User.objects.create_user(email=email, first_name=str(person.label))
            grant_role(user=user, role=person.role, acting_user=None)
