"""The poster: what it says, and that it is a sheet a screen reader can read as well."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from events.models import Activity, Session
from events.printing.poster import poster_data
from portal.places.models import AccessFacts, Contact, ContactPhone, Room
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import in_days, make_activity, make_place, make_session


def poster(srem: Tenant, activity: Activity, language: str = "en") -> dict[str, Any]:
    with bind(srem), translation.override(language):
        return poster_data(Activity.objects.get(pk=activity.pk))


def call_at(number: str, **known: Any) -> Contact:
    contact = Contact.objects.create(role="Biuro", **known)
    ContactPhone.objects.create(contact=contact, number=number)
    return contact


def test_it_says_what_when_where_and_whom_to_call(srem: Tenant) -> None:
    with bind(srem):
        contact = call_at("61 814 53 41")
        activity = make_activity(age_min=60, contact=contact, offers_transport=True)
        session = make_session(activity, starts_at=in_days(5, 10), place=make_place())
    said = poster(srem, activity)
    local = timezone.localtime(session.starts_at)
    assert said["title"] == "Smartfon bez strachu"
    assert said["lead"] == "Uczymy się dzwonić z wideo."
    assert said["facts"] == ["Free of charge", "Aged 60 or more"]
    assert said["first"]["leaf"] == {
        "weekday": f"{local:%A}", "day": str(local.day), "month": f"{local:%B}",
        "red": local.isoweekday() == 7,
    }  # fmt: skip
    assert said["first"]["hours"] == "10:00–12:00"
    assert said["first"]["place"] == [
        "Świetlica", "ul. Długa 3, 63-100 Śrem", "entrance without steps",
    ]  # fmt: skip
    assert said["call"] == {
        "heading": "Call and book a place",
        "phone": "61 814 53 41",
        "lines": ["You can come with somebody close to you.", "We can help with transport."],
    }
    assert said["more"] is None


def test_a_series_lists_its_next_dates_and_counts_the_others(srem: Tenant) -> None:
    with bind(srem):
        activity, place = make_activity(), make_place()
        for week in range(9):
            make_session(activity, starts_at=in_days(3 + 7 * week, 10), place=place)
        afternoon = make_session(activity, starts_at=in_days(4, 15), place=make_place("Biblioteka"))
        make_session(activity, starts_at=in_days(-7), place=place)
        make_session(
            activity, starts_at=in_days(5), status="cancelled", cancelled_at=timezone.now()
        )
    more = poster(srem, activity)["more"]
    assert more["heading"] == "Next dates"
    assert len(more["dates"]) == 6
    local = timezone.localtime(afternoon.starts_at)
    assert more["dates"][0].startswith(f"{local:%A}, ")
    assert more["dates"][0].endswith(", 15:00–17:00, Biblioteka")
    assert "10:00" not in more["dates"][1]
    assert more["left"] == 3
    assert more["rest"]["3"] == "and 3 more dates"
    assert more["rest"]["5"] == "and 5 more dates"


def test_a_room_behind_steps_is_not_called_free_of_them(srem: Tenant) -> None:
    with bind(srem):
        place = make_place()
        room = Room.objects.create(place=place, name="strych")
        AccessFacts.objects.create(place=place, room=room, step_free="no")
        activity = make_activity()
        make_session(activity, place=place, room=room)
    said = poster(srem, activity)["first"]["place"]
    assert said == ["Świetlica, strych", "ul. Długa 3, 63-100 Śrem"]


def test_what_takes_no_bookings_asks_for_none(srem: Tenant) -> None:
    with bind(srem):
        call_at("61 814 53 41", is_lead=True)
        activity = make_activity(takes_bookings=False)
        make_session(activity, capacity=None)
    assert poster(srem, activity)["call"] == {
        "heading": "Just come: no booking is needed",
        "phone": "61 814 53 41",
        "lines": ["Call if you have questions."],
    }


def test_without_a_phone_the_code_is_the_way(srem: Tenant) -> None:
    with bind(srem):
        activity = make_activity(party_limit=1)
        make_session(activity)
    said = poster(srem, activity)
    assert said["call"] == {"heading": "Book a place on the site", "phone": "", "lines": []}
    assert said["scan"] == "scan the code"
    assert (
        said["qr_leads_to"] == f"QR code: http://srem.localhost:8000/en/wydarzenia/{activity.slug}/"
    )


def test_rules_that_people_ask_about_are_on_it(srem: Tenant) -> None:
    with bind(srem):
        activity = make_activity(
            fee=Decimal(15), fee_note="seniorzy połowę", age_min=6, age_max=12,
            residents_only=True,
        )  # fmt: skip
        make_session(activity, has_sign_language=True, has_captions=True, is_easy_to_read=True)
    assert poster(srem, activity)["facts"] == [
        "15\u00a0zł for each meeting (seniorzy połowę)",
        "Aged 6 to 12",
        "For residents of the gmina",
        "With a sign-language interpreter (PJM)",
        "With captions",
        "With easy-to-read materials",
    ]


@pytest.mark.parametrize("known", ["no", "unknown"])
def test_an_entrance_nobody_has_found_free_of_steps_is_not_called_so(
    srem: Tenant, known: str
) -> None:
    with bind(srem):
        activity = make_activity()
        make_session(activity, place=make_place(step_free=known))
    assert poster(srem, activity)["first"]["place"] == ["Świetlica", "ul. Długa 3, 63-100 Śrem"]


def test_its_words_are_in_the_language_being_read_and_so_is_the_document(srem: Tenant) -> None:
    with bind(srem):
        activity = make_activity()
        activity.texts.create(language="uk", title="Смартфон без страху", live=True)
    polish, ukrainian = poster(srem, activity, "pl"), poster(srem, activity, "uk")
    assert (polish["language"], polish["title"]) == ("pl", "Smartfon bez strachu")
    assert (ukrainian["language"], ukrainian["title"]) == ("uk", "Смартфон без страху")
    english = poster(srem, activity, "en")
    assert (english["language"], english["text_language"]) == ("en", "pl")


def test_anybody_may_fetch_it_and_gets_the_same_bytes(
    srem: Tenant, as_site: type[SiteClient], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with bind(srem):
        activity = make_activity()
        for week in range(12):
            make_session(activity, starts_at=in_days(3 + 7 * week), place=make_place())
    client = as_site(srem)
    path = f"/en/wydarzenia/{activity.slug}/plakat.pdf"
    first = client.get(path)
    assert first.status_code == 200
    assert first.headers["Content-Type"] == "application/pdf"
    assert first.headers["Content-Disposition"] == f'inline; filename="plakat-{activity.slug}.pdf"'
    assert first.content.startswith(b"%PDF-")
    assert client.get(path).content == first.content
    with django_assert_max_num_queries(9):
        assert client.get(path, HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 304


def test_of_what_is_not_public_there_is_no_poster(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        hidden = make_activity(status="draft", slug="tajne")
        shown = make_activity(slug="jawne")
        Session.objects.all().delete()
    assert as_site(srem).get(f"/wydarzenia/{hidden.slug}/plakat.pdf").status_code == 404
    assert as_site(kety).get(f"/wydarzenia/{shown.slug}/plakat.pdf").status_code == 404
    # Without a date it asks people to call: a poster all the same.
    assert as_site(srem).get(f"/wydarzenia/{shown.slug}/plakat.pdf").status_code == 200
