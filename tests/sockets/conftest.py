"""One database and one server for a file of tests; what tests do to people, they undo by taking
somebody else."""

import asyncio
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import override_settings

from portal.accounts.models import User
from portal.messaging.actions.open_office_conversation import open_office_conversation
from portal.messaging.actions.post_message import post_message
from portal.messaging.models import Conversation
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient, _create_database, _drop_database, domain, using_database
from tests.sockets.serving import POSTGRES, Page, RedisServer, serving


@pytest.fixture(scope="module", autouse=True)
def _database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Where commits are real."""
    name = f"own_sockets_{uuid4().hex}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _create_database(name, copy_of="cast")
        with using_database(name), override_settings(CHANNEL_LAYERS={"default": POSTGRES}):
            yield
        _drop_database(name)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as port:
        yield port


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server
    server.remove()


@pytest.fixture
def srem() -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


@pytest.fixture
def kety() -> Tenant:
    return Tenant.objects.get(domains__domain="kety.localhost")


class Somebody:
    """Of the cast, in one of their browsers."""

    def __init__(self, site: Tenant, role: str) -> None:
        self.site, self.host = site, domain(site)
        self.browser = SiteClient(site)
        self.user: User = self.browser.log_in(role)
        self.cookie = self.browser.cookies["sessionid"].value

    def page(self, port: int) -> Page:
        return Page(port, self.host, self.cookie)


@pytest.fixture
def somebody() -> Callable[[Tenant, str], Somebody]:
    """``somebody(srem, "resident")``"""
    return Somebody


def written_to_office(resident: Somebody, text: str = "Dzień dobry") -> Conversation:
    with bind(resident.site):
        person = resident.user.person
        conversation = open_office_conversation(person=person)
        post_message(conversation=conversation, author=person, text=text, token=uuid4())
        return conversation


# As another process would do it, while sockets are open: ``await meanwhile(func, …)``.
meanwhile = asyncio.to_thread
