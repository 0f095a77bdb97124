import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.template import Template
from django.test import override_settings
from django.test.utils import _TestState

from portal.accounts.actions.grant_role import grant_role
from portal.accounts.models import User
from portal.accounts.roles import ON_LEADER_SITES
from tenants.binding import bind
from tenants.models import Institution, Project, ProjectPartner, Tenant
from tenants.provisioning import SiteOrder, provision
from tenants.roles import as_owner
from tests.architecture.canaries import Canaries, release
from tests.architecture.demo_urls import as_demo
from tests.conftest import CAST_DATABASE, _create_database, using_database


@dataclass(frozen=True, slots=True)
class Aviary:
    database: str
    media: Path
    canaries: dict[str, Canaries]
    leader: Tenant


@pytest.fixture(scope="session")
def aviary(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Aviary:
    """A copy of the cast's database, both its sites filled, and a leader's site beside them."""
    name, media = f"canaries_{os.getpid()}", tmp_path_factory.mktemp("media")
    _create_database(name, copy_of=CAST_DATABASE)
    with django_db_blocker.unblock(), using_database(name), override_settings(MEDIA_ROOT=media):
        srem, kety = (
            Tenant.objects.get(domains__domain=f"{slug}.localhost") for slug in ("srem", "kety")
        )
        canaries = {
            "srem": release(srem, "kanarekzesremu", (200, 30, 30), 0x2000),
            "kety": release(kety, "kanarekzket", (30, 30, 200), 0x3000),
        }
        leader = _leader(partner=srem)
    return Aviary(name, media, canaries, leader)


def _leader(partner: Tenant) -> Tenant:
    """In a project with one of the two gminas."""
    tenant = provision(
        SiteOrder(
            domain="lider.localhost", name="Lider projektu", status=Tenant.Status.ACTIVE, port=8000
        )
    )
    with bind(tenant):
        for role in ON_LEADER_SITES:
            user = User.objects.create_user(email=f"{role}@{tenant.schema_name}.example")
            grant_role(user=user, role=role, acting_user=None)
    with as_owner():
        project = Project.objects.create(
            key="kanarki", title="Razem", starts_on="2026-01-01", ends_on="2029-01-01",
            leader_site=tenant, date_precision="day",
            leader=Institution.objects.create(name="Lider", kind="unit"),
        )  # fmt: skip
        ProjectPartner.objects.create(
            project=project, ordinal=1, municipality_id=str(partner.municipality_id), name="Partner"
        )
    return tenant


@pytest.fixture(scope="module")
def canaries(aviary: Aviary, django_db_blocker: Any) -> Iterator[dict[str, Canaries]]:
    """Śrem and Kęty, filled with the same things under the same ids; by the site's slug."""
    with (
        django_db_blocker.unblock(),
        using_database(aviary.database),
        override_settings(MEDIA_ROOT=aviary.media),
    ):
        for alias in ("default", "pages"):
            caches[alias].clear()
        yield aviary.canaries


@pytest.fixture(params=["srem", "kety"])
def own(request: pytest.FixtureRequest, canaries: dict[str, Canaries]) -> Canaries:
    return canaries[request.param]


@pytest.fixture
def other(own: Canaries, canaries: dict[str, Canaries]) -> Canaries:
    return next(found for found in canaries.values() if found is not own)


@pytest.fixture
def leader(aviary: Aviary, canaries: dict[str, Canaries]) -> Tenant:
    """Where the roles of a leader's site are, under the names of the cast."""
    return aviary.leader


@pytest.fixture
def plain_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the copy of every context that Django keeps for tests: a sixth of the time."""
    as_ever = _TestState.saved_data.template_render  # type: ignore[attr-defined]
    monkeypatch.setattr(Template, "_render", as_ever)


@pytest.fixture
def demo_urls() -> Iterator[str]:
    """The site's URLs as the demo has them; gives the name of the urlconf."""
    with as_demo() as name:
        yield name
