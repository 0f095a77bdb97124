"""Fills the demo's database: the registry, the 23 sites, their pages and sample people.

Every step looks first whether it is done, so a second start, a start after a crash and a start
with an older data folder all go through here.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms_pages.notices import keep_notice
from cms_pages.site_files import SiteFile, load_site, site_files
from cms_pages.starter import set_site_address
from portal.demo.conversations import settle_conversations
from portal.demo.events import settle_events
from portal.demo.messages import write_messages
from portal.demo.people import invite_sample_people
from portal.demo.residents import settle_residents
from portal.demo.volunteering import settle_volunteering
from portal.panel.figures.publishing import publish_months
from tenants.binding import bind
from tenants.fleet import migrate_fleet
from tenants.models import Municipality, Tenant
from tenants.partnership_files import (
    link_leader_sites,
    link_units,
    load_partnership,
    partnership_files,
)
from tenants.progress import Write, shown
from tenants.provisioning import SiteOrder, provision
from tenants.roles import as_owner
from tenants.teryt import load_municipalities

HOST_SUFFIX = "localhost"


def install(data: Path, *, port: int, write: Write) -> list[tuple[str, str]]:
    """Make everything that is missing; returns (name, address) of every site."""
    done = data / "installed"
    # Each day brings its own dates to the calendar.
    state = f"{_content_state()} {port} {timezone.localdate()}"
    if not (done.exists() and done.read_text() == state):
        _install(port, write)
        data.mkdir(parents=True, exist_ok=True)
        done.write_text(state)
    return [
        (tenant.name, f"http://{tenant.primary_domain}:{port}/")
        for tenant in Tenant.objects.listed()
        .with_primary_domain()
        .order_by("municipality__sort_key", "name")
    ]


def is_installed(data: Path) -> bool:
    """Whether the folder was filled once, if perhaps by an older version."""
    return (data / "installed").exists()


def _install(port: int, write: Write) -> None:
    with as_owner():
        migrate_fleet(write=write)
        load_municipalities()
        for project in partnership_files():
            load_partnership(project)
        files = site_files()
        with shown(write) as progress:
            for number, file in enumerate(files, 1):
                _install_site(file, port)
                progress("sites", number, len(files), file.name)
        link_leader_sites()
        link_units()


def _install_site(file: SiteFile, port: int) -> None:
    domain = f"{file.slug}.{HOST_SUFFIX}"
    tenant = Tenant.objects.filter(domains__domain=domain).first()
    if tenant is None:
        tenant = provision(
            SiteOrder(
                domain=domain,
                name=file.name,
                municipality=Municipality.objects.get(pk=file.teryt) if file.teryt else None,
                place_phrase=file.locative,
                colour=file.colour,
                status=Tenant.Status.ACTIVE,
                port=port,
            )
        )
    with bind(tenant):
        set_site_address(domain, port)
        load_site(file)
        keep_notice()
        settle(tenant)


def settle(tenant: Tenant) -> None:
    """Make everybody who lives and works in the bound site's demo."""
    with transaction.atomic():
        invite_sample_people(tenant)
        if not tenant.is_leader:
            people = settle_residents(tenant)
            write_messages(tenant, people)
            settle_events(tenant, people)
            settle_volunteering(tenant, people)
            settle_conversations(tenant, people)
            publish_months()


def _content_state() -> str:
    """Changes when a data file or a migration does."""
    digest = hashlib.sha256()
    for package in ("portal", "tenants", "events", "volunteering", "cms_pages"):
        for file in sorted(Path(settings.PROJECT, package).rglob("*")):
            is_content = file.suffix in {".toml", ".gz", ".csv"} or file.name == "people.py"
            if is_content or file.parent.name == "migrations":
                digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()
