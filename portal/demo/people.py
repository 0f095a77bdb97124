"""Sample people of the demo, the same in every site. They have no password: only ``/demo/``
lets them in, and only from this very machine."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from tenants.models import Tenant


@dataclass(frozen=True, slots=True)
class SamplePerson:
    key: str
    label: Promise
    can: Promise
    group: str


PEOPLE = (
    SamplePerson("redaktor", _("Editor"), _("writes pages and sends them for approval"), "Editors"),
    SamplePerson(
        "dyrekcja", _("Director"), _("approves and publishes pages, sees everything"), "Moderators"
    ),
)


def email_of(person: SamplePerson, tenant: Tenant) -> str:
    return f"{person.key}@{tenant.schema_name.replace('_', '-')}.example"


def invite_sample_people(tenant: Tenant) -> None:
    """Make the sample people of the bound site; harmless when they are there."""
    for person in PEOPLE:
        user, made = User.objects.get_or_create(
            email=email_of(person, tenant),
            defaults={"first_name": str(person.label), "is_staff": True},
        )
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
            user.groups.add(Group.objects.get(name=person.group))
