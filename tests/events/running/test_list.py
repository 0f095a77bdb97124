"""Who is on the list: everybody in their state, contact and needs only for those who may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions.cancel_booking import cancel_booking
from events.codes import new_code
from events.models import Booking, Participation
from portal.accounts.models import Person
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import make_activity, make_session
from tests.events.running.evening import Evening, booked, card, person_in


def page_of(visitor: SiteClient, evening: Evening, query: str = "") -> str:
    answer = visitor.get(evening.url(f"uczestnicy/{query}"))
    assert answer.status_code == 200
    return answer.content.decode()


def section(page: str, heading: str) -> str:
    """From a heading to the next section."""
    return page.partition(f'id="{heading}"')[2].partition("</section>")[0]


def test_everybody_stands_in_their_state(clerk: SiteClient, evening: Evening) -> None:
    page = page_of(clerk, evening)
    to_confirm = section(page, "do-potwierdzenia")
    assert "Zofia Żak" in to_confirm
    assert "Anna" not in to_confirm
    on_list = section(page, "zapisani")
    for words in ("Anna Łącka, Jan Łącki", "Celina Lis", evening.anna.readable_code, "by phone"):
        assert words in on_list, words
    assert "Zofia" not in on_list
    line = section(page, "czekaja")
    for words in ("Ola Maj, Ewa Maj", "No. 1", "together: 2"):
        assert words in line, words
    assert "<dd>6</dd>" in page  # booked
    assert "of 6 places" in page


def test_what_was_given_back_too_late_is_marked(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        cancel_booking(
            booking=evening.anna, participations=[person_in(evening.anna, "Jan")],
            by_staff=True, acting_user=None,
        )  # fmt: skip
    gone = section(page_of(clerk, evening), "oddane")
    assert "Jan Łącki" in gone
    assert "too late" in gone
    assert "Anna" not in gone


def test_contact_is_shown_and_noted_once_an_hour(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    for _time in range(2):
        assert "600 100 200" in page_of(clerk, evening)
    with bind(srem):
        noted = AuditEntry.objects.filter(action="person.viewed", person=evening.anna.booker_id)
        assert noted.count() == 1


def test_needs_are_for_those_who_may_know(srem: Tenant, evening: Evening) -> None:
    pages = {}
    for role in ("osl", "dpo"):
        visitor = SiteClient(srem)
        visitor.log_in(role)
        pages[role] = (
            page_of(visitor, evening)
            + visitor.get(f"/en/panel/wydarzenia/zgloszenie/{evening.anna.pk}/").content.decode()
        )
    assert "a way in without steps" in pages["osl"].lower()
    assert "without steps" not in pages["dpo"]
    with bind(srem):
        anna = person_in(evening.anna, "Anna").person_id
        noted = AuditEntry.objects.filter(action="needs.viewed")
        assert set(noted.values_list("person", flat=True)) == {anna}


@pytest.mark.parametrize("question", ["lacki", "Łącka ann", "code"])
def test_a_booking_is_found_by_any_name_or_its_number(
    question: str, clerk: SiteClient, evening: Evening
) -> None:
    typed = evening.anna.readable_code.lower() if question == "code" else question
    page = page_of(clerk, evening, f"?q={typed}")
    on_list = section(page, "zapisani")
    assert "Anna Łącka" in on_list
    assert "Celina" not in on_list


def test_nobody_found_is_said_in_words(clerk: SiteClient, evening: Evening) -> None:
    assert "Nobody found for “Kowalski”" in page_of(clerk, evening, "?q=Kowalski")


def test_a_date_nobody_has_booked(clerk: SiteClient, srem: Tenant) -> None:
    with bind(srem):
        session = make_session()
    page = clerk.get(f"/en/panel/wydarzenia/termin/{session.pk}/uczestnicy/").content.decode()
    assert "Nobody has booked yet" in page


def test_where_people_just_come_there_is_no_list(clerk: SiteClient, srem: Tenant) -> None:
    with bind(srem):
        session = make_session(make_activity(takes_bookings=False), capacity=None)
    for part in ("uczestnicy/", "rezerwowa/", "obecnosc/", "obecnosc/bez-zapisu/"):
        page = clerk.get(f"/en/panel/wydarzenia/termin/{session.pk}/{part}").content.decode()
        assert "Nobody books a place here" in page, part
    papers = f"/en/panel/wydarzenia/termin/{session.pk}/uczestnicy/"
    assert clerk.get(f"{papers}plik.csv").status_code == 404


def test_every_date_of_a_course_has_the_list_of_the_course(clerk: SiteClient, srem: Tenant) -> None:
    with bind(srem):
        course = make_activity("Warsztaty", kind="course", capacity=5)
        first, second = make_session(course), make_session(course)
        booked(first, card("Irena", "Kos"))
    for session, words in ((first, "date 1 of 2"), (second, "date 2 of 2")):
        page = clerk.get(f"/en/panel/wydarzenia/termin/{session.pk}/uczestnicy/").content.decode()
        assert "Irena Kos" in page
        assert words in page


def fill(evening: Evening, number: int) -> None:
    """So many more people with a place, two in a booking."""
    pool = evening.pool
    pool.capacity = pool.taken = pool.taken + number
    pool.save()
    people = [
        Person(first_name=f"Osoba{one}", last_name=f"Numer{one:03}", phone=f"+48601{one:06}")
        for one in range(number)
    ]
    for person in people:
        person.set_keys()
    Person.objects.bulk_create(people)
    bookings = Booking.objects.bulk_create(
        Booking(
            pool=pool, booker=people[one], code=new_code(), idempotency_key=people[one].pk
        )
        for one in range(0, number, 2)
    )  # fmt: skip
    Participation.objects.bulk_create(
        Participation(
            booking=bookings[one // 2], person=people[one], pool=pool, place=pool,
            status="confirmed", ordinal=one % 2,
        )
        for one in range(number)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("part", "most"),
    [("uczestnicy/", 32), ("obecnosc/", 22), ("uczestnicy/plik.xlsx", 22), ("rezerwowa/", 22)],
)
def test_two_hundred_people_cost_what_a_few_do(
    part: str, most: int, clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    address = evening.url(part)
    clerk.get(address)
    with CaptureQueriesContext(connection) as few:
        clerk.get(address)
    with bind(srem):
        fill(evening, 200)
    with CaptureQueriesContext(connection) as first_time:
        assert clerk.get(address).status_code == 200
    # Whoever was not seen before is noted, all in one statement.
    assert len(first_time) <= len(few) + 2
    assert len(first_time) <= most


def test_the_card_of_a_person_shows_what_they_booked(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        jan = person_in(evening.anna, "Jan").person_id
        nobody = card("Nikt", "Nigdzie").pk
    page = clerk.get(f"/en/panel/osoby/{jan}/").content.decode()
    bookings = page.partition('id="bookings"')[2].partition("</section>")[0]
    assert "Smartfon bez strachu" in bookings
    assert f"/panel/wydarzenia/zgloszenie/{evening.anna.pk}/" in bookings
    page = clerk.get(f"/en/panel/osoby/{nobody}/").content.decode()
    assert "This person has not booked anything." in page


def test_the_time_of_a_list_is_that_of_the_clock_in_poland(
    clerk: SiteClient, evening: Evening
) -> None:
    local = timezone.localtime(evening.other.starts_at)
    page = clerk.get(f"/en/panel/wydarzenia/termin/{evening.other.pk}/uczestnicy/").content.decode()
    assert f"{local.hour}:00–{local.hour + 2}:00" in page
