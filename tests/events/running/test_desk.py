"""Booking for a caller: one page, at most eight fields, everything told at once."""

import re
from typing import Any
from uuid import uuid4

import pytest

from events.models import Booking, CapacityPool, Participation, Session
from portal.accounts.models import Guardianship, Household, Person
from portal.audit.models import AuditEntry
from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import in_days, make_activity, make_session
from tests.events.running.evening import booked, card, pool_of, today_at


@pytest.fixture
def session(srem: Tenant) -> Session:
    with bind(srem):
        return make_session(capacity=3)


def desk(session: Session, rest: str = "") -> str:
    return f"/en/panel/wydarzenia/termin/{session.pk}/zapisz/{rest}"


def keep_wheelchair_places(session: Session) -> CapacityPool:
    purpose = CapacityPool.Purpose.WHEELCHAIR
    return CapacityPool.objects.create(main=session.places, purpose=purpose, capacity=2)


def filled(**given: Any) -> dict[str, Any]:
    return {
        "first_name": "Halina", "last_name": "Wiśniewska", "phone": "600 700 800",
        "channel": "phone", "how": "phone", "others": "", "note": "", "key": str(uuid4()),
        "comes": "True", **given,
    }  # fmt: skip


def only_booking(tenant: Tenant, session: Session) -> Booking:
    with bind(tenant):
        return Booking.objects.select_related("booker").get(pool=session.pool)


def names_of(tenant: Tenant, booking: Booking) -> list[str]:
    with bind(tenant):
        people = booking.participations.select_related("person").order_by("ordinal")
        return [one.person.full_name for one in people]


