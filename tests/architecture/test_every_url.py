"""Every URL × role × site: nobody sees the other gmina, and nobody does what is not theirs.

Both sites hold the same things under the same ids (``canaries.py``), each marked with its site's
word. Who may open what is in ``addresses.py``; our own ``/konto/`` and ``/panel/`` are in
``our_addresses.py`` and ``test_our_urls.py``, what a guest has a key to under ``/wydarzenia/`` in
``event_addresses.py`` and ``test_event_urls.py``, the quieter doors in ``test_between_sites.py``.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse

from tests.architecture import (
    addresses,
    event_addresses,
    help_addresses,
    our_addresses,
    roles,
    talk_addresses,
)
from tests.architecture.canaries import Canaries
from tests.architecture.walls import (
    OF_STRANGERS,
    neighbour,
    outside_the_schema,
    rows_written,
    rows_written_by_table,
    undone,
    visitor_as,
    whole,
)

# Those without business in the CMS stand for all of them: an organiser is staff as well.
OUTSIDERS = ("anonymous", "resident", "osl", roles.UNPROVEN)
INSIDERS = ("editor", "director", "superuser")
STRANGERS = ("anonymous", roles.UNPROVEN)
# On the second site those are enough who may see least, and who may see most.
HERE_AND_THERE = [
    *(("srem", role) for role in (*OUTSIDERS, *INSIDERS)),
    *(("kety", role) for role in ("anonymous", "osl", "superuser")),
]
AT_LEAST = {
    **dict.fromkeys(addresses.EDITOR + addresses.FAILS, 0),
    **dict.fromkeys(addresses.DIRECTOR, 1),
    **dict.fromkeys(addresses.SUPERUSER, 2),
}
FOR_STAFF = [
    *addresses.EDITOR, *addresses.DIRECTOR, *addresses.SUPERUSER, *addresses.CHANGES,
    *addresses.NOBODY, *addresses.FAILS,
]  # fmt: skip
# Everything but /konto/ and /panel/.
SITE_AND_CMS = [
    *addresses.PUBLIC, *addresses.SIGN_IN, *addresses.SHUT, *addresses.TO_OUR_LOGIN,
    *addresses.OUT, *FOR_STAFF,
]  # fmt: skip
EVERY_ADDRESS = [
    *SITE_AND_CMS, *our_addresses.ADDRESSES, *event_addresses.ADDRESSES, *help_addresses.ADDRESSES,
    *talk_addresses.ADDRESSES,
]  # fmt: skip

# Enough for Wagtail's forms to go through with it, whichever of them is meant.
FORM = {
    "title": "Zmienione", "name": "Zmienione", "role": "Zmienione", "note": "Zmienione",
    "comment": "Zmienione", "alt_text": "Zmienione", "new_title": "Zmienione",
    "slug": "zmienione", "new_slug": "zmienione", "action-publish": "1", "next": "/cms/",
    "password": "sezam", "collection": "1", "email": "x@example.org", "ids": "1",
    "new_parent_page": "3", "date_precision": "day", "status": "paused",
    "external-link-chooser-url": "/strona/",
    **{f"{stream}-count": "0" for stream in ("body", "who", "how")},
    **{
        f"{rows}-{count}_FORMS": "0"
        for rows in (
            "comments", "documents", "cost_options", "phones", "opening_hours", "rooms",
            "opening_exceptions", "access_facts",
        )
        for count in ("TOTAL", "INITIAL")
    },
}  # fmt: skip
# What the shape of the work consists of: only a superuser may touch it.
SHAPE = (
    "auth_group", "auth_group_permissions", "accounts_user_groups",
    "accounts_user_user_permissions", "wagtailcore_site", "wagtailcore_collection",
    "wagtailcore_collectionviewrestriction", "wagtailcore_workflow", "wagtailcore_workflowpage",
    "wagtailcore_task", "wagtailcore_grouppagepermission", "wagtailcore_locale",
)  # fmt: skip


# Every URL is decided on


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Route and name of every URL."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.name or pattern.lookup_str
        else:
            yield from routes(pattern, route)


def undecided(urlconf: str, known: list[str]) -> list[str]:
    """Names of the URLs that no known address leads to."""
    reached = {
        _plain(resolve(address.format_map(_Anything()).partition("?")[0], urlconf).route)
        for address in known
    }
    return [
        f"{name} ({route})"
        for route, name in routes(get_resolver(urlconf))
        if _plain(route) not in reached
    ]


def _plain(route: str) -> str:
    """A matched URL's route has lost the ends of its regular expressions."""
    return route.replace("^", "").removesuffix("$")


