"""Every address of ``/wydarzenia/`` that is not the same for everybody: forms of guests, what is
behind the link of a booking, private calendars. ``{names}`` are those of ``event_canaries``.
"""

from dataclasses import dataclass, field

_FORM = "/wydarzenia/zapis/{form}/"
_SENT = "/wydarzenia/zapis/{sent}/"
_BOOKING = "/wydarzenia/zgloszenie/{code}/{link}/"


@dataclass(frozen=True, slots=True)
class Page:
    """
    Attributes:
        get: status of a look.
        post: status of ``form``.
        changes: False where the form only leads on.
    """

    address: str
    get: int = 200
    post: int = 405
    form: dict[str, str] = field(default_factory=dict)
    changes: bool = True


# For whoever comes.
FOR_GUESTS = [
    Page("/wydarzenia/{slug}/zapisz/", 200, 302, {"session": "{date}"}),
    Page("/en/wydarzenia/{slug}/zapisz/", 200, 302, {"session": "{date}"}),
    Page("/wydarzenia/link/", 200, 302, {"wanted": "{code}"}),
]

# For the browser that began the form.
OF_THE_BROWSER = [
    Page(_FORM + "termin/", 200, 302, {"session": "{date}"}),
    Page(_FORM + "osoby/", 200, 302, {"who": "me_and_others", "with_me": "2"}),
    Page(_FORM + "osoba-1/", 200, 302, {"first_name": "Inna", "last_name": "Osoba"}),
    Page(_FORM + "osoba-2/", 302, 302, changes=False),
    Page(_FORM + "kontakt/", 200, 302, {"channel": "phone", "call_phone": "601 900 902"}),
    Page(_FORM + "organizator/", 302, 302, changes=False),
    Page(_FORM + "potrzeby/", 200, 302, {"note": "Inna uwaga"}),
    Page(
        _FORM + "dowoz/", 200, 302,
        {"wants": "yes", "people": "1", "street": "Polna 1", "city": "Dom"},
    ),
    Page(_FORM + "sprawdz/", 200, 302),
    Page(_FORM + "czekaj/", 302, 302, {"who": "me"}),
    Page(_FORM + "dluzej/", 302, 302),
    Page(_FORM + "trzymaj/", 302, 302, changes=False),
    Page(_FORM + "pusc/", 200, 302),
    Page(_FORM + "gotowe/", 302, 405),
    Page(_FORM + "odwolaj/", 302, 302, changes=False),
    Page(_FORM + "kartka.pdf", 302, 405),
    Page(_FORM + "termin.ics", 302, 405),
    Page(_FORM + "nie-ma-takiego/", 404, 404),
    Page(_SENT + "osoby/", 302, 302, {"who": "me"}, changes=False),
    Page(_SENT + "sprawdz/", 302, 302, changes=False),
    Page(_SENT + "gotowe/"),
    Page("/uk" + _SENT + "gotowe/"),
    Page(_SENT + "kartka.pdf"),
    Page(_SENT + "termin.ics"),
    Page(_SENT + "odwolaj/", 200, 302),
]  # fmt: skip

# For the holder of the link.
BEHIND_THE_LINK = [
    Page(_BOOKING),
    Page("/en" + _BOOKING),
    Page(_BOOKING + "kartka.pdf"),
    Page(_BOOKING + "termin.ics"),
    Page("/wydarzenia/zgloszenie/{unverified_code}/{unverified_link}/potwierdz/", 302, 302),
    Page("/wydarzenia/zgloszenie/{offered_code}/{offered_link}/przyjmij/", 302, 302),
    Page("/wydarzenia/zgloszenie/{offered_code}/{offered_link}/odrzuc/", 200, 302),
    Page("/wydarzenia/zgloszenie/{waiting_code}/{waiting_link}/opusc/", 200, 302),
    Page(_BOOKING + "anuluj/", 200, 302),
    Page(_BOOKING + "anuluj/{participation}/", 200, 302),
    Page(_BOOKING + "zmien/potrzeby/", 200, 302, {"needs_1": "lift", "agrees": "on"}),
    Page(_BOOKING + "zmien/dowoz/", 200, 302, {"wants": "no"}),
    Page(_BOOKING + "zmien/uwagi/", 200, 302, {"note": "Inna uwaga"}),
    Page(
        "/wydarzenia/zgloszenie/{own_code}/{own_link}/zmien/organizator/", 200, 302,
        {"shows_contact": "on"},
    ),
    Page(_BOOKING + "zmien/termin/", 200, 302, {"session": "{next_date}"}),
]  # fmt: skip

# For whoever has the address.
PRIVATE = [Page("/wydarzenia/kalendarz/{feed}.ics")]

PAGES = [*FOR_GUESTS, *OF_THE_BROWSER, *BEHIND_THE_LINK, *PRIVATE]
ADDRESSES = [page.address for page in PAGES]
# Names in these addresses that are no ids.
WORDS = {"slug", "code", "link", "feed"}
