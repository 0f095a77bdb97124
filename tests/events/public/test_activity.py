"""The page of an activity: what it is, when and where, and whether there is a place."""

import json
import re
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from cms_pages.models import SiteImage
from events.models import ActivityText, Booking, Session, WaitlistEntry
from portal.accounts.models import Organisation, Person
from portal.places.hours import WARSAW
from portal.places.models import AccessFacts, Contact, ContactPhone, Room
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import in_days, make_activity, make_place, make_session
from tests.events.public.test_agenda import read, take

PAGE = "/en/wydarzenia/zajecia/"


@pytest.fixture
def reader(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    return as_site(srem)


def wait_for(session: Session, size: int) -> None:
    assert session.pool is not None
    person = Person.objects.create(first_name="Anna", last_name="Czeka")
    code = "ABCDE" + "FGHJK"[Booking.objects.count()]
    booking = Booking.objects.create(
        pool=session.pool, booker=person, code=code, idempotency_key=uuid4()
    )
    WaitlistEntry.objects.create(booking=booking, pool=session.pool, size=size)


def structured(text: str) -> list[dict[str, Any]]:
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    graph: list[dict[str, Any]] = json.loads(data)["@graph"]
    return graph


# Places


def test_each_date_says_what_is_left_and_how_to_get_it(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        activity = make_activity(slug="zajecia", opens_days_before=20)
        several, last, full = (
            make_session(activity, starts_at=in_days(days)) for days in (3, 4, 5)
        )
        stuffed = make_session(activity, starts_at=in_days(6), waitlist_limit=1)
        lineless = make_session(activity, starts_at=in_days(7), waitlist_limit=0)
        make_session(activity, starts_at=in_days(40))
        for session, number in (
            (several, 7),
            (last, 11),
            (full, 12),
            (stuffed, 12),
            (lineless, 12),
        ):
            take(session, number)
        wait_for(full, 2)
        wait_for(stuffed, 1)
    text = read(reader, PAGE)
    opens = timezone.localdate(in_days(40)) - timedelta(days=20)
    for said in (
        "5 places left out of 12",
        '<span class="badge warn">Last place</span>',
        "2 people are waiting",
        "The waiting list is full too",
        f"Booking opens on {opens.day} {opens:%B %Y}, 8:00",
    ):
        assert text.count(said) == 1, said
    for session in (several, last, full):
        assert f'href="/en/wydarzenia/zajecia/zapisz/?termin={session.pk}"' in text
    assert f"termin={stuffed.pk}" not in text
    assert f"termin={lineless.pk}" not in text
    assert text.count("No places left") == 3
    assert text.count("?termin=") == 3
    assert "Join the waiting list" in text
    assert 'href="/en/wydarzenia/zajecia/zapisz/" rel="nofollow">Book a place</a>' in text


def test_today_one_books_by_phone(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        contact = Contact.objects.create(role="Organizator")
        ContactPhone.objects.create(contact=contact, number="607 900 238")
        activity = make_activity(slug="zajecia", contact=contact, closes_hours_before=48)
        near = make_session(activity, starts_at=timezone.now() + timedelta(minutes=1))
        tomorrow = make_session(activity, starts_at=in_days(1.5))
        take(near, 10)
        take(tomorrow, 12)
    text = read(reader, PAGE)
    assert "Today only by phone" in text
    assert 'Places left: 2. Call: <a href="tel:+48607900238">607 900 238</a>' in text
    assert text.count("No places left") == 1
    assert "zapisz" not in text


def test_date_that_is_on_now_and_one_to_which_people_just_come(
    srem: Tenant, reader: SiteClient
) -> None:
    with bind(srem):
        activity = make_activity(slug="zajecia")
        make_session(activity, starts_at=timezone.now() - timedelta(minutes=5))
        open_to_all = make_activity(slug="kawiarenka", takes_bookings=False)
        session = make_session(open_to_all, capacity=None)
    assert "It is on now" in read(reader, PAGE)
    text = read(reader, "/en/wydarzenia/kawiarenka/")
    assert "No booking needed" in text
    assert f'href="/en/wydarzenia/termin/{session.pk}.ics"' in text
    assert "give your place back" not in text


def test_cancelled_and_moved_dates_say_so(srem: Tenant, reader: SiteClient) -> None:
    before = datetime(2030, 5, 7, 16, tzinfo=WARSAW)
    with bind(srem):
        activity = make_activity(slug="zajecia")
        make_session(
            activity, status="cancelled", cancelled_at=timezone.now(), note="Zapraszamy wiosną."
        )
        make_session(activity, starts_at=in_days(12), status="rescheduled", previous_start=before)
    text = read(reader, PAGE)
    assert '<span class="badge bad">Cancelled</span>' in text
    assert "Zapraszamy wiosną." in text
    assert "It was to be on Tuesday, 7 May 2030, 16:00." in text
    assert text.count("?termin=") == 2, "the moved one: its own button and the first one"


def test_course_is_booked_as_a_whole(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        course = make_activity(slug="zajecia", kind="course", capacity=8, fee="20.50")
        for days in (3, 10, 17):
            make_session(course, starts_at=in_days(days))
    text = read(reader, PAGE)
    assert "This is a course of 3 meetings, booked as a whole." in text
    assert text.count("8 places left out of 8") == 1
    assert text.count("/zapisz/") == 1
    assert "?termin=" not in text
    assert "20,50 zł for the whole course" in text


def test_course_shows_what_was_and_is_over_at_the_end(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        course = make_activity(slug="zajecia", kind="course")
        make_session(course, starts_at=in_days(-10))
        last = make_session(course, starts_at=in_days(3))
    text = read(reader, PAGE)
    assert text.count("It is over") == 1
    assert "Now only by phone" in text
    assert "/zapisz/" not in text
    with bind(srem):
        Session.objects.filter(pk=last.pk).update(
            starts_at=in_days(-3), ends_at=in_days(-3, hour=12)
        )
    assert read(reader, PAGE).count("It is over") == 3


def test_series_without_further_dates_says_when_it_was(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        activity = make_activity(slug="zajecia")
        make_session(activity, starts_at=datetime(2026, 5, 5, 10, tzinfo=WARSAW))
    text = read(reader, PAGE)
    assert "No further dates are planned" in text
    assert "The last one was on Tuesday, 5 May 2026, 10:00." in text
    assert "ld+json" not in text


def test_long_series_has_pages_and_costs_the_same(
    srem: Tenant, reader: SiteClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with bind(srem):
        activity, place = make_activity(slug="zajecia"), make_place()
        for days in range(1, 30):
            make_session(activity, starts_at=in_days(days), place=place)
    reader.get(PAGE)
    with django_assert_max_num_queries(15):
        text = read(reader, PAGE)
    assert text.count('<li class="day"') == 8
    assert len(structured(text)) == 8
    assert read(reader, f"{PAGE}?strona=4").count('<li class="day"') == 5


# Facts


def test_everything_needed_to_come_is_said(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        contact = Contact.objects.create(role="Organizator", email="osl@example.pl")
        ContactPhone.objects.create(contact=contact, number="607 900 238")
        place = make_place("Świetlica")
        place.directions = "Autobus 830."
        place.save()
        AccessFacts.objects.filter(place=place).update(lift="no", checked_on="2026-03-03")
        activity = make_activity(
            slug="zajecia", contact=contact, age_min=60, audience="seniors", residents_only=True,
            fee="12.50", fee_note="W cenie herbata.", cancel_hours_before=48, offers_transport=True,
            needs_approval=True, organisation=Organisation.objects.get(name="Koło Gospodyń"),
        )  # fmt: skip
        session = make_session(activity, place=place, has_sign_language=True)
    text = read(reader, PAGE)
    for said in (
        "Świetlica", "ul. Długa 3", "Autobus 830.", "For seniors", "aged 60 or more",
        "for residents of the gmina only", "12,50", "W cenie herbata.", "Koło Gospodyń",
        "up to 2 days before the beginning", "607 900 238", "mailto:osl@example.pl",
        "Checked on 3 March 2026", "Sign-language interpreter (PJM)", "The office confirms",
        "Entrance without steps: <b>yes</b>", "Lift: <b>no</b>", "Quiet room: <b>we don’t know</b>",
        "/en/wydarzenia/zajecia/plakat.pdf", f"/en/wydarzenia/termin/{session.pk}.ics",
    ):  # fmt: skip
        assert said in text, said


def test_nobody_looked_yet_and_rooms_are_told_apart(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        activity, place = make_activity(slug="zajecia"), make_place("Parter")
        room = Room.objects.create(place=place, name="Strych")
        AccessFacts.objects.create(place=place, room=room, step_free="no")
        unseen = make_place("Dom")
        unseen.access_facts.all().delete()
        make_session(activity, place=place, room=room)
        make_session(activity, place=unseen, starts_at=in_days(12))
    text = read(reader, PAGE)
    assert '<h3 lang="pl">Strych</h3>' in text
    assert "Entrance without steps: <b>no</b>" in text
    assert "The office has not yet described the entrance" in text


def test_words_are_in_the_readers_language_or_marked_as_polish(
    srem: Tenant, reader: SiteClient
) -> None:
    with bind(srem):
        activity = make_activity("Po polsku", slug="zajecia")
        make_session(activity)
    text = read(reader, PAGE)
    assert '<h1 lang="pl">Po polsku</h1>' in text
    assert "The description of this activity is available in Polish only." in text
    assert '<link rel="canonical" href="http://srem.localhost/wydarzenia/zajecia/">' in text
    assert 'rel="alternate" hreflang' not in text
    assert '<p>Przy herbacie.</p> <ul class="list"><li>telefon</li><li>ładowarka</li></ul>' in text
    with bind(srem):
        ActivityText.objects.create(
            activity=activity, language="en", title="In English", lead="<b>&", live=True
        )
    text = read(reader, PAGE)
    assert "<h1>In English</h1>" in text
    assert "available in Polish only" not in text
    assert '<link rel="canonical" href="http://srem.localhost/en/wydarzenia/zajecia/">' in text
    assert 'hreflang="pl" href="http://srem.localhost/wydarzenia/zajecia/"' in text
    assert "<h1>Po polsku</h1>" in read(reader, "/wydarzenia/zajecia/")


def test_picture_has_its_words(srem: Tenant, reader: SiteClient) -> None:
    drawn = BytesIO()
    Image.new("RGB", (8, 6)).save(drawn, "PNG")
    with bind(srem):
        activity = make_activity(slug="zajecia")
        make_session(activity)
        picture = SiteImage.objects.create(
            title="x", file=ImageFile(drawn, "x.png"), alt_text="Dwie osoby z telefonami"
        )
        activity.texts.update(picture=picture)
    text = read(reader, PAGE)
    assert 'alt="Dwie osoby z telefonami" lang="pl"' in text
    assert structured(text)[0]["image"].startswith("http://srem.localhost/media/images/x")


@pytest.mark.parametrize("status", ["draft", "submitted", "withdrawn"])
def test_activity_that_is_not_public_is_missing_in_the_frame_of_the_site(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient], status: str
) -> None:
    with bind(srem):
        make_session(make_activity(slug="zajecia", status=status))
        make_session(make_activity(slug="publiczne"))
    for tenant, path in ((srem, PAGE), (srem, "/en/wydarzenia/inne/"), (kety, PAGE)):
        response = as_site(tenant).get(path)
        assert response.status_code == 404
        assert "There is no such page" in response.content.decode()
    assert as_site(kety).get("/en/wydarzenia/publiczne/").status_code == 404


# For machines


def test_machines_are_told_each_coming_date(srem: Tenant, reader: SiteClient) -> None:
    before = datetime(2030, 5, 7, 16, tzinfo=WARSAW)
    with bind(srem):
        activity = make_activity(
            "</script><script>alert(1)</script>&", slug="zajecia", age_min=60, fee=20
        )
        place = make_place()
        first = make_session(activity, starts_at=in_days(1), place=place)
        moved = make_session(
            activity, starts_at=in_days(2), status="rescheduled", previous_start=before
        )
        make_session(activity, starts_at=in_days(3), status="cancelled", cancelled_at=before)
        take(moved, 12)
    response = reader.get(PAGE)
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    text = read(reader, PAGE)
    assert "<script>alert" not in text
    one, two, three = structured(text)
    assert one["name"] == "</script><script>alert(1)</script>&"
    assert one["startDate"] == timezone.localtime(first.starts_at).isoformat()
    assert one["url"] == "http://srem.localhost/en/wydarzenia/zajecia/"
    assert one["location"]["address"]["streetAddress"] == "ul. Długa 3"
    assert one["organizer"] == {
        "@type": "Organization", "name": "Gmina Śrem", "url": "http://srem.localhost/",
    }  # fmt: skip
    assert one["typicalAgeRange"] == "60-"
    assert one["isAccessibleForFree"] is False
    assert one["offers"] == {
        "@type": "Offer", "url": one["url"], "price": "20.00", "priceCurrency": "PLN",
        "availability": "https://schema.org/InStock",
    }  # fmt: skip
    states = [event["eventStatus"].rpartition("/")[2] for event in (one, two, three)]
    assert states == ["EventScheduled", "EventRescheduled", "EventCancelled"]
    assert "previousStartDate" not in one
    assert two["previousStartDate"] == "2030-05-07T16:00:00+02:00"
    assert two["offers"]["availability"] == "https://schema.org/SoldOut"


def test_page_knows_no_reader(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        make_session(make_activity(slug="zajecia"))
    response = reader.get(PAGE)
    assert not response.cookies
    assert 'method="post"' not in response.content.decode()
    assert reader.post(PAGE).status_code == 405
