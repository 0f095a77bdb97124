"""Every address of volunteering and neighbourly help under ``/konto/`` and ``/panel/``, in the
manner of ``our_addresses``; and those behind the link of a request or an invitation. ``{names}``
are those of ``help_canaries``.
"""

from datetime import timedelta

from django.utils import timezone

from tests.architecture.event_addresses import Page
from tests.architecture.roles import (
    DIRECTORS,
    EVERYBODY,
    NONE,
    ORGANISERS,
    OWNER,
    SEES_ORGANISATIONS,
    SEES_PEOPLE,
    VERIFIES,
    Roles,
    Row,
)

# Whoever sees contact data before both sides agree.
SEES_CONTACTS: Roles = frozenset({"osl", "superuser"})
_OWN_OFFERS = "/konto/organizacje/{verified}/wolontariat/"
_OWN = _OWN_OFFERS + "{own_opportunity}/"
_TASK = "/konto/zadania/{help_task}/"

# What somebody who is logged in begins elsewhere.
_WITH_LOGIN = [
    Row("/wolontariat/dolacz/", EVERYBODY),
    Row("/wolontariat/dolacz/umiejetnosci/", EVERYBODY, EVERYBODY),
    Row("/wolontariat/dolacz/sprawdz/", EVERYBODY, EVERYBODY),
    Row("/wolontariat/dolacz/gotowe/", EVERYBODY),
    # Everybody may look; who is no volunteer is led to where one becomes one.
    Row("/wolontariat/oferta/{opportunity_slug}/zglos/", EVERYBODY, OWNER),
    Row("/wolontariat/oferta/{opportunity_slug}/zglos/cofnij/", post=OWNER, refusal=404),
    Row("/wolontariat/oferta/{opportunity_slug}/zglos/dane/", post=OWNER, refusal=404),
    Row("/wolontariat/dyzur/{shift}/", EVERYBODY, OWNER),
    Row("/wolontariat/dyzur/{shift}/oddaj/", OWNER, OWNER, refusal=404),
    Row("/wolontariat/dyzur/{shift}/oddany/", OWNER, refusal=404),
    Row("/wolontariat/zgloszenie-zagrozenia/{help_task}/", OWNER, OWNER, refusal=404),
]

HELP_ACCOUNT = [
    *_WITH_LOGIN,
    # My profile
    Row("/konto/wolontariat/", EVERYBODY),
    *(
        Row(f"/konto/wolontariat/{rest}", get, post)
        for rest, get, post in (
            ("zmien/umiejetnosci/", EVERYBODY, EVERYBODY),
            ("przerwa/", EVERYBODY, EVERYBODY),
            ("wracam/", NONE, EVERYBODY),
            ("nieobecnosc/", EVERYBODY, EVERYBODY),
            ("odejdz/", EVERYBODY, EVERYBODY),
        )
    ),
    # Who is no volunteer is led to where one becomes one.
    Row("/konto/wolontariat/nieobecnosc/{absence}/usun/", post=EVERYBODY),
    # My tasks
    Row("/konto/zadania/", EVERYBODY),
    Row("/konto/godziny/", EVERYBODY),
    *(
        Row(address, get, post, refusal=404)
        for address, get, post in (
            (_TASK, OWNER, NONE),
            (_TASK + "termin.ics", OWNER, NONE),
            (_TASK + "kontakt/", OWNER, OWNER),
            (_TASK + "kontakt/ukryj/", OWNER, OWNER),
            (_TASK + "oddaj/", OWNER, OWNER),
            ("/konto/zadania/{past_task}/godziny/", OWNER, OWNER),
        )
    ),
    # What my organisation offers
    Row("/konto/organizacje/{organisation}/wolontariat/", OWNER, refusal=404),
    *(
        Row(address, get, post, refusal=404)
        for address, get, post in (
            (_OWN_OFFERS, OWNER, NONE),
            (_OWN_OFFERS + "dodaj/", OWNER, OWNER),
            (_OWN, OWNER, NONE),
            (_OWN_OFFERS + "{own_opportunity_draft}/zmien/", OWNER, OWNER),
            (_OWN_OFFERS + "{own_opportunity_draft}/wyslij/", NONE, OWNER),
            (_OWN_OFFERS + "{opportunity_proposed}/wycofaj/", NONE, OWNER),
            (_OWN + "zgloszenia/", OWNER, NONE),
            (_OWN + "zgloszenia/{own_application}/przyjmij/", NONE, OWNER),
            (_OWN + "zgloszenia/{own_application}/odmow/", NONE, OWNER),
            (_OWN + "dyzury/dodaj/", OWNER, OWNER),
            (_OWN + "dyzury/{own_shift}/", OWNER, NONE),
            (_OWN + "dyzury/{own_shift}/miejsca/", OWNER, OWNER),
            (_OWN + "dyzury/{own_shift}/odwolaj/", OWNER, OWNER),
            (_OWN + "dyzury/{own_past_shift}/{own_past_shift_task}/jest/", NONE, OWNER),
            (_OWN + "dyzury/{own_past_shift}/{own_past_shift_task}/nie-ma/", NONE, OWNER),
        )
    ),
]

