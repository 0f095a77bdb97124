"""Every address of ``/konto/`` and ``/panel/``, and who may look at it and who may send its form.

Written down role by role on purpose, not reckoned from the code's own table of permissions: the two
are compared in ``test_our_urls.py``. ``{names}`` are those of ``people_canaries``.
"""

from dataclasses import dataclass

Roles = frozenset[str]


def _roles(names: str) -> Roles:
    return frozenset(names.split())


NONE: Roles = frozenset()
# Logged in, but the session has shown no second factor: nobody, but for the doors to show one.
UNPROVEN = "unproven_director"
RESIDENTS = _roles("resident volunteer ngo_member")
OFFICE = _roles("osl ous editor director dpo superuser")
EVERYBODY = RESIDENTS | OFFICE
EVEN_UNPROVEN = EVERYBODY | {UNPROVEN}

ORGANISERS = _roles("osl ous director superuser")
SEES_PEOPLE = _roles("osl ous director dpo superuser")
SEES_ORGANISATIONS = _roles("osl ous editor director dpo superuser")
VERIFIES = _roles("osl director superuser")
DIRECTORS = _roles("director superuser")
OVERSEES = _roles("director dpo superuser")
OWNER = _roles("ngo_member")
# Calendar and bookings.
SEES_EVENTS = _roles("osl ous editor director dpo superuser")
EDITS_EVENTS = _roles("osl ous editor director superuser")
REVIEWS_EVENTS = _roles("osl director superuser")
SEES_PARTICIPANTS = _roles("osl ous director dpo superuser")
RUNS_EVENTS = _roles("osl ous director superuser")
SEES_NEEDS = _roles("osl ous director superuser")


@dataclass(frozen=True, slots=True)
class Row:
    """
    Attributes:
        get: who may look; nobody where the address only takes forms.
        post: who may send its form; nobody where there is none.
        refusal: what the others get who are logged in.
    """

    address: str
    get: Roles = NONE
    post: Roles = NONE
    refusal: int = 403


@dataclass(frozen=True, slots=True)
class Door:
    """A page for those who are not logged in, or for both; statuses of (GET, POST).

    ``knows_unproven``: whether staff are known there who have yet to show their second factor.
    """

    address: str
    stranger: tuple[int, int]
    known: tuple[int, int]
    knows_unproven: bool = False