class _Anything(dict[str, str]):
    """For matching a URL it does not matter which page 1 is."""

    def __missing__(self, name: str) -> str:
        return "00000000-0000-0000-0000-000000000001" if name in _UUIDS else "1"


_NAMES_OF_ROWS = set(re.findall(r"{(\w+)}", " ".join(row.address for row in our_addresses.ROWS)))
_NAMES_OF_PAGES = set(
    re.findall(
        r"{(\w+)}",
        " ".join(
            [*event_addresses.ADDRESSES, *help_addresses.ADDRESSES, *talk_addresses.ADDRESSES]
        ),
    )
)
_UUIDS = (
    {"contact", "place", "availability", "user", "date", "shift"}
    | _NAMES_OF_ROWS - {"passkey", "job", *help_addresses.WORDS, *talk_addresses.WORDS}
    | _NAMES_OF_PAGES - event_addresses.WORDS - help_addresses.WORDS - talk_addresses.WORDS
)


def test_every_url_of_a_site_is_decided_on() -> None:
    known = [address for address in EVERY_ADDRESS if not address.startswith(("/en/", "/uk/"))]
    missing = undecided("portal.urls", known)
    assert not missing, "add a row to tests/architecture/addresses.py:\n" + "\n".join(missing)


def test_every_url_of_the_demo_is_decided_on(demo_urls: str) -> None:
    known = [address for address in EVERY_ADDRESS if not address.startswith(("/en/", "/uk/"))]
    missing = undecided(demo_urls, [*known, *addresses.DEMO, *addresses.DEMO_CHANGES])
    assert not missing, "add a row to tests/architecture/addresses.py:\n" + "\n".join(missing)


def test_every_url_of_the_bare_domain_is_decided_on() -> None:
    known = [address for address in addresses.DIRECTORY if not address.startswith(("/en/", "/uk/"))]
    missing = undecided("portal.urls_public", known)
    assert not missing, "add a row to tests/architecture/addresses.py:\n" + "\n".join(missing)


# Looking


@pytest.mark.parametrize(("site", "role"), HERE_AND_THERE)
def test_everybody_sees_their_own_site_and_only_what_is_theirs(
    site: str, role: str, canaries: dict[str, Canaries], db: None, plain_templates: None
) -> None:
    own, other = canaries[site], canaries[neighbour(site)]
    visitor = visitor_as(role, own.tenant)
    counted, registered = rows_written(other.tenant), outside_the_schema(other.tenant)
    offences = []
    for address in SITE_AND_CMS:
        response = visitor.get(address.format_map(own.ids))
        text = whole(response)
        said = [
            *(["shows the other site"] if other.word in text else []),
            *(["failed"] if response.status_code >= 500 and address not in addresses.FAILS else []),
            *([] if is_as_decided(address, role, response) else [f"is not for a {role} like this"]),
            *(
                []
                if role != "superuser" or shows_its_own(address, own, text)
                else ["shows nothing"]
            ),
        ]
        offences += [f"{response.status_code} {address}: {what}" for what in said]
    assert rows_written(other.tenant) == counted, "looking at one site wrote into the other"
    assert outside_the_schema(other.tenant) == registered
    assert not offences, "\n" + "\n".join(offences)


def is_as_decided(address: str, role: str, response: Any) -> bool:
    status, location = int(response.status_code), str(response.headers.get("Location", ""))
    if address in addresses.PUBLIC:
        depends_on_cookie = "cookie" in response.headers.get("Vary", "").lower()
        return status == 200 and not response.cookies and not depends_on_cookie
    if address in [*addresses.SIGN_IN, *addresses.OUT]:
        return status == (200 if address in addresses.SIGN_IN else 405)
    if address in addresses.TO_OUR_LOGIN:
        return location.startswith("/konto/zaloguj/") if role in STRANGERS else status == 403
    if role in OUTSIDERS and address in FOR_STAFF:
        return location.startswith("/cms/login/?next=")
    if address in addresses.CHANGES:
        return status in {302, 405}
    may_open = address in AT_LEAST and INSIDERS.index(role) >= AT_LEAST[address]
    return is_refused(response) != may_open


