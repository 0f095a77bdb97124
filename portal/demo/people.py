"""Sample people of the demo with a login, in every role a site has. They have no password: only
``/demo/`` lets them in, and only from this very machine."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.actions.grant_role import grant_role
from portal.accounts.models import User
from portal.accounts.roles import GRANTED, ON_LEADER_SITES, ON_MUNICIPALITY_SITES, Role
from portal.demo.made_up import address_in, mail_domain, name_of
from tenants.models import Tenant


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """
    Attributes:
        lands: name of the URL where the work of the role begins.
    """

    key: str
    label: Promise
    can: Promise
    role: Role
    lands: str


PEOPLE = (
    SamplePerson(
        "mieszkaniec", _("Resident"),
        _("sees their own data, consents and messages"),
        Role.RESIDENT, "my_account:home",
    ),
    SamplePerson(
        "wolontariusz", _("Volunteer"),
        _("is a resident who also helps others"),
        Role.VOLUNTEER, "my_account:home",
    ),
    SamplePerson(
        "organizacja", _("Coordinator of an organisation"),
        _("looks after the data of their organisation and invites its members"),
        Role.NGO_MEMBER, "my_account:home",
    ),
    SamplePerson(
        "osl", _("Local community organiser (OSL)"),
        _("looks after people and organisations, calls those who have no e-mail"),
        Role.OSL, "panel:today",
    ),
    SamplePerson(
        "ous", _("Social services organiser (OUS)"),
        _("looks after people who use services, writes the pages of services"),
        Role.OUS, "panel:today",
    ),
    SamplePerson(
        "redaktor", _("Editor"),
        _("writes pages and sends them for approval"),
        Role.EDITOR, "wagtailadmin_home",
    ),
    SamplePerson(
        "dyrekcja", _("Director"),
        _("approves pages, gives roles, sees everything"),
        Role.DIRECTOR, "panel:today",
    ),
    SamplePerson(
        "iod", _("Data-protection officer"),
        _("reads who did what and who looked at whose data; changes nothing"),
        Role.DPO, "panel:today",
    ),
    SamplePerson(
        "analiza", _("Analyst of the project leader"),
        _("sees figures of the project, never people"),
        Role.ANALYST, "panel:today",
    ),
)  # fmt: skip


def people_of(tenant: Tenant) -> list[SamplePerson]:
    """A leader's site has no residents, a gmina's no analyst."""
    here = ON_LEADER_SITES if tenant.is_leader else ON_MUNICIPALITY_SITES
    return [person for person in PEOPLE if person.role in here]


def email_of(person: SamplePerson, tenant: Tenant) -> str:
    return f"{person.key}@{mail_domain(tenant)}"


def invite_sample_people(tenant: Tenant) -> None:
    """Make the sample people of the bound site; harmless when they are there."""
    people = people_of(tenant)
    emails = [email_of(person, tenant) for person in people]
    there = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    for person, email in zip(people, emails, strict=True):
        if email not in there:
            _invite(person, email, tenant)
    logins = User.objects.filter(email__in=emails, emailaddress=None)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in logins
    )


def _invite(person: SamplePerson, email: str, tenant: Tenant) -> None:
    number = PEOPLE.index(person)
    first, last = name_of(number, tenant, is_woman=number % 2 == 0)
    user = User.objects.create_user(email=email, first_name=first, last_name=last)
    if person.role in GRANTED:
        grant_role(user=user, role=person.role, acting_user=None)
    if person.role == Role.RESIDENT:
        for field, value in address_in(tenant, number + 1).items():
            setattr(user.person, field, value)
        user.person.save()