# What is mine. What is somebody else's is not there: 404, whoever asks.
ACCOUNT = [
    Row("/konto/", EVERYBODY),
    Row("/konto/dane/", EVERYBODY),
    Row("/konto/dane/imie/", EVERYBODY, EVERYBODY),
    Row("/konto/dane/kontakt/", EVERYBODY, EVERYBODY),
    Row("/konto/dane/adres/", EVERYBODY, EVERYBODY),
    Row("/konto/dane/jezyk/", EVERYBODY, EVERYBODY),
    Row("/konto/wiadomosci/", EVERYBODY),
    Row("/konto/wiadomosci/przeczytane/", post=EVERYBODY),
    Row("/konto/wiadomosci/ustawienia/", EVERYBODY, EVERYBODY),
    Row("/konto/wiadomosci/{inbox}/", OWNER, refusal=404),
    Row("/konto/wiadomosci/{inbox}/przeczytana/", post=OWNER, refusal=404),
    Row("/konto/wiadomosci/{inbox}/pliki/{file}/", OWNER, refusal=404),
    Row("/konto/zgody/", EVERYBODY),
    Row("/konto/zgody/news/daj/", post=EVERYBODY),
    Row("/konto/zgody/{own_consent}/wycofaj/", post=OWNER, refusal=404),
    Row("/konto/przechowywanie/", EVERYBODY),
    Row("/konto/kto-zagladal/", EVERYBODY),
    Row("/konto/pobierz/", EVERYBODY),
    Row("/konto/pobierz/plik/", post=EVERYBODY),
    Row("/konto/usun/", EVERYBODY),
    Row("/konto/usun/potwierdz/", EVERYBODY, EVERYBODY),
    Row("/konto/bezpieczenstwo/", EVERYBODY),
    Row("/konto/bezpieczenstwo/wyloguj-inne/", post=EVERYBODY),
    Row("/konto/organizacje/{organisation}/", OWNER, refusal=404),
    Row("/konto/organizacje/{organisation}/zmien/", OWNER, OWNER, refusal=404),
    Row("/konto/organizacje/{organisation}/zapros/", OWNER, OWNER, refusal=404),
    Row(
        "/konto/organizacje/{organisation}/zaproszenia/{member_invitation}/cofnij/",
        post=OWNER, refusal=404,
    ),
    Row("/konto/organizacje/{organisation}/osoby/{member}/usun/", OWNER, OWNER, refusal=404),
    # What I booked, and what my organisation proposes.
    Row("/konto/zapisy/", EVERYBODY),
    Row("/konto/zapisy/kalendarz/", post=EVERYBODY),
    Row("/konto/zapisy/kalendarz/usun/", EVERYBODY, EVERYBODY),
    Row("/konto/organizacje/{organisation}/wydarzenia/", OWNER, refusal=404),
    *(
        Row(f"/konto/organizacje/{{verified}}/wydarzenia/{rest}", get, post, refusal=404)
        for rest, get, post in (
            ("", OWNER, NONE),
            ("dodaj/", OWNER, OWNER),
            ("{own_activity}/", OWNER, NONE),
            ("{proposal}/", OWNER, NONE),
            ("{own_draft}/zmien/", OWNER, OWNER),
            ("{own_draft}/podglad/", OWNER, NONE),
            ("{own_draft}/wyslij/", NONE, OWNER),
            ("{proposal}/wycofaj/", NONE, OWNER),
            ("{own_draft}/usun/", OWNER, OWNER),
            ("{own_draft}/terminy/dodaj/", OWNER, OWNER),
            ("{own_draft}/terminy/{own_draft_date}/usun/", NONE, OWNER),
            ("{own_activity}/terminy/{own_date}/uczestnicy/", OWNER, NONE),
        )
    ),
]  # fmt: skip

# What I log in with; the owner has a passkey, an app and recovery codes.
OWN_LOGIN = [
    Row("/konto/email/", EVERYBODY, EVERYBODY),
    Row("/konto/telefon/", EVERYBODY, EVERYBODY),
    Row("/konto/haslo/", EVERYBODY, EVERYBODY),
    Row("/konto/nowy-adres/kod/", EVERYBODY, EVERYBODY),
    Row("/konto/nowy-adres/kod/jeszcze-raz/", post=EVERYBODY),
    Row("/konto/potwierdz/", EVEN_UNPROVEN, EVEN_UNPROVEN),
    Row("/konto/potwierdz/kod/", EVEN_UNPROVEN, EVEN_UNPROVEN),
    Row("/konto/potwierdz/kod/jeszcze-raz/", post=EVEN_UNPROVEN),
    Row("/konto/potwierdz/haslo/", EVEN_UNPROVEN, EVEN_UNPROVEN),
    Row("/konto/potwierdz/drugi-krok/", EVEN_UNPROVEN, EVEN_UNPROVEN),
    Row("/konto/potwierdz/klucz/", EVEN_UNPROVEN, EVEN_UNPROVEN),
    Row("/konto/dwa-kroki/", EVEN_UNPROVEN),
    Row("/konto/dwa-kroki/klucz/", EVEN_UNPROVEN, EVEN_UNPROVEN),
    Row("/konto/dwa-kroki/klucz/{passkey}/nazwij/", OWNER, OWNER, refusal=404),
    Row("/konto/dwa-kroki/klucz/{passkey}/usun/", OWNER, OWNER, refusal=404),
    Row("/konto/dwa-kroki/aplikacja/", EVEN_UNPROVEN, EVEN_UNPROVEN),
    Row("/konto/dwa-kroki/aplikacja/usun/", OWNER, OWNER, refusal=404),
    Row("/konto/dwa-kroki/kody/", OWNER, refusal=404),
    Row("/konto/dwa-kroki/kody/nowe/", EVERYBODY, EVERYBODY),
    Row("/konto/dwa-kroki/kody/pobierz/", OWNER, refusal=404),
]

