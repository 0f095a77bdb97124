"""What a visitor meets: the shipped nginx configuration, and behind it all three processes."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tenants.models import Tenant
from tests.conftest import SiteClient, using_database
from tests.entrance.doors import CODE, LOGIN, code_sent_to, email_of
from tests.serving.behind_nginx import NGINX, Served, free_ports, nginx
from tests.serving.visitor import Visitor

ROOM = 16 * 1024 * 1024


@pytest.fixture
def site(served: Served, database: str, django_db_blocker: Any) -> Iterator[Tenant]:
    with django_db_blocker.unblock(), using_database(database):
        yield Tenant.objects.get(domains__domain="srem.localhost")


@pytest.fixture
def visitor(served: Served) -> Visitor:
    return Visitor("srem.localhost", served.ports.tls)


@pytest.fixture
def resident(visitor: Visitor, site: Tenant) -> Visitor:
    """Logged in: nobody else gets a socket."""
    client = SiteClient(site)
    client.log_in("resident")
    visitor.cookies["__Host-session"] = client.cookies["sessionid"].value
    return visitor


def test_shipped_configuration_is_good(served: Served) -> None:
    folder = served.log.parent
    said = subprocess.run(
        [NGINX, "-t", "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx.log")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert "[warn]" not in said.stderr


def test_resident_walks_from_the_front_page_to_their_account_and_gets_a_socket(
    visitor: Visitor, site: Tenant
) -> None:
    home = visitor.get("/")
    assert home.status == 200
    assert "Śrem" in home.text
    assert "Set-Cookie" not in home.headers
    assert home.headers["Strict-Transport-Security"]
    address = email_of("resident", site)
    assert visitor.post(LOGIN, address=address).status == 302
    entered = visitor.post(CODE, code=code_sent_to(site, address))
    assert entered.status == 302
    assert visitor.get("/en/konto/").status == 200
    assert set(visitor.cookies) >= {"__Host-session", "__Host-csrf"}
    assert visitor.shake_hands() == 101


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "https://kety.localhost", "http://srem.localhost", "null"]
)
def test_foreign_page_gets_no_socket(resident: Visitor, origin: str) -> None:
    foreign = f"{origin}:{resident.port}" if origin.endswith("localhost") else origin
    assert resident.shake_hands(origin=foreign) == 403
    assert resident.shake_hands() == 101


def test_what_a_client_says_of_its_scheme_has_no_effect(resident: Visitor, served: Served) -> None:
    lie = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.1.2.3", "Forwarded": "proto=https"}
    plain = Visitor("srem.localhost", served.ports.plain, scheme="http")
    for headers in ({}, lie):
        moved = plain.get("/kontakt/?a=1", **headers)
        assert moved.status == 301
        assert moved.headers["Location"] == f"https://srem.localhost:{plain.port}/kontakt/?a=1"
    as_http = {"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example"}
    assert resident.get("/en/konto/", **as_http).status == 200
    assert resident.shake_hands(**as_http) == 101
    own_as_http = resident.origin.replace("https", "http")
    assert resident.shake_hands(origin=own_as_http, **as_http) == 403


def test_unknown_host_is_nobodys(served: Served) -> None:
    stranger = Visitor("nobody.localhost", served.ports.tls)
    assert stranger.get("/").status == 404
    assert stranger.shake_hands() in {403, 404}


def test_files_of_the_pages_are_compressed_and_pages_are_not(visitor: Visitor) -> None:
    wanted = {"Accept-Encoding": "gzip"}
    home = visitor.get("/", **wanted)
    assert "Content-Encoding" not in home.headers
    start = home.text.index("/static/css/gromada")
    path = home.text[start : home.text.index('"', start)]
    style = visitor._ask("GET", path, wanted, reads=False)
    assert style.status == 200
    assert style.headers["Content-Encoding"] == "gzip"
    assert "immutable" in style.headers["Cache-Control"]


def test_more_than_a_message_may_carry_is_turned_away_by_nginx(visitor: Visitor) -> None:
    assert visitor.get("/", **{"Content-Length": str(ROOM + 1)}).status == 413


def test_while_the_application_is_away_nginx_says_that_it_comes_back(
    nginx_is_here: None, tmp_path: Path
) -> None:
    ports = free_ports()
    with nginx(tmp_path, ports):
        answer = Visitor("srem.localhost", ports.tls).get("/")
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "5"
    assert '<html lang="pl">' in answer.text
    assert "back in half a minute" in answer.text
