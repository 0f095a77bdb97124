"""Every address of ``/konto/`` and ``/panel/`` × role × site; who may what is in
``our_addresses.py``, what both sites hold in ``people_canaries.py``.
"""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.accounts.permissions import MAY
from portal.accounts.roles import ON_MUNICIPALITY_SITES
from tests.architecture.canaries import Canaries, painted
from tests.architecture.help_addresses import (
    HELP_CHANGES_NOTHING,
    HELP_FORMS,
    HELP_WORDLESS,
)
from tests.architecture.our_addresses import (
    ACCOUNT,
    ADDRESSES,
    DOORS,
    PANEL,
    ROWS,
    TRANSLATED,
)
from tests.architecture.people_canaries import SECRET
from tests.architecture.roles import EVERYBODY, SEES_PEOPLE, UNPROVEN, Door, Row
from tests.architecture.talk_addresses import TALK_CHANGES_NOTHING, TALK_FORMS, TALK_WORDLESS
from tests.architecture.walls import (
    OF_STRANGERS,
    SITES,
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

pytestmark = pytest.mark.usefixtures("db", "plain_templates")

ROLES = ("anonymous", UNPROVEN, *sorted(EVERYBODY))
# On the second site those are enough who may see most, and who may see least.
HERE_AND_THERE = [
    *(("srem", role) for role in ROLES),
    *(("kety", role) for role in ("ngo_member", "superuser")),
]
IN_A_WHILE = (timezone.localdate() + timedelta(days=100)).isoformat()
# Enough for our forms to go through with it, whichever of them is meant.
FORM = {
    "first_name": "Nowa", "last_name": "Osoba", "phone": "601 900 900", "email": "",
    "street": "ul. Nowa 1", "postcode": "62-020", "city": "Swarzędz", "channel": "sms",
    "language": "uk", "subject": "Temat", "text": "Treść", "kind": "carer", "means": "paper",
    "reason": "Bo tak", "organisation_role": "member", "role": "member", "name": "Nowa nazwa",
    "sender_name": "Nowa nazwa", "understood": "on",
    "address": "nowa@example.org", "code": "000000",
    **dict.fromkeys(("password", "again"), "koń-bateria-zszywka"),
    # Of activities and bookings.
    "title": "Nowe zajęcia", "lead": "Nowa zapowiedź", "body": "Nowy opis", "note": "Nowa uwaga",
    "day": IN_A_WHILE, "on": IN_A_WHILE, "starts": "6:00", "ends": "7:00",
    "where": "place:{place}", "capacity": "30", "weeks": "2", "rhythm": "weekly", "number": "3",
    "audience": "everybody", "fee": "5", "party_limit": "4", "closes_hours_before": "3",
    "cancel_hours_before": "4", "takes_bookings": "on", "offers_transport": "on",
    "key": str(UUID(int=7)), "how": "desk", "comes": "True", "pickup_at": "9:15",
    "words": "Nie mamy samochodu", "agreed": "on", "person_1": "lift",
}  # fmt: skip
EVENTS = "/panel/wydarzenia/"
OWN_EVENTS = "/konto/organizacje/{verified}/wydarzenia/"
FORMS: dict[str, dict[str, str]] = {
    "/konto/telefon/": {"address": "601 900 900"},
    "/konto/organizacje/{organisation}/zmien/": {"kind": "ngo"},
    "/panel/organizacje/dodaj/": {"kind": "ngo"},
    "/panel/organizacje/{organisation}/popraw/": {"kind": "ngo"},
    "/panel/organizacje/{organisation}/osoby/{member}/": {"role": "coordinator"},
    "/panel/zespol/zapros/": {"role": "osl"},
    "/panel/osoby/{person}/usun/": {"name": "Anna Kowalska-{word}"},
    EVENTS + "dodaj/": {"kind": "one_off"},
    EVENTS + "zajecia/{activity}/zasady/": {"kind": "open_series"},
    EVENTS + "termin/{today}/obecnosc/bez-zapisu/": {"first_name": "Przyszła"},
    EVENTS + "kod/{today_code}/{today}/": {"people": "{expected}"},
    EVENTS + "zgloszenie/{booking}/anuluj/": {"people": "{participation}"},
    EVENTS + "zgloszenie/{booking}/przenies/": {"session": "{next_date}"},
    EVENTS + "zgloszenie/{booking}/dowoz/": {"people": "1"},
    OWN_EVENTS + "dodaj/": {"kind": "one_off"},
    OWN_EVENTS + "{own_draft}/zmien/": {"kind": "open_series"},
    **HELP_FORMS,
    **TALK_FORMS,
}
FILES = {EVENTS + "zajecia/{activity}/tekst/pl/zdjecie/": ("file", "obraz.png")}
# Who has something to change at each of these addresses.
FULL_OF_FORMS = {"ngo_member": ACCOUNT, "superuser": PANEL}
# Steps between two others.
CHANGE_NOTHING = {
    "/panel/osoby/{person}/wiadomosc/sprawdz/",
    EVENTS + "zajecia/{activity}/seria/sprawdz/",
    EVENTS + "zajecia/{activity}/seria/popraw/",
    EVENTS + "data/{date}/przenies/sprawdz/",
    EVENTS + "data/{date}/przenies/popraw/",
    # A look for the card of whoever calls.
    EVENTS + "termin/{date}/zapisz/znajdz/",
    EVENTS + "termin/{date}/zapisz/{person}/",
    *HELP_CHANGES_NOTHING,
    *TALK_CHANGES_NOTHING,
}
# Who looked; words of a consent as they were first shown; that recovery codes were seen.
WRITTEN_BY_LOOKING = OF_STRANGERS | {
    "audit_auditentry", "accounts_consenttext", "mfa_authenticator",
}  # fmt: skip
# What is left of somebody erased has no name.
WORDLESS = {
    "/panel/osoby/usunieto/{erasure}/",
    # Drawn letters.
    EVENTS + "termin/{date}/uczestnicy/lista.pdf",
    EVENTS + "termin/{date}/dowoz/lista.pdf",
    EVENTS + "zgloszenie/{booking}/kartka.pdf",
    *HELP_WORDLESS,
    *TALK_WORDLESS,
}  # fmt: skip


# What no form asks for and no list is ordered by: a NUL, which PostgreSQL keeps in no text.
NONSENSE = dict.fromkeys(
    (
        *FORM, "q", "strona", "stan", "kanal", "przed", "kto", "od", "do", "co", "pokaz", "widok",
        "minione", "kod", "dla", "people", "session", "person", "others", "until", "weekdays",
    ),
    "\0x",
)  # fmt: skip


def came_out(response: Any) -> str:
    """``in``, ``login`` (asked to log in first), or the status of a refusal."""
    if re.match(r"(/en|/uk)?/konto/zaloguj/\?next=", response.headers.get("Location", "")):
        return "login"
    return str(response.status_code) if response.status_code in {403, 404, 405} else "in"


def expected(row: Row, role: str, method: str) -> set[str]:
    allowed = row.get if method == "GET" else row.post
    is_stranger = role in {"anonymous", UNPROVEN}
    if not allowed:
        # Whether it takes forms at all may be asked before or after who somebody is.
        return {"405", "login"} if is_stranger else {"405", str(row.refusal)}
    if role in allowed:
        return {"in"}
    return {"login"} if is_stranger else {str(row.refusal)}


def is_kept_by_nobody(response: Any) -> bool:
    kept = response.headers.get("Cache-Control", "")
    return "no-store" in kept and "private" in kept


def shows_its_own(row: Row, own: Canaries, text: str) -> bool:
    """Whether the thing an address names is the one that was filled with the site's word."""
    return "{" not in row.address or row.address in WORDLESS or own.word in inside(text)


def told_too_much(text: str, role: str, own: Canaries, other: Canaries) -> list[str]:
    """What no page may show to the role, whatever the address."""
    return [
        *(["shows the other site"] if other.word in text or people_reached(text, other) else []),
        *(["shows a secret message"] if SECRET in text else []),
        *(
            ["shows how to reach somebody"]
            if role not in SEES_PEOPLE and people_reached(text, own)
            else []
        ),
    ]


@pytest.mark.parametrize(("site", "role"), HERE_AND_THERE)
def test_everybody_sees_their_own_site_and_only_what_is_theirs(
    site: str, role: str, canaries: dict[str, Canaries]
) -> None:
    own, other = canaries[site], canaries[neighbour(site)]
    visitor = visitor_as(role, own.tenant)
    counted, registered = rows_written(other.tenant), outside_the_schema(other.tenant)
    offences = []
    for row in [*ROWS, *TRANSLATED]:
        before = rows_written_by_table(own.tenant)
        response = visitor.get(row.address.format_map(own.ids))
        changed = (rows_written_by_table(own.tenant) - before).keys() - WRITTEN_BY_LOOKING
        text, outcome = whole(response), came_out(response)
        said = [
            *told_too_much(text, role, own, other),
            *(["failed"] if response.status_code >= 500 else []),
            *([f"is {outcome}"] if outcome not in expected(row, role, "GET") else []),
            *([f"wrote into {changed}"] if changed else []),
            *(
                ["may be kept"]
                if outcome in {"in", "login", "403"} and not is_kept_by_nobody(response)
                else []
            ),
            *(
                ["shows nothing"]
                if response.status_code == 200 and not shows_its_own(row, own, text)
                else []
            ),
        ]
        offences += [f"{response.status_code} {row.address} as {role}: {what}" for what in said]
    assert rows_written(other.tenant) == counted, "looking at one site wrote into the other"
    assert outside_the_schema(other.tenant) == registered
    assert not offences, "\n" + "\n".join(offences)


@pytest.mark.parametrize(("site", "role"), HERE_AND_THERE)
def test_nobody_changes_the_other_site_or_what_is_not_theirs(
    site: str, role: str, canaries: dict[str, Canaries]
) -> None:
    own, other = canaries[site], canaries[neighbour(site)]
    visitor = visitor_as(role, own.tenant)
    counted, registered = rows_written(other.tenant), outside_the_schema(other.tenant)
    offences = []
    for row in ROWS:
        before = rows_written_by_table(own.tenant)
        with undone(visitor):
            response = visitor.post(row.address.format_map(own.ids), form_for(row.address, own))
            text, outcome = whole(response), came_out(response)
            reached_public = outside_the_schema(other.tenant) != registered
        written = rows_written_by_table(own.tenant) - before
        said = [
            *told_too_much(text, role, own, other),
            *(["changed what public holds of the other site"] if reached_public else []),
            *(["failed"] if response.status_code >= 500 else []),
            *([f"is {outcome}"] if outcome not in expected(row, role, "POST") else []),
            *(
                [f"was refused and wrote {dict(written)}"]
                if outcome != "in" and written.keys() - OF_STRANGERS
                else []
            ),
            *(
                [f"changed nothing: {' '.join(re.findall(r'error[^>]*>([^<]*)', text))}"]
                if outcome == "in"
                and row in FULL_OF_FORMS.get(role, [])
                and row.address not in CHANGE_NOTHING
                and not written.keys() - OF_STRANGERS
                else []
            ),
        ]
        offences += [f"{response.status_code} {row.address} as {role}: {what}" for what in said]
        if rows_written(other.tenant) != counted:
            pytest.fail(f"{row.address} wrote into the other site", pytrace=False)
    assert not offences, "\n" + "\n".join(offences)


def form_for(address: str, own: Canaries) -> dict[str, Any]:
    texts = FORM | FORMS.get(address, {})
    form: dict[str, Any] = {
        name: value.format(word=own.word, **own.ids) for name, value in texts.items()
    }
    if address in FILES:
        name, file_name = FILES[address]
        form |= {name: SimpleUploadedFile(file_name, painted((9, 9, 9))), "alt_text": "Obraz"}
    return form


@pytest.mark.parametrize("role", ["anonymous", "ngo_member", "superuser"])
def test_nonsense_is_answered_not_failed_on(role: str, canaries: dict[str, Canaries]) -> None:
    own = canaries["srem"]
    visitor = visitor_as(role, own.tenant)
    failed = []
    for address in ADDRESSES:
        path = address.partition("?")[0].format_map(own.ids)
        with undone(visitor):
            answers = [visitor.get(path, NONSENSE), visitor.post(path, NONSENSE)]
        failed += [
            f"{answer.status_code} {path}" for answer in answers if answer.status_code >= 500
        ]
    assert not failed, "\n" + "\n".join(failed)


def test_the_rows_and_the_table_of_permissions_agree() -> None:
    """Each set of roles is that of a permission, and each permission opens something."""
    of_permissions = {
        frozenset(roles & ON_MUNICIPALITY_SITES) | {"superuser"} for roles in MAY.values()
    }
    of_rows = {roles for row in PANEL for roles in (row.get, row.post) if roles}
    assert of_rows == of_permissions


@pytest.mark.parametrize("role", ["anonymous", UNPROVEN, "resident", "director"])
@pytest.mark.parametrize("site", SITES)
def test_doors_open_as_decided_and_into_one_site(
    site: str, role: str, canaries: dict[str, Canaries]
) -> None:
    own, other = canaries[site], canaries[neighbour(site)]
    visitor = visitor_as(role, own.tenant)
    counted, registered = rows_written(other.tenant), outside_the_schema(other.tenant)
    offences = []
    for door in DOORS:
        address = door.address.format_map(own.ids)
        for method, wanted in zip(("GET", "POST"), wanted_of(door, role), strict=True):
            with undone(visitor):
                response = visitor.get(address) if method == "GET" else visitor.post(address, FORM)
                reached_public = outside_the_schema(other.tenant) != registered
            said = [
                *told_too_much(whole(response), role, own, other),
                *([f"should be {wanted}"] if response.status_code != wanted else []),
                *(["changed what public holds of the other site"] if reached_public else []),
                *(
                    ["may be kept"]
                    if response.status_code != 405 and not is_kept_by_nobody(response)
                    else []
                ),
            ]
            offences += [f"{response.status_code} {method} {address}: {what}" for what in said]
    assert rows_written(other.tenant) == counted
    assert not offences, "\n" + "\n".join(offences)


def wanted_of(door: Door, role: str) -> tuple[int, int]:
    is_stranger = role == "anonymous" or (role == UNPROVEN and not door.knows_unproven)
    return door.stranger if is_stranger else door.known


@pytest.mark.parametrize(("role", "rows"), [("superuser", PANEL), ("ngo_member", ACCOUNT)])
@pytest.mark.parametrize("site", SITES)
def test_what_is_only_on_the_other_site_is_not_here(
    site: str, role: str, rows: list[Row], canaries: dict[str, Canaries]
) -> None:
    own, other = canaries[site], canaries[neighbour(site)]
    visitor = visitor_as(role, own.tenant)
    registered = outside_the_schema(other.tenant)
    found, tried = [], 0
    for row in rows:
        path, question, _query = row.address.partition("?")
        for name in () if question else re.findall(r"{(\w+)}", path):
            address = path.format_map(own.ids | {name: other.only_here[name]})
            with undone(visitor):
                answers = [
                    *([visitor.get(address)] if row.get else []),
                    *([visitor.post(address, form_for(row.address, own))] if row.post else []),
                ]
                assert outside_the_schema(other.tenant) == registered, address
            tried += len(answers)
            found += [
                f"{answer.status_code} {address} ({name})"
                for answer in answers
                if answer.status_code != 404
            ]
    assert tried
    assert not found, "\n" + "\n".join(found)
