"""Every address of this part: who opens it, that looking changes nothing, that the neighbouring
gmina finds nothing behind it."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.urls import URLPattern, resolve, reverse

from portal.accounts.permissions import MAY, Permission
from portal.accounts.roles import Role
from portal.panel.participants.urls import urlpatterns
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.running.evening import Evening, person_in

P = Permission

# Name of a URL → what it takes. A URL without a row fails.
TAKES = {
    **dict.fromkeys(
        ["participants", "waiting", "sign_in_sheet", "xlsx", "csv", "booking"], P.SEE_PARTICIPANTS
    ),
    "booking_needs": P.SEE_NEEDS,
}
ONLY_POST = {
    "desk_find", "attendance", "attendance_undo", "walk_in_more", "code_check_in",
    "booking_approve", "booking_confirm", "booking_link", "entry_offer", "offer_accept",
}  # fmt: skip
PATTERNS = [pattern for pattern in urlpatterns if isinstance(pattern, URLPattern)]


def takes(name: str) -> Permission:
    return TAKES.get(name, P.RUN_EVENTS)


@pytest.fixture
def addresses(srem: Tenant, evening: Evening) -> dict[str, str]:
    """Name of a URL → its English address, with ids of things that are there."""
    with bind(srem):
        entry = evening.waiting.entry
        offer = entry.offers.create(pool=evening.pool, number=2, expires_at=evening.session.ends_at)
        one = person_in(evening.anna, "Anna")
        arguments: dict[str, list[Any]] = {
            "to_do": [], "typed_code": [], "desk_dates": [],
            "desk_dates_for": [one.person_id],
            "desk_person": [evening.session.pk, one.person_id],
            "attendance": [evening.session.pk, one.pk, "obecny"],
            "attendance_undo": [evening.session.pk, one.pk],
            "code": [evening.anna.code],
            "code_check_in": [evening.anna.code, evening.session.pk],
            **{f"transport_{what}": [evening.transport.pk] for what in ("arrange", "decline")},
            **{f"entry_{what}": [entry.pk] for what in ("offer", "leave")},
            **{f"offer_{what}": [offer.pk] for what in ("accept", "decline")},
        }  # fmt: skip
        found = {}
        for pattern in PATTERNS:
            is_booking = str(pattern.pattern).startswith("zgloszenie/")
            thing = evening.anna.pk if is_booking else evening.session.pk
            found[str(pattern.name)] = reverse(
                f"panel:participants:{pattern.name}", args=arguments.get(str(pattern.name), [thing])
            )
    return found


def status(visitor: SiteClient, name: str, address: str) -> int:
    answer = visitor.post(address) if name in ONLY_POST else visitor.get(address)
    assert answer.status_code < 500, name
    return answer.status_code


# Of each kind one: the table of the whole panel has them all.
@pytest.mark.parametrize("role", ["resident", "osl", "editor", "dpo"])
def test_role_opens_what_the_table_says(role: str, srem: Tenant, addresses: dict[str, str]) -> None:
    visitor = SiteClient(srem)
    visitor.log_in(role)
    refused = {name for name, address in addresses.items() if status(visitor, name, address) == 403}
    assert refused == {name for name in addresses if Role(role) not in MAY[takes(name)]}


def test_nobody_is_sent_to_log_in(srem: Tenant, addresses: dict[str, str]) -> None:
    visitor = SiteClient(srem)
    for name, address in addresses.items():
        assert status(visitor, name, address) == 302, name


def test_looking_changes_nothing(clerk: SiteClient, addresses: dict[str, str]) -> None:
    for name in ONLY_POST:
        assert clerk.get(addresses[name]).status_code == 405, name


def test_every_change_needs_a_token_of_the_form(srem: Tenant, addresses: dict[str, str]) -> None:
    visitor = SiteClient(srem, enforce_csrf_checks=True)
    visitor.log_in("director")
    for name, address in addresses.items():
        assert visitor.post(address).status_code in {403, 405}, name


def test_the_neighbouring_gmina_finds_nothing(kety: Tenant, addresses: dict[str, str]) -> None:
    visitor = SiteClient(kety)
    visitor.log_in("director")
    without_ids = {"to_do", "typed_code", "desk_dates"}
    # A code that nobody has is said in words, whoever's it may be elsewhere.
    found = {
        name: status(visitor, name, address)
        for name, address in addresses.items()
        if name not in without_ids
    }
    assert {name: code for name, code in found.items() if code != 404} == {}


class Doors(HTMLParser):
    """Where links lead and forms go."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            is_door = name in {"href", "action", "formaction"}
            if is_door and value and value.startswith("/en/panel/wydarzenia/"):
                self.links.add(value.partition("?")[0].partition("#")[0])


@pytest.mark.parametrize("role", ["osl", "dpo"])
def test_role_is_shown_no_door_it_may_not_open(
    role: str, srem: Tenant, addresses: dict[str, str]
) -> None:
    visitor = SiteClient(srem)
    visitor.log_in(role)
    offences = []
    for name, address in addresses.items():
        if name in ONLY_POST or Role(role) not in MAY[takes(name)]:
            continue
        doors = Doors()
        doors.feed(visitor.get(address).content.decode(errors="replace"))
        offences += [
            f"{name} leads to {link}"
            for link in doors.links
            if "participants" in (where := resolve(link)).namespaces
            and Role(role) not in MAY[takes(str(where.url_name))]
        ]
    assert offences == []