def is_refused(response: Any) -> bool:
    """Wagtail sends those who may not back to the front page of the CMS."""
    return response.status_code in {403, 404} or response.headers.get("Location") == "/cms/"


def shows_its_own(address: str, own: Canaries, text: str) -> bool:
    """Whether the thing an address names is really the one this test has filled with its word."""
    shows_things = address in AT_LEAST or address in addresses.PUBLIC
    names_a_thing = "{" in address and shows_things and address not in addresses.WORDLESS
    return own.word in text or not names_a_thing or address in addresses.SIGN_IN


# Changing


@pytest.mark.parametrize(
    ("site", "role"),
    [
        *(("srem", role) for role in ("anonymous", "osl", "editor", "director", "superuser")),
        ("kety", "superuser"),
    ],
)
def test_nobody_changes_the_other_site_or_what_is_not_theirs(
    site: str, role: str, canaries: dict[str, Canaries], db: None, plain_templates: None
) -> None:
    own, other = canaries[site], canaries[neighbour(site)]
    visitor = visitor_as(role, own.tenant)
    before = rows_written_by_table(own.tenant)
    counted, registered = rows_written(other.tenant), outside_the_schema(other.tenant)
    offences = []
    for address in SITE_AND_CMS:
        with undone(visitor):
            response = visitor.post(address.format_map(own.ids), FORM)
            text = whole(response)
            if outside_the_schema(other.tenant) != registered:
                offences.append(f"{address}: changed what public holds of the other site")
        if other.word in text:
            offences.append(f"{address}: shows the other site")
        if response.status_code >= 500 and address not in addresses.FAILS_TO_CHANGE:
            offences.append(f"{address}: failed")
        if rows_written(other.tenant) != counted:
            pytest.fail(f"{address} wrote into the other site", pytrace=False)
    written = rows_written_by_table(own.tenant) - before
    if role == "superuser":
        assert written.total() > 100, "these forms change nothing at all"
    else:
        offences += [f"a {role} wrote into {table}" for table in SHAPE if written[table]]
    if role in OUTSIDERS:
        offences += [f"a stranger wrote into {table}" for table in written.keys() - OF_STRANGERS]
    assert not offences, "\n" + "\n".join(offences)


# Doors we do not use


@pytest.mark.parametrize("app", ["allauth.account.urls", "allauth.mfa.urls"])
def test_allauth_has_only_the_doors_we_decided_on(app: str) -> None:
    """Its other pages are not there under any address; what is there is one of our rows."""
    known = {
        resolve(address.format_map(_Anything()).partition("?")[0]).view_name
        for address in EVERY_ADDRESS
    }
    for route, name in routes(get_resolver(app)):
        arguments = ["1"] * len(re.findall(r"<\w+:\w+>|\(\?P", route))
        try:
            reverse(name, args=arguments)
        except NoReverseMatch:
            assert name not in known
        else:
            assert name in known


# The bare domain


@pytest.mark.parametrize("address", addresses.DIRECTORY)
def test_the_bare_domain_shows_no_site_and_gives_no_cookie(
    address: str, canaries: dict[str, Canaries], db: None, plain_templates: None
) -> None:
    response = Client(HTTP_HOST="localhost").get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()
    assert not [found for found in canaries.values() if found.word in whole(response)]


def test_the_bare_domain_knows_no_address_of_a_site(
    canaries: dict[str, Canaries], db: None
) -> None:
    visitor = Client(HTTP_HOST="localhost", raise_request_exception=False)
    ids = canaries["srem"].ids
    own = {address.partition("?")[0] for address in addresses.DIRECTORY}
    answers = {
        address: visitor.get(address.format_map(ids)).status_code
        for address in [*EVERY_ADDRESS, *addresses.DEMO]
        if address.partition("?")[0] not in own
    }
    assert {address: status for address, status in answers.items() if status != 404} == {}