HELP_PANEL = [
    # Requests for help
    Row("/panel/pomoc/", SEES_PEOPLE),
    Row("/panel/pomoc/?stan=searching", SEES_PEOPLE),
    Row("/panel/pomoc/plik.csv", SEES_PEOPLE),
    Row("/panel/pomoc/plik.xlsx", SEES_PEOPLE),
    Row("/panel/pomoc/dobierz/", SEES_PEOPLE),
    Row("/panel/pomoc/dobierz/licz/", post=ORGANISERS),
    Row("/panel/pomoc/dobierz/{match_run}/", SEES_PEOPLE),
    Row("/panel/pomoc/dobierz/{match_run}/potwierdz/", post=ORGANISERS),
    Row("/panel/pomoc/propozycje/{match_proposal}/potwierdz/", post=ORGANISERS),
    Row("/panel/pomoc/propozycje/{match_proposal}/odrzuc/", post=ORGANISERS),
    Row("/panel/pomoc/liczby/", SEES_PEOPLE),
    Row("/panel/pomoc/liczby/plik.csv", SEES_PEOPLE),
    Row("/panel/pomoc/liczby/plik.xlsx", SEES_PEOPLE),
    Row("/panel/pomoc/telefon/", ORGANISERS, ORGANISERS),
    Row("/panel/pomoc/telefon/szukaj/", post=ORGANISERS),
    Row("/panel/pomoc/telefon/osoba/{requester}/", ORGANISERS, ORGANISERS),
    # Also for the clerk who wrote it down.
    Row("/panel/pomoc/telefon/{help_new}/gotowe/", SEES_CONTACTS),
    Row("/panel/pomoc/telefon/{help_new}/kartka.pdf", SEES_CONTACTS),
    Row("/panel/pomoc/zaproszenie/{invitation}/tak/", post=ORGANISERS),
    Row("/panel/pomoc/zaproszenie/{invitation}/nie/", post=ORGANISERS),
    Row("/panel/pomoc/zadanie/{help_task}/zgoda/volunteer/", ORGANISERS, ORGANISERS),
    Row("/panel/pomoc/zadanie/{help_task}/zgoda/requester/", ORGANISERS, ORGANISERS),
    Row("/panel/pomoc/zadanie/{past_task}/zrobione/", post=ORGANISERS),
    Row("/panel/pomoc/zadanie/{past_task}/nie-bylo/", post=ORGANISERS),
    Row("/panel/pomoc/zadanie/{help_task}/oddaj/", ORGANISERS, ORGANISERS),
    Row("/panel/pomoc/{help_new}/", SEES_PEOPLE),
    Row("/panel/pomoc/{help_searching}/", SEES_PEOPLE),
    Row("/panel/pomoc/{help_arranged}/", SEES_PEOPLE),
    Row("/panel/pomoc/{help_new}/ustal/", ORGANISERS, ORGANISERS),
    Row("/panel/pomoc/{help_triaged}/szukaj/", post=ORGANISERS),
    Row("/panel/pomoc/{help_searching}/fala/", post=ORGANISERS),
    Row("/panel/pomoc/{help_unmet}/przejmij/", post=ORGANISERS),
    Row("/panel/pomoc/{help_escalated}/zamknij/", ORGANISERS, ORGANISERS),
    Row("/panel/pomoc/{help_searching}/odwolaj/", ORGANISERS, ORGANISERS),
    Row("/panel/pomoc/{help_searching}/zapros/{volunteer}/", ORGANISERS, ORGANISERS),
    Row("/panel/pomoc/{help_searching}/dlaczego-nie/", SEES_PEOPLE),
    Row("/panel/pomoc/{help_pending}/nie-wybrano/", SEES_PEOPLE),
    # Volunteers
    Row("/panel/wolontariusze/", SEES_PEOPLE),
    Row("/panel/wolontariusze/?stan=applied&q=nowina", SEES_PEOPLE),
    Row("/panel/wolontariusze/plik.csv", SEES_PEOPLE),
    Row("/panel/wolontariusze/plik.xlsx", SEES_PEOPLE),
    Row("/panel/wolontariusze/dodaj/", ORGANISERS),
    Row("/panel/wolontariusze/dodaj/{requester}/", ORGANISERS, ORGANISERS),
    Row("/panel/wolontariusze/okolice/", SEES_PEOPLE),
    Row("/panel/wolontariusze/okolice/dodaj/", ORGANISERS, ORGANISERS),
    Row("/panel/wolontariusze/okolice/{district}/", ORGANISERS, ORGANISERS),
    Row("/panel/wolontariusze/okolice/{spare_district}/usun/", ORGANISERS, ORGANISERS),
    Row("/panel/wolontariusze/godziny/", SEES_PEOPLE),
    Row("/panel/wolontariusze/godziny/plik.csv", SEES_PEOPLE),
    Row("/panel/wolontariusze/godziny/plik.xlsx", SEES_PEOPLE),
    Row("/panel/wolontariusze/godziny/{hours}/potwierdz/", post=ORGANISERS),
    Row("/panel/wolontariusze/godziny/{hours}/wyjasnij/", post=ORGANISERS),
    Row("/panel/wolontariusze/{my_profile}/godziny/potwierdz/", post=ORGANISERS),
    Row("/panel/wolontariusze/{volunteer}/", SEES_PEOPLE),
    Row("/panel/wolontariusze/{volunteer}/popraw/", ORGANISERS, ORGANISERS),
    Row("/panel/wolontariusze/{applied}/przyjmij/", post=VERIFIES),
    Row("/panel/wolontariusze/{volunteer}/przerwa/", ORGANISERS, ORGANISERS),
    Row("/panel/wolontariusze/{paused}/przerwa/koniec/", post=ORGANISERS),
    Row("/panel/wolontariusze/{volunteer}/zakoncz/", ORGANISERS, ORGANISERS),
    Row("/panel/wolontariusze/{volunteer}/porozumienie/", ORGANISERS, ORGANISERS),
    Row("/panel/wolontariusze/porozumienie/{agreement}/zakoncz/", ORGANISERS, ORGANISERS),
    Row("/panel/wolontariusze/{volunteer}/ubezpieczenie/", ORGANISERS, ORGANISERS),
    Row("/panel/wolontariusze/ubezpieczenie/{cover}/", ORGANISERS, ORGANISERS),
    Row("/panel/wolontariusze/{volunteer}/weryfikacja/", VERIFIES, VERIFIES),
    Row("/panel/wolontariusze/{volunteer}/weryfikacja/popros/", post=VERIFIES),
    Row("/panel/wolontariusze/{volunteer}/weryfikacja/odmow/", VERIFIES, VERIFIES),
    Row("/panel/wolontariusze/{volunteer}/opiekun/?q=anna", ORGANISERS),
    Row("/panel/wolontariusze/{volunteer}/opiekun/{requester}/", ORGANISERS, ORGANISERS),
    Row("/panel/wolontariusze/zgoda-opiekuna/{guardian_consent}/", ORGANISERS, ORGANISERS),
    # Opportunities
    Row("/panel/oferty/", SEES_ORGANISATIONS),
    Row("/panel/oferty/?stan=submitted", SEES_ORGANISATIONS),
    Row("/panel/oferty/dodaj/", ORGANISERS, ORGANISERS),
    Row("/panel/oferty/{opportunity}/", SEES_ORGANISATIONS),
    Row("/panel/oferty/{opportunity}/popraw/", ORGANISERS, ORGANISERS),
    Row("/panel/oferty/{opportunity_proposed}/opublikuj/", post=ORGANISERS),
    Row("/panel/oferty/{opportunity_proposed}/odeslij/", ORGANISERS, ORGANISERS),
    Row("/panel/oferty/{opportunity}/zamknij/", ORGANISERS, ORGANISERS),
    Row("/panel/oferty/{opportunity}/zgloszenia/", SEES_PEOPLE),
    Row("/panel/oferty/zgloszenie/{application}/przyjmij/", post=ORGANISERS),
    Row("/panel/oferty/zgloszenie/{application}/odmow/", post=ORGANISERS),
    Row("/panel/oferty/{opportunity}/dyzur/", ORGANISERS, ORGANISERS),
    Row("/panel/oferty/dyzur/{shift}/", SEES_ORGANISATIONS),
    Row("/panel/oferty/dyzur/{shift}/lista/", SEES_PEOPLE),
    Row("/panel/oferty/dyzur/{shift}/miejsca/", ORGANISERS, ORGANISERS),
    Row("/panel/oferty/dyzur/{shift}/odwolaj/", ORGANISERS, ORGANISERS),
    Row("/panel/oferty/dyzur/{shift}/wpisz/?q=wera", ORGANISERS),
    Row("/panel/oferty/dyzur/{shift}/wpisz/{volunteer}/", post=ORGANISERS),
    Row("/panel/oferty/obecnosc/{shift_task}/oddaj/", post=ORGANISERS),
    Row("/panel/oferty/obecnosc/{past_shift_task}/jest/", post=ORGANISERS),
    Row("/panel/oferty/obecnosc/{past_shift_task}/nie-ma/", post=ORGANISERS),
    # Reports of danger: two people read them, here the director and the superuser.
    Row("/panel/sygnaly/", DIRECTORS, refusal=404),
    Row("/panel/sygnaly/kto-czyta/", DIRECTORS, DIRECTORS),
    Row("/panel/sygnaly/rozdzieleni/", SEES_CONTACTS),
    Row("/panel/sygnaly/rozdzieleni/{block}/usun/", SEES_CONTACTS, SEES_CONTACTS),
    Row("/panel/sygnaly/{report}/", DIRECTORS, refusal=404),
    Row("/panel/sygnaly/{report}/zajmuje-sie/", post=DIRECTORS, refusal=404),
    Row("/panel/sygnaly/{report}/rozdziel/", post=DIRECTORS, refusal=404),
    Row("/panel/sygnaly/{report}/zamknij/", DIRECTORS, DIRECTORS, refusal=404),
]

