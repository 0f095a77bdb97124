"""Every address of conversations under ``/wiadomosci/`` and ``/panel/wiadomosci/``, in the manner
of ``our_addresses``; and those behind the link of somebody who answers without logging in.
``{names}`` are those of ``talk_canaries``.
"""

from uuid import UUID

from tests.architecture.event_addresses import Page
from tests.architecture.roles import (
    DIRECTORS,
    EVERYBODY,
    NONE,
    ORGANISERS,
    OVERSEES,
    OWNER,
    RUNS_EVENTS,
    VERIFIES,
    Row,
)

_OFFICE, _GROUP = "/wiadomosci/{office_talk}/", "/wiadomosci/{group_talk}/"
_ANNOUNCED, _RELAY = "/wiadomosci/{announcement_talk}/", "/wiadomosci/{relay}/"
_PANEL = "/panel/wiadomosci/"
_TALK = _PANEL + "{office_talk}/"
_SENT, _DRAFT = _PANEL + "ogloszenia/{announcement}/", _PANEL + "ogloszenia/{announcement_draft}/"
_COMING = _PANEL + "ogloszenia/{announcement_coming}/"

TALK_ACCOUNT = [
    Row("/wiadomosci/", EVERYBODY),
    Row("/wiadomosci/?q=kanarek", EVERYBODY),
    Row("/wiadomosci/ile/", EVERYBODY),
    Row("/wiadomosci/nowa/", EVERYBODY, EVERYBODY),
    Row("/wiadomosci/zablokowani/", EVERYBODY),
    *(
        Row(address, get, post, refusal=404)
        for address, get, post in (
            ("/wiadomosci/zablokowani/{message_block}/odblokuj/", NONE, OWNER),
            (_OFFICE, OWNER, NONE),
            (_OFFICE + "nowe/?po=0", OWNER, NONE),
            (_OFFICE + "odpowiedz/", NONE, OWNER),
            (_OFFICE + "przeczytane/", NONE, OWNER),
            (_OFFICE + "pliki/{talk_file}/", OWNER, NONE),
            (_GROUP, OWNER, NONE),
            (_GROUP + "odpowiedz/", NONE, OWNER),
            (_GROUP + "wycisz/", NONE, OWNER),
            (_GROUP + "wlacz/", NONE, OWNER),
            (_GROUP + "zglos/1/", OWNER, OWNER),
            (_GROUP + "zablokuj/1/", OWNER, OWNER),
            (_ANNOUNCED, OWNER, NONE),
            (_ANNOUNCED + "odpowiedz/", NONE, OWNER),
            (_RELAY, OWNER, NONE),
            (_RELAY + "odpowiedz/", NONE, OWNER),
            ("/konto/zadania/{help_task}/napisz/", OWNER, OWNER),
        )
    ),
]

TALK_PANEL = [
    Row(_PANEL, ORGANISERS),
    Row(_PANEL + "?pokaz=wszystkie&q=kanarek", ORGANISERS),
    Row(_TALK, ORGANISERS),
    Row(_TALK + "nowe/?po=0", ORGANISERS),
    Row(_TALK + "pliki/{talk_file}/", ORGANISERS),
    Row(_TALK + "odpowiedz/", post=ORGANISERS),
    Row(_TALK + "sprawdz/", post=ORGANISERS),
    Row(_TALK + "notatka/", post=ORGANISERS),
    Row(_TALK + "bez-odpowiedzi/", post=ORGANISERS),
    Row(_PANEL + "{group_talk}/", ORGANISERS),
    # Announcements
    Row(_PANEL + "ogloszenia/", ORGANISERS),
    Row(_PANEL + "ogloszenia/nowe/", ORGANISERS, ORGANISERS),
    Row(_SENT, ORGANISERS),
    Row(_SENT + "odpowiedzi/", ORGANISERS),
    Row(_SENT + "ponow/", post=ORGANISERS),
    Row(_DRAFT + "popraw/", ORGANISERS, ORGANISERS),
    Row(_DRAFT + "do-kogo/", ORGANISERS),
    Row(_DRAFT + "do-kogo/dodaj/", post=ORGANISERS),
    Row(_DRAFT + "do-kogo/usun/", post=ORGANISERS),
    Row(_DRAFT + "sprawdz/", ORGANISERS),
    Row(_DRAFT + "wyslij/", post=ORGANISERS),
    Row(_COMING, ORGANISERS),
    Row(_COMING + "odwolaj/", ORGANISERS, ORGANISERS),
    # Messages somebody has reported
    Row(_PANEL + "zgloszone/", VERIFIES),
    Row(_PANEL + "zgloszone/{message_report}/", VERIFIES, VERIFIES),
    # Figures
    Row("/panel/liczby/", OVERSEES),
    Row("/panel/liczby/?okres=rok", OVERSEES),
    Row("/panel/liczby/attended.csv", OVERSEES),
    Row("/panel/liczby/przekaz/", post=DIRECTORS),
    # Doors to conversations
    Row("/panel/wydarzenia/zajecia/{activity}/rozmowa/", post=RUNS_EVENTS),
    Row("/panel/oferty/dyzur/{shift}/rozmowa/", post=ORGANISERS),
]

_LINK = "/wiadomosci/link/{talk_link}/"

# For whoever has the link of a notice.
BEHIND_THE_LINK = [
    Page(_LINK),
    Page("/uk" + _LINK),
    Page(_LINK + "nowe/?po=0"),
    Page(_LINK + "odpowiedz/", 405, 302, {"text": "Treść", "token": str(UUID(int=8))}),
    Page(_LINK + "przeczytane/", 405, 302, {"number": "1"}),
    Page(_LINK + "pliki/{talk_file}/"),
]
ADDRESSES = [page.address for page in BEHIND_THE_LINK]
WORDS = {"talk_link"}

TALK_FORMS: dict[str, dict[str, str]] = {
    address: {"token": str(UUID(int=9))}
    for address in (
        "/wiadomosci/nowa/", _OFFICE + "odpowiedz/", _GROUP + "odpowiedz/", _RELAY + "odpowiedz/",
        _ANNOUNCED + "odpowiedz/", _TALK + "odpowiedz/", _TALK + "notatka/",
    )
}  # fmt: skip
TALK_FORMS |= {
    _GROUP + "zglos/1/": {"reason": "rude"},
    _PANEL + "zgloszone/{message_report}/": {"decision": "remove"},
    _DRAFT + "wyslij/": {"when": "now"},
    _DRAFT + "do-kogo/dodaj/": {"key": "volunteering.skill", "of": "driving"},
    _DRAFT + "do-kogo/usun/": {"key": "volunteering.skill", "of": "company"},
}
# Already so, or refused in words; or a step between two others.
TALK_CHANGES_NOTHING = {
    _GROUP + "wlacz/",
    _TALK + "sprawdz/",
    # It is no course; not both have agreed yet.
    "/panel/wydarzenia/zajecia/{activity}/rozmowa/",
    "/konto/zadania/{help_task}/napisz/",
}
# A number of messages.
TALK_WORDLESS = {
    "/wiadomosci/ile/",
    # A first name alone.
    _GROUP + "zablokuj/1/",
}
