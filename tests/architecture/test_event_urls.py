"""Every address of ``/wydarzenia/`` with a key in it × role × site: a cookie, a link, a calendar's
address open what is theirs, on their own site; who may what is in ``event_addresses.py``.
"""

import re
from typing import Any

import pytest

from events.clients import cookie_name
from tenants.models import Tenant
from tests.architecture.canaries import Canaries
from tests.architecture.event_addresses import (
    BEHIND_THE_LINK,
    FOR_GUESTS,
    OF_THE_BROWSER,
    PAGES,
    PRIVATE,
    Page,
)
from tests.architecture.event_canaries import SECRET_OF_BROWSER
from tests.architecture.test_our_urls import (
    NONSENSE,
    WRITTEN_BY_LOOKING,
    is_kept_by_nobody,
)
from tests.architecture.walls import (
    OF_STRANGERS,
    inside,
    neighbour,
    outside_the_schema,
    people_reached,
    rows_written,
    rows_written_by_table,
    undone,
    visitor_as,
    whole,
)
from tests.conftest import SiteClient

pytestmark = pytest.mark.usefixtures("db", "plain_templates")

HERE_AND_THERE = [
    ("srem", "anonymous"), ("srem", "resident"), ("srem", "superuser"), ("kety", "anonymous")
]  # fmt: skip
# What everybody may read.
LISTS = [
    "/wydarzenia/", "/wydarzenia/?kiedy=miesiac", "/wydarzenia.ics", "/wydarzenia/rss.xml",
    "/sitemap.xml", "/szukaj/?q=kanarek", "/", "/en/wydarzenia/",
]  # fmt: skip
# A bare question.
WORDLESS = {"/wydarzenia/zapis/{form}/pusc/"}
NOT_PUBLIC = ("robocze", "pomysl", "propozycja")


def browser_of(role: str, tenant: Tenant) -> SiteClient:
    """Somebody of the cast at the browser in which the forms of both sites were begun."""
    visitor = visitor_as(role, tenant)
    visitor.cookies[cookie_name()] = SECRET_OF_BROWSER
    return visitor


def sent_by(visitor: SiteClient, page: Page, ids: dict[str, str], own: dict[str, str]) -> Any:
    form = {name: value.format_map(own) for name, value in page.form.items()}
    return visitor.post(page.address.format_map(ids), form)


def may_reach(page: Page, own: Canaries) -> set[str]:
    """Whoever holds the link, or the calendar, is told how we reach the booker."""
    bookers = {own.ids["person"], own.ids["other"], own.ids["extra"], own.ids["twin"]}
    return bookers if page in BEHIND_THE_LINK else set()


def wrong_with(
    response: Any, wanted: int, own: Canaries, other: Canaries, *, known: set[str]
) -> list[str]:
    """
    Args:
        known: ids of people whose contact data may be there.
    """
    text = whole(response)
    reached = people_reached(text, own) - known
    is_page = wanted == 200 and "<html" in text
    return [
        *([f"should be {wanted}"] if response.status_code != wanted else []),
        *(["shows the other site"] if other.word in text or people_reached(text, other) else []),
        *([f"shows how to reach {reached}"] if reached else []),
        *(
            ["may be kept"]
            if response.status_code in {200, 302, 410} and not is_kept_by_nobody(response)
            else []
        ),
        *(["may be found by search engines"] if is_page and "noindex" not in text else []),
    ]