_REQUEST = "/pomoc-sasiedzka/prosba/{help_code}/{help_link}/"
_OVER = "/pomoc-sasiedzka/prosba/{over_code}/{over_link}/"
_INVITATION = "/wolontariat/zaproszenie/{invitation}/{invitation_link}/"
_ACCEPTED = "/wolontariat/zaproszenie/{accepted}/{accepted_link}/"
_PAST = "/wolontariat/zaproszenie/{past_accepted}/{past_link}/"

# For the holder of the link of a request, or of an invitation.
BEHIND_THE_LINK = [
    Page(_REQUEST),
    Page("/en" + _REQUEST),
    Page(_REQUEST + "odwolaj/", 200, 302),
    Page(_REQUEST + "kontakt/{help_task}/", 200, 302, {"phone": "on"}),
    Page(_REQUEST + "kontakt/{help_task}/ukryj/", 405, 302, changes=False),
    Page(_REQUEST + "napisz/{help_task}/", 405, 409),
    Page(_OVER + "zrobione/{past_task}/", 405, 302),
    Page(_OVER + "nikt/{past_task}/", 200, 302),
    Page(
        "/wolontariat/zgloszenie-zagrozenia/{help_code}/{help_link}/", 200, 302,
        {"words": "Krzyczał na mnie"},
    ),
    Page(_INVITATION),
    Page("/uk" + _INVITATION),
    Page(_INVITATION + "tak/", 302, 302),
    Page(_INVITATION + "nie-tym-razem/", 302, 302),
    Page(_INVITATION + "dlaczego/", 302, 302, {"reason": "Wyjeżdżam"}, changes=False),
    Page(_ACCEPTED),
    Page(_ACCEPTED + "termin.ics"),
    Page(_ACCEPTED + "kontakt/", 302, 302, {"email": "on"}),
    Page(_ACCEPTED + "kontakt/ukryj/", 302, 302),
    Page(_ACCEPTED + "zgloszenie-zagrozenia/", 200, 302, {"words": "Krzyczał na mnie"}),
    Page(_ACCEPTED + "napisz/", 302, 409),
    Page(_ACCEPTED + "oddaj/", 200, 302),
    Page(_PAST + "godziny/", 200, 302, {"hours": "1", "minutes": "0"}),
]  # fmt: skip

