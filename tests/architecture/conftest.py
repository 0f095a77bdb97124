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

from tenants.models import Tenant
from tests.architecture.canaries import Canaries, release
from tests.architecture.demo_urls import as_demo
from tests.conftest import CAST_DATABASE, _create_database, using_database


@dataclass(frozen=True, slots=True)
class Aviary:
    database: str
    media: Path
    canaries: dict[str, Canaries]


@pytest.fixture(scope="session")
def aviary(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Aviary:
    """A copy of the cast's database, both its sites filled."""
    name, media = f"canaries_{os.getpid()}", tmp_path_factory.mktemp("media")
    _create_database(name, copy_of=CAST_DATABASE)
    with django_db_blocker.unblock(), using_database(name), override_settings(MEDIA_ROOT=media):
        srem, kety = (
            Tenant.objects.get(domains__domain=f"{slug}.localhost") for slug in ("srem", "kety")
        )
        canaries = {
            "srem": release(srem, "kanarekzesremu", (200, 30, 30)),
            "kety": release(kety, "kanarekzket", (30, 30, 200)),
        }
    return Aviary(name, media, canaries)


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