@pytest.mark.parametrize(("site", "role"), HERE_AND_THERE)
def test_keys_open_what_is_theirs(site: str, role: str, canaries: dict[str, Canaries]) -> None:
    own, other = canaries[site], canaries[neighbour(site)]
    visitor = browser_of(role, own.tenant)
    counted, registered = rows_written(other.tenant), outside_the_schema(other.tenant)
    offences = []
    for page in PAGES:
        known = may_reach(page, own)
        before = rows_written_by_table(own.tenant)
        with undone(visitor):
            looked = visitor.get(page.address.format_map(own.ids))
            said = wrong_with(looked, page.get, own, other, known=known)
        if set(rows_written_by_table(own.tenant) - before) - WRITTEN_BY_LOOKING:
            said.append("wrote while looking")
        is_page = "text/html" in looked.headers["Content-Type"] and looked.status_code == 200
        shows_a_thing = is_page and "{" in page.address and page.address not in WORDLESS
        if shows_a_thing and own.word not in inside(whole(looked)):
            said.append("shows nothing")
        before = rows_written_by_table(own.tenant)
        with undone(visitor):
            sent = sent_by(visitor, page, own.ids, own.ids)
            said += [
                f"POST {what}" for what in wrong_with(sent, page.post, own, other, known=known)
            ]
            if outside_the_schema(other.tenant) != registered:
                said.append("changed what public holds of the other site")
        written = (rows_written_by_table(own.tenant) - before).keys() - OF_STRANGERS
        if sent.status_code == 302 and bool(written) != page.changes:
            said.append(f"wrote {written or 'nothing'}")
        statuses = f"{looked.status_code} {sent.status_code}"
        offences += [f"{statuses} {page.address}: {what}" for what in said]
    assert rows_written(other.tenant) == counted
    assert not offences, "\n" + "\n".join(offences)


@pytest.mark.parametrize("role", ["anonymous", "ngo_member", "superuser"])
def test_a_form_is_for_the_browser_it_was_begun_in(
    role: str, canaries: dict[str, Canaries]
) -> None:
    own = canaries["srem"]
    visitor = visitor_as(role, own.tenant)
    answers = {}
    for page in OF_THE_BROWSER:
        with undone(visitor):
            looked = visitor.get(page.address.format_map(own.ids))
            before = rows_written_by_table(own.tenant)
            sent = sent_by(visitor, page, own.ids, own.ids)
            assert not (rows_written_by_table(own.tenant) - before).keys() - OF_STRANGERS
        answers[page.address] = {looked.status_code, sent.status_code}
        assert own.word not in inside(whole(looked)), page.address
    assert {address: found for address, found in answers.items() if not found <= {404, 405}} == {}


@pytest.mark.parametrize(("role", "status"), [("anonymous", 302), ("resident", 404)])
def test_a_form_begun_with_a_login_is_for_that_login(role: str, status: int, own: Canaries) -> None:
    address = f"/wydarzenia/zapis/{own.ids['known_form']}/osoby/"
    visitor = browser_of(role, own.tenant)
    for answer in (visitor.get(address), visitor.post(address, {"who": "me"})):
        assert answer.status_code == status
        assert own.word not in inside(whole(answer))
    assert browser_of("ngo_member", own.tenant).get(address).status_code == 200


def test_what_is_only_on_the_other_site_is_not_here(own: Canaries, other: Canaries) -> None:
    visitor = browser_of("anonymous", own.tenant)
    ids = own.ids | other.only_here
    registered = outside_the_schema(other.tenant)
    for page in PAGES:
        if "{" not in page.address:
            continue
        wanted = 410 if page in BEHIND_THE_LINK else 404
        with undone(visitor):
            looked = visitor.get(page.address.format_map(ids))
            sent = sent_by(visitor, page, ids, own.ids)
            assert outside_the_schema(other.tenant) == registered, page.address
        assert {looked.status_code, sent.status_code} - {405} == {wanted}, page.address
        assert other.word not in whole(looked) + whole(sent)
    for address in (
        "/wydarzenia/{slug}/", "/wydarzenia/{slug}/plakat.pdf", "/wydarzenia/{slug}/kalendarz.ics",
        "/wydarzenia/termin/{date}.ics",
    ):  # fmt: skip
        assert visitor.get(address.format_map(own.only_here)).status_code == 200, address
        assert visitor.get(address.format_map(ids)).status_code == 404, address


