"""Which site answers: hosts, signed links, cookies, sockets, files."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tenants import signing
from tenants.binding import bind
from tenants.models import Tenant
from tenants.origin import SameOriginOnly, Scope, is_same_origin
from tenants.provisioning import archive, reopen
from tests.conftest import SiteClient


@pytest.mark.parametrize("host", ["nikt.localhost", "srem.localhost.evil.example", "..", "", "a b"])
def test_unknown_host_is_not_found(db: None, host: str) -> None:
    response = Client(HTTP_HOST=host).get("/")
    assert response.status_code == 404
    assert "Set-Cookie" not in response.headers


def test_unknown_host_is_asked_of_the_database_once(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client(HTTP_HOST="skaner.localhost")
    with django_assert_num_queries(1):
        client.get("/")
        client.get("/cms/")


def test_host_is_case_insensitive_and_port_is_ignored(srem: Tenant) -> None:
    assert Client(HTTP_HOST="SREM.localhost.:8123").get("/robots.txt").status_code == 200


def test_archived_site_is_gone_until_it_is_reopened(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    visitor = Client(HTTP_HOST="srem.localhost")
    archive(srem)
    assert visitor.get("/robots.txt").status_code == 410
    assert visitor.get("/cms/").status_code == 410
    reopen(srem)
    assert visitor.get("/robots.txt").headers["X-Robots-Tag"] == "noindex"


def test_signed_link_of_another_site_is_refused(srem: Tenant, kety: Tenant) -> None:
    with bind(srem):
        token = signing.dumps({"booking": 7}, purpose="manage")
        assert signing.loads(token, purpose="manage", max_age=timedelta(hours=1)) == {"booking": 7}
        with pytest.raises(signing.BadSignature):
            signing.loads(token, purpose="other", max_age=timedelta(hours=1))
    with bind(kety), pytest.raises(signing.BadSignature):
        signing.loads(token, purpose="manage", max_age=timedelta(hours=1))


def test_cookie_of_one_site_is_nobody_on_another(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient]
) -> None:
    editor = as_site(srem)
    editor.log_in("editor")
    assert editor.get("/cms/").status_code == 200
    stranger = as_site(kety)
    stranger.cookies = editor.cookies
    assert stranger.get("/cms/").status_code == 302


@pytest.mark.parametrize(
    ("origin", "host", "scheme", "same"),
    [
        ("http://srem.localhost:8000", "srem.localhost:8000", "ws", True),
        ("https://srem.localhost", "srem.localhost", "wss", True),
        ("https://srem.localhost:443", "srem.localhost", "wss", True),
        ("http://srem.localhost", "srem.localhost", "wss", False),
        ("http://kety.localhost:8000", "srem.localhost:8000", "ws", False),
        ("http://srem.localhost:8001", "srem.localhost:8000", "ws", False),
        ("null", "srem.localhost", "ws", False),
        ("", "srem.localhost", "ws", False),
        ("http://srem.localhost:port", "srem.localhost", "ws", False),
    ],
)
def test_sockets_open_for_pages_of_the_same_host_only(
    origin: str, host: str, scheme: str, same: bool
) -> None:
    scope = {
        "type": "websocket",
        "scheme": scheme,
        "headers": [(b"host", host.encode()), (b"origin", origin.encode())],
    }
    assert is_same_origin(scope) is same


async def greeter(scope: Scope, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})


async def answer_to_handshake(headers: list[tuple[bytes, bytes]]) -> str:
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    scope = {"type": "websocket", "scheme": "ws", "headers": headers}
    await SameOriginOnly(greeter)(scope, receive, send)
    return str(answers[0]["type"])


@pytest.mark.parametrize(
    ("origin", "answer"),
    [
        (b"http://srem.localhost", "websocket.accept"),
        (b"http://kety.localhost", "websocket.close"),
        (None, "websocket.close"),
    ],
)
async def test_a_handshake_of_another_origin_is_turned_away(
    origin: bytes | None, answer: str
) -> None:
    headers = [(b"host", b"srem.localhost"), *([(b"origin", origin)] if origin else [])]
    assert await answer_to_handshake(headers) == answer