# Coming in, going out. A stranger who asked for no code is told so: 410.
DOORS = [
    Door("/konto/zaloguj/", (200, 302), (302, 302), knows_unproven=True),
    Door("/konto/zaloguj/haslo/", (200, 422), (302, 302)),
    Door("/konto/zaloguj/klucz/", (302, 302), (302, 302)),
    Door("/konto/zaloguj/drugi-krok/", (302, 302), (302, 302)),
    Door("/konto/kod/", (410, 410), (302, 302)),
    Door("/konto/kod/jeszcze-raz/", (405, 302), (405, 302)),
    Door("/konto/zaloz/", (200, 302), (302, 302)),
    Door("/konto/zaloz/kod/", (410, 410), (410, 410)),
    Door("/konto/zaloz/kod/jeszcze-raz/", (405, 302), (405, 302)),
    Door("/konto/zaproszenie/{token}/", (200, 302), (200, 302)),
    Door("/konto/zaproszenie/{member_token}/", (200, 302), (200, 302)),
    Door("/konto/zaproszenie/nie-ma-takiego/", (410, 410), (410, 410)),
    Door("/konto/nieaktywne/", (200, 405), (200, 405)),
    Door("/konto/usuniete/", (302, 405), (302, 405)),
    Door("/konto/wyloguj/", (302, 302), (200, 302), knows_unproven=True),
]

