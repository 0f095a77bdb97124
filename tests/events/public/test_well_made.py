"""Every public page about events, empty and full: valid HTML, one outline, no inline style."""

import html5lib
import pytest
from django.utils import timezone

from events.models import ActivityText, CapacityPool
from portal.places.models import AccessFacts, Contact, ContactPhone, Room
from tenants.binding import bind
from tenants.models import Tenant
from tests.browser.test_html import Read, faults
from tests.conftest import SiteClient
from tests.events.making import in_days, make_activity, make_place, make_session


def fill() -> None:
    """One of everything a page can have to say."""
    now, place = timezone.now(), make_place('Dom „Pod <lipą>” & "dębem"')
    place.directions = "Autobus 830.\n\nWejście od podwórza."
    place.save()
    room = Room.objects.create(place=place, name="sala 2", floor="parter")
    AccessFacts.objects.create(place=place, room=room, step_free="no")
    contact = Contact.objects.create(role="Organizator", email="osl@example.pl")
    ContactPhone.objects.create(contact=contact, number="607 900 238", label="do 15:30")
    activity = make_activity(
        slug="zajecia", contact=contact, age_min=60, residents_only=True, fee="12.50",
        fee_note="W cenie herbata.", offers_transport=True, needs_approval=True,
        opens_days_before=30,
    )  # fmt: skip
    ActivityText.objects.create(activity=activity, language="en", title="Phones", live=True)
    make_session(activity, starts_at=now, place=place, room=room)
    make_session(activity, starts_at=in_days(3), place=make_place(), has_captions=True)
    full = make_session(activity, starts_at=in_days(4), place=place, is_easy_to_read=True)
    stuffed = make_session(activity, starts_at=in_days(5), waitlist_limit=0)
    CapacityPool.objects.filter(pk__in=[full.pool_id, stuffed.pool_id]).update(taken=12)
    make_session(activity, starts_at=in_days(6), status="cancelled", cancelled_at=now, note="Cóż.")
    make_session(activity, starts_at=in_days(7), status="rescheduled", previous_start=now)
    for days in range(50, 85):
        make_session(activity, starts_at=in_days(days), place=place)
    course = make_activity("Kurs", slug="kurs", kind="course")
    for days in (-3, 4, 11):
        make_session(course, starts_at=in_days(days))
    make_session(
        make_activity("Plener", slug="plener", takes_bookings=False), capacity=None,
        starts_at=in_days(9), ends_at=in_days(12),
    )  # fmt: skip
    make_session(make_activity("Minione", slug="minione"), starts_at=in_days(-9))


PATHS = [
    "wydarzenia/",
    "wydarzenia/?strona=2",
    "wydarzenia/?dla=x&od=2026-01-01&do=x&wiek=70&q=zajecia&wolne=1&dostepne=1&bezplatne=1",
    "wydarzenia/miesiac/{month}/",
    "wydarzenia/zajecia/",
    "wydarzenia/zajecia/?strona=3",
    "wydarzenia/kurs/",
    "wydarzenia/plener/",
    "wydarzenia/minione/",
    "szukaj/?q=smartfon",
    "",
]


@pytest.mark.parametrize("is_full", [False, True])
def test_pages_are_well_made(srem: Tenant, as_site: type[SiteClient], is_full: bool) -> None:
    with bind(srem):
        if is_full:
            fill()
    reader, offences, read = as_site(srem), [], 0
    for prefix in ("/", "/en/"):
        for path in PATHS:
            address = prefix + path.format(month=f"{in_days(20):%Y}-{in_days(20).month}")
            response = reader.get(address)
            if response.status_code == 404 and not is_full:
                continue
            text = response.content.decode()
            parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
            page = Read(response.status_code, "text/html", parser.parse(text))
            offences += [f"{address}: {fault}" for fault in faults(page)]
            read += 1
    assert not offences, "\n" + "\n".join(offences)
    assert read == (2 * len(PATHS) if is_full else 2 * 6)