def test_a_link_of_the_other_site_opens_nothing_though_the_codes_are_the_same(
    own: Canaries, other: Canaries
) -> None:
    visitor = visitor_as("superuser", own.tenant)
    for page in BEHIND_THE_LINK:
        assert page.address.format_map(own.ids) != page.address.format_map(other.ids)
        with undone(visitor):
            looked = visitor.get(page.address.format_map(other.ids))
            before = rows_written_by_table(own.tenant)
            sent = sent_by(visitor, page, other.ids, own.ids)
            assert not (rows_written_by_table(own.tenant) - before).keys() - OF_STRANGERS
        assert {looked.status_code, sent.status_code} - {405} == {410}, page.address
        assert own.word not in inside(whole(looked)), page.address


def test_a_link_opens_one_booking(own: Canaries) -> None:
    """Neither the participation of another booking, nor another booking's page."""
    ids = own.ids
    visitor = visitor_as("anonymous", own.tenant)
    booking = f"/wydarzenia/zgloszenie/{ids['code']}/{ids['link']}"
    assert visitor.get(f"{booking}/anuluj/{ids['came']}/").status_code == 404
    assert visitor.post(f"{booking}/anuluj/{ids['came']}/").status_code == 404
    swapped = f"/wydarzenia/zgloszenie/{ids['own_code']}/{ids['link']}/"
    assert visitor.get(swapped).status_code == 410


def test_what_is_not_published_is_not_there(own: Canaries) -> None:
    visitor = visitor_as("superuser", own.tenant)
    for address in (
        "/wydarzenia/{draft_slug}/", "/wydarzenia/{draft_slug}/zapisz/",
        "/wydarzenia/{draft_slug}/plakat.pdf", "/wydarzenia/{draft_slug}/kalendarz.ics",
        "/wydarzenia/termin/{draft_date}.ics", "/wydarzenia/termin/{own_draft_date}.ics",
    ):  # fmt: skip
        assert visitor.get(address.format_map(own.ids)).status_code == 404, address
    for address in LISTS:
        text = whole(visitor.get(address))
        assert own.word in text or address == "/sitemap.xml", address
        shown = [name for name in NOT_PUBLIC if f"{name} {own.word}" in text or f"/{name}-" in text]
        assert not shown, (address, shown)


def test_what_people_booked_stands_on_no_public_page(own: Canaries) -> None:
    visitor = visitor_as("anonymous", own.tenant)
    names = [f"{name}-{own.word}" for name in ("Kowalska", "Nowak")]
    codes = re.compile(r"\bKAN-?R\d[A-J]\b")
    for address in [*LISTS, "/wydarzenia/{slug}/", "/wydarzenia/termin/{date}.ics"]:
        text = whole(visitor.get(address.format_map(own.ids)))
        assert not people_reached(text, own), address
        assert not [name for name in names if name in text], address
        assert not codes.search(text), address


@pytest.mark.parametrize("role", ["anonymous", "superuser"])
def test_nonsense_is_answered_not_failed_on(role: str, canaries: dict[str, Canaries]) -> None:
    own = canaries["srem"]
    visitor = browser_of(role, own.tenant)
    nonsense = NONSENSE | dict.fromkeys(
        (
            "who", "with_me", "without_me", "wheelchair", "known", "age", "wants", "wanted",
            "call_phone", "sms_phone", "needs_1", "krok", "zrobione", "termin", "kiedy", "wolne",
        ),
        "\0x",
    )  # fmt: skip
    addresses = [
        *(page.address for page in [*FOR_GUESTS, *OF_THE_BROWSER, *BEHIND_THE_LINK, *PRIVATE]),
        *(address.partition("?")[0] for address in LISTS),
        "/wydarzenia/miesiac/2030-1/", "/wydarzenia/miesiac/99999999-99/", "/wydarzenia/{slug}/",
        "/wydarzenia/zgloszenie/%00/%00/", "/wydarzenia/kalendarz/%00.ics",
        "/wydarzenia/zgloszenie/{code}/ż/",
    ]  # fmt: skip
    failed = []
    for address in addresses:
        path = address.format_map(own.ids)
        with undone(visitor):
            answers = [visitor.get(path, nonsense), visitor.post(path, nonsense)]
        failed += [f"{one.status_code} {path}" for one in answers if one.status_code >= 500]
    assert not failed, "\n" + "\n".join(failed)