# For whoever comes.
FOR_GUESTS = [
    Page("/pomoc-sasiedzka/popros/", 200, 302, {"who": "me"}, changes=False),
    Page("/pomoc-sasiedzka/popros/komu/", 302, 302, changes=False),
    Page("/pomoc-sasiedzka/popros/sprawdz/", 302, 302, changes=False),
    Page("/pomoc-sasiedzka/popros/gotowe/", 302, 405),
]

PAGES = [*BEHIND_THE_LINK, *FOR_GUESTS]
ADDRESSES = [page.address for page in PAGES]
# Names in these addresses that are no ids.
WORDS = {
    "opportunity_slug", "help_code", "help_link", "over_code", "over_link", "invitation_link",
    "accepted_link", "past_link",
}  # fmt: skip

# What the forms of these addresses are filled with.
_TODAY, _SOON, _LATER = (
    (timezone.localdate() + timedelta(days=days)).isoformat() for days in (0, 20, 400)
)
_SAID = {
    "skills": "driving", "languages": "pl", "slots": "0-rano", "district": "{district}",
    "radius_km": "cala", "transport": "car", "weekly_hours": "3", "age": "dorosla",
    "with_children": "nie", "about": "",
}  # fmt: skip
_DISTRICT = {"name": "Nowa okolica", "latitude": "52,09", "longitude": "17,01"}
_OFFER = {
    "title": "Nowa oferta", "lead": "Nowa zapowiedź", "description": "Nowy opis", "min_age": "18",
    "chooses_volunteers": "on",
}  # fmt: skip
_SHIFT = {"day": _SOON, "starts": "6:00", "ends": "7:00", "places": "4", "note": ""}
_COVER = {"kind": "nnw", "starts_on": _TODAY, "ends_on": _LATER, "policy": "1"}
_PANEL = "/panel/wolontariusze/"
HELP_FORMS: dict[str, dict[str, str]] = {
    "/konto/wolontariat/zmien/umiejetnosci/": _SAID,
    "/konto/wolontariat/przerwa/": {"ends": "otwarta"},
    "/konto/wolontariat/nieobecnosc/": {"first_on": _SOON, "last_on": _SOON},
    "/konto/zadania/{past_task}/godziny/": {"hours": "1", "minutes": "0"},
    "/konto/zadania/{help_task}/kontakt/": {"email": "on"},
    "/wolontariat/oferta/{opportunity_slug}/zglos/dane/": {"shows_contact": "on"},
    "/wolontariat/zgloszenie-zagrozenia/{help_task}/": {"words": "Coś się stało"},
    _OWN_OFFERS + "dodaj/": _OFFER,
    _OWN_OFFERS + "{own_opportunity_draft}/zmien/": _OFFER,
    _OWN + "dyzury/dodaj/": _SHIFT,
    "/panel/oferty/dodaj/": _OFFER,
    "/panel/oferty/{opportunity}/popraw/": _OFFER,
    "/panel/oferty/{opportunity}/dyzur/": _SHIFT,
    "/panel/pomoc/telefon/": {
        "name": "Nowa Osoba", "phone": "601 900 907", "kind": "company", "day": _SOON,
        "hours": "10-12", "district": "{district}", "details": "",
    },
    "/panel/pomoc/telefon/osoba/{requester}/": {"kind": "company", "day": _SOON},
    "/panel/pomoc/zadanie/{help_task}/zgoda/volunteer/": {"shows": "email", "agreed": "on"},
    "/panel/pomoc/zadanie/{help_task}/zgoda/requester/": {"shows": "phone", "agreed": "on"},
    "/panel/pomoc/{help_new}/ustal/": {
        "priority": "2", "day": _SOON, "starts": "10:00", "ends": "11:00", "people_needed": "1",
        "min_age": "18", "languages": "pl",
    },
    "/panel/pomoc/{help_escalated}/zamknij/": {"how": "referred", "reason": "Opieka"},
    "/panel/sygnaly/kto-czyta/": {"first": "{colleague}", "second": "{login}"},
    "/panel/sygnaly/{report}/zamknij/": {"outcome": "Rozmowa z obiema osobami"},
    _PANEL + "dodaj/{requester}/": _SAID,
    _PANEL + "{volunteer}/popraw/": _SAID,
    _PANEL + "okolice/dodaj/": _DISTRICT,
    _PANEL + "okolice/{district}/": _DISTRICT,
    _PANEL + "{my_profile}/godziny/potwierdz/": {"entry": "{hours}"},
    _PANEL + "{volunteer}/przerwa/": {"until": ""},
    _PANEL + "{volunteer}/porozumienie/": {
        "with_whom": "biuro", "signed_on": _TODAY, "starts_on": _TODAY, "ends_on": "",
        "is_written": "on",
    },
    _PANEL + "porozumienie/{agreement}/zakoncz/": {"last_on": _TODAY},
    _PANEL + "{volunteer}/ubezpieczenie/": _COVER,
    _PANEL + "ubezpieczenie/{cover}/": _COVER,
    _PANEL + "{volunteer}/weryfikacja/": {
        "checked_on": _TODAY, "recheck_on": _LATER, "has_residence_statement": "on",
    },
    _PANEL + "{volunteer}/opiekun/{requester}/": {"given_on": _TODAY, "ends_on": ""},
    _PANEL + "zgoda-opiekuna/{guardian_consent}/": {"given_on": _TODAY, "ends_on": ""},
}  # fmt: skip
# Steps between two others; and what is done already, or is refused in words to this very person.
HELP_CHANGES_NOTHING = {
    "/konto/wolontariat/odejdz/",
    "/konto/wolontariat/wracam/",
    "/wolontariat/dolacz/umiejetnosci/",
    "/wolontariat/dolacz/sprawdz/",
    "/wolontariat/dyzur/{shift}/",
    "/wolontariat/oferta/{opportunity_slug}/zglos/",
    "/wolontariat/oferta/{opportunity_slug}/zglos/cofnij/",
    "/panel/pomoc/telefon/szukaj/",
}
# Pages of one question, with first names alone; and drawn letters.
HELP_WORDLESS = {
    _OWN + "dyzury/{own_shift}/miejsca/",
    "/panel/oferty/dyzur/{shift}/miejsca/",
    "/panel/pomoc/telefon/{help_new}/kartka.pdf",
    "/panel/sygnaly/rozdzieleni/{block}/usun/",
    "/panel/sygnaly/{report}/zamknij/",
    "/wolontariat/zgloszenie-zagrozenia/{help_task}/",
}