PANEL = [
    Row("/panel/", OFFICE),
    # People
    Row("/panel/osoby/", SEES_PEOPLE),
    Row("/panel/osoby/?q=anna", SEES_PEOPLE),
    Row("/panel/osoby/dodaj/", ORGANISERS, ORGANISERS),
    Row("/panel/osoby/dodaj/mimo-to/", post=ORGANISERS),
    Row("/panel/osoby/podobne/", ORGANISERS),
    Row("/panel/osoby/usunieto/{erasure}/", DIRECTORS),
    Row("/panel/osoby/{person}/", SEES_PEOPLE),
    Row("/panel/osoby/{merged}/", SEES_PEOPLE),
    Row("/panel/osoby/{person}/popraw/", ORGANISERS, ORGANISERS),
    Row("/panel/osoby/{person}/dom/?q=anna", ORGANISERS),
    Row("/panel/osoby/{person}/dom/opusc/", ORGANISERS, ORGANISERS),
    Row("/panel/osoby/{person}/dom/{twin}/", post=ORGANISERS),
    Row("/panel/osoby/{person}/opiekun/?q=anna", ORGANISERS),
    Row("/panel/osoby/{person}/opiekun/{twin}/", ORGANISERS, ORGANISERS),
    Row("/panel/osoby/{person}/opiekun/{guardianship}/usun/", ORGANISERS, ORGANISERS),
    Row("/panel/osoby/{person}/zgoda/news/", ORGANISERS, ORGANISERS),
    Row("/panel/osoby/{person}/zgoda/{consent}/wycofaj/", ORGANISERS, ORGANISERS),
    Row("/panel/osoby/{person}/polacz/?q=anna", ORGANISERS),
    Row("/panel/osoby/{person}/polacz/{twin}/", ORGANISERS),
    Row("/panel/osoby/{person}/polacz/{twin}/potwierdz/", ORGANISERS, ORGANISERS),
    Row("/panel/osoby/{person}/rozne/{twin}/", post=ORGANISERS),
    Row("/panel/osoby/{person}/usun/", DIRECTORS, DIRECTORS),
    Row("/panel/osoby/{person}/wiadomosc/", ORGANISERS),
    Row("/panel/osoby/{person}/wiadomosc/sprawdz/", post=ORGANISERS),
    Row("/panel/osoby/{person}/wiadomosc/popraw/", post=ORGANISERS),
    Row("/panel/osoby/{person}/wiadomosc/wyslij/", post=ORGANISERS),
    # Calls, letters, messages
    Row("/panel/telefony/", ORGANISERS),
    Row("/panel/telefony/{letter}/list/", ORGANISERS),
    Row("/panel/telefony/{call}/zrobione/", post=ORGANISERS),
    Row("/panel/telefony/{call}/nie-udalo-sie/", post=ORGANISERS),
    Row("/panel/telefony/{call}/rezygnuj/", ORGANISERS, ORGANISERS),
    Row("/panel/wysylki/", SEES_PEOPLE),
    Row("/panel/wysylki/?stan=wszystkie", SEES_PEOPLE),
    Row("/panel/wysylki/{message}/", SEES_PEOPLE),
    Row("/panel/wysylki/{secret_message}/", SEES_PEOPLE),
    Row("/panel/wysylki/{message}/ponow/", post=ORGANISERS),
    Row("/panel/wysylki/kopia/{failed}/ponow/", post=ORGANISERS),
    Row("/panel/wysylki/kopia/{failed}/zalatwione/", post=ORGANISERS),
    # Organisations
    Row("/panel/organizacje/", SEES_ORGANISATIONS),
    Row("/panel/organizacje/?q=klub&stan=new", SEES_ORGANISATIONS),
    Row("/panel/organizacje/dodaj/", ORGANISERS, ORGANISERS),
    Row("/panel/organizacje/{organisation}/", SEES_ORGANISATIONS),
    Row("/panel/organizacje/{organisation}/popraw/", ORGANISERS, ORGANISERS),
    Row("/panel/organizacje/{organisation}/potwierdz/", post=VERIFIES),
    Row("/panel/organizacje/{organisation}/odmow/", VERIFIES, VERIFIES),
    Row("/panel/organizacje/{verified}/zamknij/", VERIFIES, VERIFIES),
    Row("/panel/organizacje/{closed}/otworz/", post=VERIFIES),
    Row("/panel/organizacje/{organisation}/zapros/", ORGANISERS, ORGANISERS),
    Row(
        "/panel/organizacje/{organisation}/zaproszenia/{member_invitation}/cofnij/",
        post=ORGANISERS,
    ),
    Row("/panel/organizacje/{organisation}/osoby/{member}/", ORGANISERS, ORGANISERS),
    Row("/panel/organizacje/{organisation}/osoby/{member}/usun/", ORGANISERS, ORGANISERS),
    # Events: activities, their words and dates
    Row("/panel/wydarzenia/", SEES_EVENTS),
    Row("/panel/wydarzenia/?widok=dzien", SEES_EVENTS),
    Row("/panel/wydarzenia/miesiac/2030-1/", SEES_EVENTS),
    Row("/panel/wydarzenia/dodaj/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/", SEES_EVENTS),
    Row("/panel/wydarzenia/zajecia/?q=zajecia&stan=published", SEES_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/", SEES_EVENTS),
    Row("/panel/wydarzenia/zajecia/{proposal}/", SEES_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/zasady/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{office_draft}/opublikuj/", post=EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{quiet}/zdejmij/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{office_draft}/usun/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/odwolaj/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{course}/miejsca/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{proposal}/zatwierdz/", post=REVIEWS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{proposal}/pytania/", REVIEWS_EVENTS, REVIEWS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{proposal}/odrzuc/", REVIEWS_EVENTS, REVIEWS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/tekst/pl/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/tekst/uk/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/tekst/pl/opublikuj/", post=EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/tekst/pl/zdjecie/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/tekst/pl/zdjecie/usun/", post=EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/podglad/pl/", SEES_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/termin/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/seria/", EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/seria/sprawdz/", post=EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/seria/popraw/", post=EDITS_EVENTS),
    Row("/panel/wydarzenia/zajecia/{activity}/seria/utworz/", post=EDITS_EVENTS),
    Row("/panel/wydarzenia/data/{date}/", SEES_EVENTS),
    Row("/panel/wydarzenia/data/{draft_date}/", SEES_EVENTS),
    Row("/panel/wydarzenia/data/{date}/popraw/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/data/{date}/miejsca/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/data/{date}/przenies/", EDITS_EVENTS),
    Row("/panel/wydarzenia/data/{date}/przenies/sprawdz/", post=EDITS_EVENTS),
    Row("/panel/wydarzenia/data/{date}/przenies/popraw/", post=EDITS_EVENTS),
    Row("/panel/wydarzenia/data/{date}/przenies/zrob/", post=EDITS_EVENTS),
    Row("/panel/wydarzenia/data/{date}/pomin/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/data/{date}/odwolaj/", EDITS_EVENTS, EDITS_EVENTS),
    Row("/panel/wydarzenia/data/{draft_date}/usun/", EDITS_EVENTS, EDITS_EVENTS),
    # Events: who takes part
    Row("/panel/wydarzenia/do-zrobienia/", RUNS_EVENTS),
    Row("/panel/wydarzenia/termin/{date}/uczestnicy/", SEES_PARTICIPANTS),
    Row("/panel/wydarzenia/termin/{date}/uczestnicy/lista.pdf", SEES_PARTICIPANTS),
    Row("/panel/wydarzenia/termin/{date}/uczestnicy/plik.xlsx", SEES_PARTICIPANTS),
    Row("/panel/wydarzenia/termin/{date}/uczestnicy/plik.csv", SEES_PARTICIPANTS),
    Row("/panel/wydarzenia/termin/{date}/rezerwowa/", SEES_PARTICIPANTS),
    Row("/panel/wydarzenia/zapisz/", RUNS_EVENTS),
    Row("/panel/wydarzenia/zapisz/{person}/", RUNS_EVENTS),
    Row("/panel/wydarzenia/termin/{date}/zapisz/", RUNS_EVENTS, RUNS_EVENTS),
    Row("/panel/wydarzenia/termin/{date}/zapisz/znajdz/", post=RUNS_EVENTS),
    Row("/panel/wydarzenia/termin/{date}/zapisz/{person}/", RUNS_EVENTS, RUNS_EVENTS),
    Row("/panel/wydarzenia/termin/{today}/obecnosc/", RUNS_EVENTS),
    Row("/panel/wydarzenia/termin/{today}/obecnosc/koniec/", RUNS_EVENTS, RUNS_EVENTS),
    Row("/panel/wydarzenia/termin/{today}/obecnosc/bez-zapisu/", RUNS_EVENTS, RUNS_EVENTS),
    Row(
        "/panel/wydarzenia/termin/{today}/obecnosc/bez-zapisu/jeszcze-jedno-miejsce/",
        post=RUNS_EVENTS,
    ),
    Row("/panel/wydarzenia/termin/{today}/obecnosc/{came}/cofnij/", post=RUNS_EVENTS),
    Row("/panel/wydarzenia/termin/{today}/obecnosc/{expected}/obecny/", post=RUNS_EVENTS),
    Row("/panel/wydarzenia/kod/", RUNS_EVENTS),
    Row("/panel/wydarzenia/kod/?kod=nic", RUNS_EVENTS),
    Row("/panel/wydarzenia/kod/{today_code}/", RUNS_EVENTS),
    Row("/panel/wydarzenia/kod/{today_code}/{today}/", post=RUNS_EVENTS),
    Row("/panel/wydarzenia/termin/{date}/dowoz/", RUNS_EVENTS),
    Row("/panel/wydarzenia/termin/{date}/dowoz/lista.pdf", RUNS_EVENTS),
    Row("/panel/wydarzenia/dowoz/{transport}/", RUNS_EVENTS, RUNS_EVENTS),
    Row("/panel/wydarzenia/dowoz/{transport}/odmow/", RUNS_EVENTS, RUNS_EVENTS),
    Row("/panel/wydarzenia/zgloszenie/{booking}/", SEES_PARTICIPANTS),
    Row("/panel/wydarzenia/zgloszenie/{booking}/gotowe/", RUNS_EVENTS),
    Row("/panel/wydarzenia/zgloszenie/{booking}/kartka.pdf", RUNS_EVENTS),
    Row("/panel/wydarzenia/zgloszenie/{booking}/anuluj/", RUNS_EVENTS, RUNS_EVENTS),
    Row("/panel/wydarzenia/zgloszenie/{booking}/przenies/", RUNS_EVENTS, RUNS_EVENTS),
    Row("/panel/wydarzenia/zgloszenie/{booking}/link/", post=RUNS_EVENTS),
    Row("/panel/wydarzenia/zgloszenie/{pending}/zgoda/", post=RUNS_EVENTS),
    Row("/panel/wydarzenia/zgloszenie/{pending}/odmowa/", RUNS_EVENTS, RUNS_EVENTS),
    Row("/panel/wydarzenia/zgloszenie/{unverified}/potwierdz/", post=RUNS_EVENTS),
    Row("/panel/wydarzenia/zgloszenie/{booking}/dowoz/", RUNS_EVENTS, RUNS_EVENTS),
    Row("/panel/wydarzenia/zgloszenie/{booking}/potrzeby/", SEES_NEEDS, SEES_NEEDS),
    Row("/panel/wydarzenia/kolejka/{entry}/zaproponuj/", post=RUNS_EVENTS),
    Row("/panel/wydarzenia/kolejka/{entry}/opusc/", RUNS_EVENTS, RUNS_EVENTS),
    Row("/panel/wydarzenia/propozycja/{offer}/przyjmij/", post=RUNS_EVENTS),
    Row("/panel/wydarzenia/propozycja/{offer}/odrzuc/", RUNS_EVENTS, RUNS_EVENTS),
    # The office
    Row("/panel/zespol/", OVERSEES),
    Row("/panel/zespol/zapros/", DIRECTORS, DIRECTORS),
    Row("/panel/zespol/zaproszenia/{staff_invitation}/cofnij/", post=DIRECTORS),
    Row("/panel/zespol/zaproszenia/{staff_invitation}/ponow/", post=DIRECTORS),
    Row("/panel/zespol/{login}/", DIRECTORS),
    Row("/panel/zespol/{login}/drugi-krok/usun/", DIRECTORS, DIRECTORS),
    Row("/panel/zespol/{login}/osl/daj/", DIRECTORS, DIRECTORS),
    Row("/panel/zespol/{login}/editor/zabierz/", DIRECTORS, DIRECTORS),
    Row("/panel/dziennik/", OVERSEES),
    Row("/panel/dziennik/?osoba={person}", OVERSEES),
    Row("/panel/dziennik/plik.csv", OVERSEES),
    Row("/panel/zadania-w-tle/", OVERSEES),
    Row("/panel/zadania-w-tle/{job}/ponow/", post=DIRECTORS),
    Row("/panel/ustawienia/", DIRECTORS, DIRECTORS),
]  # fmt: skip

ROWS = [*ACCOUNT, *OWN_LOGIN, *PANEL]
ADDRESSES = [*(row.address for row in ROWS), *(door.address for door in DOORS)]

# The same, in the other languages: one of each kind is enough.
TRANSLATED = [
    Row("/en/konto/", EVERYBODY),
    Row("/uk/konto/dwa-kroki/", EVEN_UNPROVEN),
    Row("/en/panel/osoby/{person}/", SEES_PEOPLE),
    Row("/uk/panel/zespol/", OVERSEES),
    Row("/en/konto/zapisy/", EVERYBODY),
    Row("/en/panel/wydarzenia/zajecia/{activity}/", SEES_EVENTS),
    Row("/uk/panel/wydarzenia/termin/{date}/uczestnicy/", SEES_PARTICIPANTS),
]