@pytest.mark.parametrize("rules", [{}, {"age_min": 60}])
@pytest.mark.parametrize("comes", [True, False])
@pytest.mark.parametrize("wheelchair", [True, False])
def test_there_are_at_most_eight_fields(
    rules: dict[str, Any], comes: bool, wheelchair: bool, srem: Tenant, clerk: SiteClient
) -> None:
    with bind(srem):
        activity = make_activity(**rules)
        session = make_session(activity)
        if wheelchair:
            keep_wheelchair_places(session)
    page = clerk.get(desk(session, "" if comes else "?dla=innych")).content.decode()
    names = set(re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', page))
    hidden = set(re.findall(r'<input type="hidden" name="(\w+)"', page))
    assert len(names - hidden) <= 8
    assert {"first_name", "phone", "others"} <= names
    assert ("wheelchair" in names) == wheelchair


def test_a_caller_in_a_wheelchair_has_one_of_the_places_kept_for_that(
    srem: Tenant, clerk: SiteClient, session: Session
) -> None:
    with bind(srem):
        kept = keep_wheelchair_places(session)
    assert clerk.post(desk(session), filled(wheelchair="on")).status_code == 302
    with bind(srem):
        kept.refresh_from_db()
        assert kept.taken == 1
        assert only_booking(srem, session).participations.get().place == kept


def test_a_caller_is_booked_on_one_page(srem: Tenant, clerk: SiteClient, session: Session) -> None:
    answer = clerk.post(desk(session), filled(others="Jan Wiśniewski", note="Głośno mówić"))
    booking = only_booking(srem, session)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/zgloszenie/{booking.pk}/gotowe/")
    assert names_of(srem, booking) == ["Halina Wiśniewska", "Jan Wiśniewski"]
    assert booking.note == "Głośno mówić"
    assert booking.channel == Booking.Channel.PHONE
    assert str(booking.booker.phone) == "+48600700800"
    page = clerk.get(answer.headers["Location"]).content.decode()
    for words in (
        booking.readable_code, "The place is theirs", "Print the slip", "Book for somebody else",
        "They get a confirmation: phone call.",
    ):  # fmt: skip
        assert words in page, words
    with bind(srem):
        made = AuditEntry.objects.filter(action="booking.made")
        assert made.get().actor == booking.taken_by


def test_sent_twice_it_is_one_booking_and_one_card(
    srem: Tenant, clerk: SiteClient, session: Session
) -> None:
    form = filled()
    first, second = (
        clerk.post(desk(session), form),
        clerk.post(desk(session), {**form, "is_new_card": "on"}),
    )
    assert first.headers["Location"] == second.headers["Location"]
    with bind(srem):
        assert Booking.objects.count() == 1
        assert Person.objects.filter(last_name="Wiśniewska").count() == 1
        assert Message.objects.filter(kind="events/booked").count() == 1
        assert pool_of(session).taken == 1


@pytest.mark.parametrize(
    "typed", [{"last_name": "wisniew"}, {"phone": "600 700 800"}, {"first_name": "Halina"}]
)
def test_the_card_is_found_by_whatever_was_typed(
    typed: dict[str, str], srem: Tenant, clerk: SiteClient, session: Session
) -> None:
    with bind(srem):
        halina = card(
            "Halina", "Wiśniewska", phone="+48600700800", channel="phone", city="Krzyszkowo"
        )
    empty = {"first_name": "", "last_name": "", "phone": ""}
    page = clerk.post(
        desk(session, "znajdz/"), filled(**{**empty, **typed}, note="zostaje")
    ).content.decode()
    assert "Is it one of these?" in page
    assert desk(session, f"{halina.pk}/") in page
    assert "Krzyszkowo" in page
    assert 'value="zostaje"' in page
    assert "There is a problem" not in page


def test_nothing_typed_finds_nobody(clerk: SiteClient, session: Session) -> None:
    empty = filled(first_name="", last_name="", phone="")
    page = clerk.post(desk(session, "znajdz/"), empty).content.decode()
    assert "Write a name or a phone number first." in page
    assert "No card fits" not in page


def test_nobody_found_leaves_the_form_as_it_is(
    srem: Tenant, clerk: SiteClient, session: Session
) -> None:
    page = clerk.post(desk(session, "znajdz/"), filled(last_name="Brzęczyszczykiewicz"))
    assert "No card fits. Go on" in page.content.decode()
    assert 'value="Brzęczyszczykiewicz"' in page.content.decode()


def test_whoever_is_known_is_not_asked_again(
    srem: Tenant, clerk: SiteClient, session: Session
) -> None:
    with bind(srem):
        home = Household.objects.create()
        halina = card("Halina", "Wiśniewska", phone="+48600700800", channel="phone", household=home)
        jan = card("Jan", "Wiśniewski", household=home)
        ward = card("Kacper", "Mały")
        Guardianship.objects.create(guardian=halina, ward=ward, kind="carer")
        stranger = card("Obcy", "Człowiek")
    page = clerk.post(desk(session, f"{halina.pk}/"), filled(note="zostaje")).content.decode()
    assert 'name="last_name"' not in page
    assert 'name="phone"' not in page
    assert 'value="zostaje"' in page
    assert "Jan Wiśniewski" in page
    assert "Kacper Mały" in page
    assert "Obcy" not in page
    key = re.search(r'name="key" value="([\w-]+)"', page)
    assert key
    family = [str(jan.pk), str(stranger.pk)]
    sent = {"person": str(halina.pk), "how": "desk", "key": key[1], "comes": "True"}
    refused = clerk.post(desk(session), {**sent, "family": family}).content.decode()
    assert "There is a problem" in refused
    clerk.post(desk(session), {**sent, "family": [str(jan.pk)]})
    booking = only_booking(srem, session)
    assert booking.booker_id == halina.pk
    assert booking.channel == Booking.Channel.DESK
    with bind(srem):
        assert set(booking.participations.values_list("person", flat=True)) == {halina.pk, jan.pk}


def test_a_new_card_that_looks_like_an_old_one_is_asked_about(
    srem: Tenant, clerk: SiteClient, session: Session
) -> None:
    with bind(srem):
        card("Halina", "Wiśniewska", phone="+48600700800", channel="phone")
    form = filled()
    page = clerk.post(desk(session), form).content.decode()
    assert "None of them: make a new card and book" in page
    with bind(srem):
        assert not Booking.objects.exists()
    clerk.post(desk(session), {**form, "is_new_card": "on"})
    with bind(srem):
        assert Booking.objects.count() == 1
        assert Person.objects.filter(last_name="Wiśniewska").count() == 2


def test_somebody_books_for_others_and_stays_at_home(
    srem: Tenant, clerk: SiteClient, session: Session
) -> None:
    missing = clerk.post(desk(session), filled(comes="False")).content.decode()
    assert "Write who comes." in missing
    clerk.post(desk(session), filled(comes="False", others="Jan Wiśniewski\nOla Nowak"))
    booking = only_booking(srem, session)
    assert names_of(srem, booking) == ["Jan Wiśniewski", "Ola Nowak"]
    assert booking.booker.first_name == "Halina"


def test_ages_are_asked_where_they_count(srem: Tenant, clerk: SiteClient) -> None:
    with bind(srem):
        session = make_session(make_activity("Klub 60+", age_min=60))
    without = clerk.post(desk(session), filled(others="Jan Wiśniewski")).content.decode()
    assert "Write the age after a comma, as in: Jan Wiśniewski, 12." in without
    too_young = clerk.post(desk(session), filled(age="59"))
    assert too_young.status_code == 422
    assert "people aged 60 or more" in too_young.content.decode()
    clerk.post(desk(session), filled(age="70", others="Jan Wiśniewski, 71"))
    booking = only_booking(srem, session)
    with bind(srem):
        ages = booking.participations.order_by("ordinal").values_list("age", flat=True)
        assert list(ages) == [70, 71]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"first_name": "", "last_name": ""}, "Write the last name."),
        ({"phone": "12"}, "This is not a full phone number."),
        ({"phone": ""}, "Give the phone number too."),
        ({"phone": "61 283 01 22", "channel": "sms"}, "This is a landline"),
        ({"others": "A B\nC D\nE F\nG H\nI J\nK L"}, "One booking is for at most 6 people."),
        ({"how": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    given: dict[str, str], words: str, srem: Tenant, clerk: SiteClient, session: Session
) -> None:
    page = clerk.post(desk(session), filled(note="zostaje", **given)).content.decode()
    assert words in page
    assert "There is a problem" in page
    assert 'value="zostaje"' in page
    with bind(srem):
        assert not Booking.objects.exists()
        assert not Person.objects.filter(last_name="Wiśniewska").exists()


def test_when_everything_is_taken_they_may_wait(
    srem: Tenant, clerk: SiteClient, session: Session
) -> None:
    with bind(srem):
        booked(session, card("Adam", "Kos"), card("Ewa", "Kos"), card("Iga", "Kos"))
    form = filled()
    full = clerk.post(desk(session), form)
    assert full.status_code == 409
    page = full.content.decode()
    assert "No places are left." in page
    assert "Put them on the waiting list" in page
    with bind(srem):
        # Nothing stays of what was refused, not even the card.
        assert not Person.objects.filter(last_name="Wiśniewska").exists()
    answer = clerk.post(desk(session), {**form, "waits": "on"})
    assert "They are on the waiting list" in clerk.get(answer.headers["Location"]).content.decode()
    with bind(srem):
        waits = Participation.objects.get(person__last_name="Wiśniewska")
        assert waits.status == Participation.Status.WAITING


def test_places_kept_for_callers_are_for_callers(srem: Tenant, clerk: SiteClient) -> None:
    with bind(srem):
        session = make_session(capacity=1)
        kept = CapacityPool.objects.create(purpose="desk", main=session.pool, capacity=1)
        booked(session, card("Adam", "Kos"))
    assert "Kept for callers: 1" in clerk.get(desk(session)).content.decode()
    assert clerk.post(desk(session), filled()).status_code == 302
    with bind(srem):
        kept.refresh_from_db()
        assert kept.taken == 1
    refused = clerk.post(desk(session), filled(last_name="Druga", phone="600 700 801"))
    assert refused.status_code == 409


def test_a_full_waiting_list_is_no_way_out(srem: Tenant, clerk: SiteClient) -> None:
    with bind(srem):
        session = make_session(capacity=1, waitlist_limit=0)
        booked(session, card("Adam", "Kos"))
    page = clerk.post(desk(session), filled()).content.decode()
    assert "the waiting list is full too" in page
    assert "Put them on the waiting list" not in page


def test_staff_are_told_of_something_else_at_that_time(
    srem: Tenant, clerk: SiteClient, session: Session
) -> None:
    with bind(srem):
        halina = card("Halina", "Wiśniewska", phone="+48600700800", channel="phone")
        same_time = make_session(make_activity("Chór"), starts_at=session.starts_at)
        booked(same_time, halina)
    form = filled(person=str(halina.pk))
    warned = clerk.post(desk(session), form)
    assert warned.status_code == 409
    assert "Somebody of them has Chór at that time." in warned.content.decode()
    assert "Book all the same" in warned.content.decode()
    answer = clerk.post(desk(session), {**form, "in_spite_of_conflict": "on"})
    assert answer.status_code == 302


def test_staff_are_told_who_is_on_the_list_already(
    srem: Tenant, clerk: SiteClient, session: Session
) -> None:
    with bind(srem):
        halina = card("Halina", "Wiśniewska", phone="+48600700800", channel="phone")
        booked(session, halina)
    answer = clerk.post(desk(session), filled(person=str(halina.pk)))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Already on this list: Halina Wiśniewska." in page
    assert "/uczestnicy/?q=Halina%20Wi%C5%9Bniewska" in page


@pytest.mark.parametrize("status", ["cancelled", "over", "none"])
def test_where_nobody_can_be_booked_it_says_why(
    status: str, srem: Tenant, clerk: SiteClient
) -> None:
    with bind(srem):
        if status == "cancelled":
            session = make_session(status="cancelled", cancelled_at=in_days(-1))
        elif status == "over":
            session = make_session(starts_at=in_days(-3))
        else:
            session = make_session(capacity=None)
    words = {
        "cancelled": "This date is cancelled.", "over": "This date is over.",
        "none": "people just come",
    }[status]  # fmt: skip
    for answer in (clerk.get(desk(session)), clerk.post(desk(session), filled())):
        assert answer.status_code in {404, 409}
    assert words in clerk.get(desk(session)).content.decode()
    with bind(srem):
        assert not Booking.objects.exists()


def test_a_person_who_was_merged_or_erased_is_not_booked(
    srem: Tenant, clerk: SiteClient, session: Session
) -> None:
    gone = clerk.post(desk(session), filled(person=str(uuid4())))
    assert gone.status_code == 404
    assert clerk.get(desk(session, f"{uuid4()}/")).status_code == 404


def test_today_still_takes_callers(srem: Tenant, clerk: SiteClient) -> None:
    """Booking on the site has ended two hours before; the telephone has not."""
    with bind(srem):
        session = make_session(starts_at=today_at(0), ends_at=in_days(1, hour=0))
    assert clerk.post(desk(session), filled()).status_code == 302


def test_a_caller_is_asked_for_which_date(srem: Tenant, clerk: SiteClient) -> None:
    with bind(srem):
        halina = card("Halina", "Wiśniewska")
        dance = make_session(make_activity("Taniec"), capacity=4)
        course = make_activity("Ceramika", kind="course")
        first, second = make_session(course), make_session(course, starts_at=in_days(20))
        hidden = [
            make_session(make_activity("Spacer", takes_bookings=False), capacity=None),
            make_session(status="cancelled", cancelled_at=in_days(-1)),
            make_session(starts_at=in_days(-2)),
            make_session(make_activity("Szkic", status="draft")),
        ]
    base = "/en/panel/wydarzenia/zapisz/"
    page = clerk.get(base).content.decode()
    assert desk(dance) in page
    assert "Places left: 4" in page
    assert desk(first) in page
    for session in (*hidden, second):
        assert str(session.pk) not in page
    page = clerk.get(f"{base}{halina.pk}/?q=ceram").content.decode()
    assert "What is Halina Wiśniewska booking?" in page
    assert desk(first, f"{halina.pk}/") in page
    assert "Taniec" not in page
    assert "Nothing found for “szachy”" in clerk.get(f"{base}?q=szachy").content.decode()


def test_a_course_takes_callers_until_its_last_date(srem: Tenant, clerk: SiteClient) -> None:
    with bind(srem):
        course = make_activity("Ceramika", kind="course")
        over = make_session(course, starts_at=in_days(-3))
        make_session(course)
    assert "the whole course, 2 dates" in clerk.get(desk(over)).content.decode()
    assert clerk.post(desk(over), filled()).status_code == 302
    with bind(srem):
        assert Participation.objects.get().pool == course.pool
