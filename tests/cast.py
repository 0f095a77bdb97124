"""Who plays in the tests: two gminas of different projects, a leader, and people in each."""

from django.contrib.auth.models import Group

from portal.accounts.models import User
from tenants.binding import bind
from tenants.fleet import migrate_fleet
from tenants.models import Municipality, Tenant
from tenants.provisioning import SiteOrder, provision
from tenants.roles import as_owner
from tenants.teryt import load_municipalities

PASSWORD = "sesame-open-long"

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
    for role, group in (("editor", "Editors"), ("director", "Moderators")):
        user = User.objects.create_user(
            email=f"{role}@{tenant.schema_name}.example", password=PASSWORD, is_staff=True
        )
        user.groups.add(Group.objects.get(name=group))
