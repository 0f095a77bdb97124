"""Who plays in the tests: two gminas of different projects, a leader, and people in each."""

from portal.accounts.actions.grant_role import grant_role
from portal.accounts.models import Organisation, OrganisationMember, User
from portal.accounts.roles import GRANTED, ON_MUNICIPALITY_SITES, Role
from tenants.binding import bind
from tenants.fleet import migrate_fleet
from tenants.models import Municipality, Tenant
from tenants.provisioning import SiteOrder, provision
from tenants.roles import as_owner
from tenants.teryt import load_municipalities

PASSWORD = "sesame-open-long"

# Everybody a gmina's site knows: ``resident``, ``ngo_member``, ``osl`` …
ROLES = tuple(role.value for role in Role if role in ON_MUNICIPALITY_SITES)
GMINAS = {"srem": "3026043", "kety": "1213043"}


def build_cast() -> None:
    migrate_fleet(write=lambda _line: None)
    with as_owner():
        load_municipalities()
    for slug, teryt in GMINAS.items():
        provision(
            SiteOrder(
                domain=f"{slug}.localhost",
                municipality=Municipality.objects.get(pk=teryt),
                status=Tenant.Status.ACTIVE,
                port=8000,
            )
        )
    for tenant in Tenant.objects.all():
        with bind(tenant):
            _people(tenant)


def _people(tenant: Tenant) -> None:
    for role in ROLES:
        user = User.objects.create_user(
            email=f"{role}@{tenant.schema_name}.example", password=PASSWORD,
            first_name=role.capitalize(), last_name="Przykładowa",
        )  # fmt: skip
        if role in GRANTED:
            grant_role(user=user, role=Role(role), acting_user=None)
        elif role == Role.NGO_MEMBER:
            OrganisationMember.objects.create(
                organisation=Organisation.objects.create(name="Koło Gospodyń", kind="kgw"),
                user=user,
                role=OrganisationMember.Role.COORDINATOR,
            )
