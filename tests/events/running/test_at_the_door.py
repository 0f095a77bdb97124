"""Who is there: by a tap, by a code, without a booking; and who did not come."""

from uuid import uuid4

import pytest

from events.models import Attendance, CapacityPool, Participation
from portal.accounts.models import Person
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import in_days, make_activity, make_session
from tests.events.running.evening import Evening, booked, card, person_in, pool_of


def written(tenant: Tenant, evening: Evening) -> dict[str, str]:
    """First name → state."""
    with bind(tenant):
        rows = Attendance.objects.filter(session=evening.session)
        return dict(rows.values_list("participation__person__first_name", "state"))


def tap(tenant: Tenant, evening: Evening, first_name: str, what: str = "obecny") -> str:
    with bind(tenant):
        one = Participation.objects.get(pool=evening.session.pool, person__first_name=first_name)
    return evening.url(f"obecnosc/{one.pk}/{what}/")


def test_the_list_stands_in_the_order_of_the_polish_alphabet(
    clerk: SiteClient, evening: Evening
) -> None:
    page = clerk.get(evening.url("obecnosc/")).content.decode()
    order = [page.index(name) for name in ("Lis Bogdan", "Lis Daria", "Łącka Anna", "Łącki Jan")]
    assert order == sorted(order)
    assert page.index("Łącki Jan") < page.index("Żak Zofia")
    assert "people there, of 6 expected" in page
    assert "Ola" not in page  # she waits
    # The list is held up to people at the door.
    assert "600 100 200" not in page
    assert "without steps" not in page


def test_a_tap_writes_it_down_once(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    for _time in range(3):
        answer = clerk.post(tap(srem, evening, "Anna"))
        assert answer.status_code == 302
        assert "#osoba-" in answer.headers["Location"]
    assert written(srem, evening) == {"Anna": "attended"}
    with bind(srem):
        assert AuditEntry.objects.filter(action="attendance.recorded").count() == 1
    page = clerk.get(evening.url("obecnosc/")).content.decode()
    assert "<dd>1</dd>" in page
    assert "Undo" in page


def test_a_tap_is_undone(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    clerk.post(tap(srem, evening, "Anna"))
    for _time in range(2):
        clerk.post(tap(srem, evening, "Anna", "cofnij"))
    assert written(srem, evening) == {}
    with bind(srem):
        assert AuditEntry.objects.filter(action="attendance.undone").count() == 1


def test_excused_and_late_comers(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    clerk.post(tap(srem, evening, "Anna", "usprawiedliwiony"))
    clerk.post(tap(srem, evening, "Jan", "nieobecny"))
    assert written(srem, evening) == {"Anna": "excused", "Jan": "no_show"}
    clerk.post(tap(srem, evening, "Jan", "obecny"))
    assert written(srem, evening)["Jan"] == "attended"
    assert clerk.post(tap(srem, evening, "Jan", "nie-wiadomo")).status_code == 404


def test_whoever_gave_the_place_back_is_not_there(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    address = tap(srem, evening, "Anna")
    with bind(srem):
        person_in(evening.anna, "Anna")
        evening.anna.participations.update(status="cancelled_by_participant", place=None)
    assert "has no place on the list" in clerk.post(address, follow=True).content.decode()
    assert written(srem, evening) == {}


def test_nobody_is_there_before_the_day(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    with bind(srem):
        booking = booked(evening.other, card("Iga", "Sól"))
        one = person_in(booking, "Iga")
    base = f"/en/panel/wydarzenia/termin/{evening.other.pk}/obecnosc/"
    page = clerk.get(base).content.decode()
    assert "It is not the day yet." in page
    assert "Was there" not in page
    refused = clerk.post(f"{base}{one.pk}/obecny/", follow=True).content.decode()
    assert "Nobody can be checked in before the day itself" in refused
    clerk.post(f"{base}{one.pk}/usprawiedliwiony/")
    with bind(srem):
        assert Attendance.objects.get().state == "excused"


def test_of_a_cancelled_date_nothing_is_written_down(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        evening.session.status, evening.session.cancelled_at = "cancelled", in_days(0)
        evening.session.save()
    page = clerk.post(tap(srem, evening, "Anna"), follow=True).content.decode()
    assert "This date is cancelled." in page
    assert written(srem, evening) == {}


def test_the_rest_did_not_come(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    clerk.post(tap(srem, evening, "Anna"))
    clerk.post(tap(srem, evening, "Jan", "usprawiedliwiony"))
    address = evening.url("obecnosc/koniec/")
    page = clerk.get(address).content.decode()
    assert "4 people did not come?" in page
    assert "Łącka" not in page
    done = clerk.post(address, follow=True).content.decode()
    assert "Written down: 4 people did not come." in done
    states = written(srem, evening)
    assert sorted(states.values()) == ["attended", "excused", *["no_show"] * 4]
    with bind(srem):
        noted = AuditEntry.objects.filter(action="attendance.recorded", details__state="no_show")
        assert noted.count() == 4
    assert "Everybody is written down." in clerk.post(address, follow=True).content.decode()


def test_nobody_is_missing_before_it_begins(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        booked(evening.other, card("Iga", "Sól"))
    address = f"/en/panel/wydarzenia/termin/{evening.other.pk}/obecnosc/koniec/"
    assert "nobody is missing" in clerk.post(address, follow=True).content.decode()
    with bind(srem):
        assert not Attendance.objects.exists()


# The code


def test_a_typed_code_leads_to_who_it_is(clerk: SiteClient, evening: Evening) -> None:
    typed = evening.anna.readable_code.lower()
    answer = clerk.get(f"/en/panel/wydarzenia/kod/?kod={typed}", follow=True)
    page = answer.content.decode()
    for words in ("Anna Łącka", "Jan Łącki", "Today, 0:00–0:00", "They are there"):
        assert words in page, words


def test_looking_at_a_code_writes_nothing(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    clerk.get(f"/en/panel/wydarzenia/kod/{evening.anna.code}/")
    assert written(srem, evening) == {}


def test_those_who_are_ticked_are_there(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    with bind(srem):
        jan = person_in(evening.anna, "Jan")
    address = f"/en/panel/wydarzenia/kod/{evening.anna.code}/{evening.session.pk}/"
    nobody = clerk.post(address, follow=True).content.decode()
    assert "Tick who is there." in nobody
    for _time in range(2):
        page = clerk.post(address, {"people": [str(jan.pk)]}, follow=True).content.decode()
        assert "Jan Łącki is there." in page
    with bind(srem):
        row = Attendance.objects.get()
        assert row.participation == jan
        assert row.means == Attendance.Means.CODE


def test_nobody_of_another_booking_comes_in_by_this_code(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        zofia = person_in(evening.zofia, "Zofia")
    clerk.post(
        f"/en/panel/wydarzenia/kod/{evening.anna.code}/{evening.session.pk}/",
        {"people": [str(zofia.pk)]},
    )
    assert written(srem, evening) == {}


def test_a_code_of_another_date_does_not_open_this_one(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        booking = booked(evening.other, card("Iga", "Sól"))
        one = person_in(booking, "Iga")
    page = clerk.get(f"/en/panel/wydarzenia/kod/{booking.code}/").content.decode()
    assert "Not today. Their date:" in page
    refused = clerk.post(
        f"/en/panel/wydarzenia/kod/{booking.code}/{evening.session.pk}/",
        {"people": [str(one.pk)]}, follow=True,
    ).content.decode()  # fmt: skip
    assert "booked for another date" in refused
    assert written(srem, evening) == {}


@pytest.mark.parametrize("state", ["waiting", "gone"])
def test_who_has_no_place_is_said_in_words(state: str, clerk: SiteClient, evening: Evening) -> None:
    booking = {"waiting": evening.waiting, "gone": evening.gone}[state]
    page = clerk.get(f"/en/panel/wydarzenia/kod/{booking.code}/").content.decode()
    words = {"waiting": "They are on the waiting list", "gone": "This booking was given back"}
    assert words[state] in page


def test_a_code_nobody_has_and_one_of_another_gmina(
    clerk: SiteClient, kety: Tenant, evening: Evening
) -> None:
    unknown = clerk.get("/en/panel/wydarzenia/kod/ZZZZZZ/")
    assert unknown.status_code == 404
    assert "No booking has this number" in unknown.content.decode()
    neighbour = SiteClient(kety)
    neighbour.log_in("osl")
    answer = neighbour.get(f"/en/panel/wydarzenia/kod/{evening.anna.code}/")
    assert answer.status_code == 404
    assert "Łącka" not in answer.content.decode()
    assert "Number on the slip" in clerk.get("/en/panel/wydarzenia/kod/").content.decode()


# Without a booking


def at_the_door(**given: str) -> dict[str, str]:
    return {"first_name": "Adam", "last_name": "Nowy", "phone": "", "key": str(uuid4()), **given}


def test_somebody_without_a_booking_is_there(clerk: SiteClient, srem: Tenant) -> None:
    with bind(srem):
        session = make_session(starts_at=in_days(0, hour=0), ends_at=in_days(1, hour=0), capacity=2)
    base = f"/en/panel/wydarzenia/termin/{session.pk}/obecnosc/"
    form = at_the_door()
    for _time in range(2):
        page = clerk.post(f"{base}bez-zapisu/", form, follow=True).content.decode()
        assert "Adam Nowy is on the list, and there." in page
    with bind(srem):
        row = Attendance.objects.get()
        assert row.means == Attendance.Means.WALK_IN
        assert row.participation.status == Participation.Status.CONFIRMED
        assert Person.objects.filter(last_name="Nowy").count() == 1
        assert pool_of(session).taken == 1
        assert AuditEntry.objects.filter(action="walk_in.added").count() == 1


def test_a_known_person_is_not_made_twice(clerk: SiteClient, srem: Tenant) -> None:
    with bind(srem):
        session = make_session(starts_at=in_days(0, hour=0), ends_at=in_days(1, hour=0))
        adam = card("Adam", "Nowy", phone="+48600100200", channel="sms")
    base = f"/en/panel/wydarzenia/termin/{session.pk}/obecnosc/bez-zapisu/"
    clerk.post(base, at_the_door(phone="600 100 200"))
    with bind(srem):
        assert Participation.objects.get().person == adam
    again = clerk.post(base, at_the_door(phone="600 100 200"))
    assert again.status_code == 409
    assert "Already on this list: Adam Nowy." in again.content.decode()


def test_when_it_is_full_one_more_chair_is_asked_for(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        evening.waiting.participations.update(status="cancelled_by_participant")
        evening.waiting.entry.state = "left"
        evening.waiting.entry.save()
    address = evening.url("obecnosc/bez-zapisu/")
    form = at_the_door()
    full = clerk.post(address, form)
    assert full.status_code == 409
    page = full.content.decode()
    assert "No places are left." in page
    assert "Raise the limit to 7 and write them down" in page
    assert 'value="Nowy"' in page
    with bind(srem):
        assert evening.pool.capacity == 6
        assert not Person.objects.filter(last_name="Nowy").exists()
    for _time in range(2):
        clerk.post(f"{address}jeszcze-jedno-miejsce/", form)
    with bind(srem):
        assert (evening.pool.capacity, evening.pool.taken) == (7, 7)
    assert written(srem, evening) == {"Adam": "attended"}


def test_a_place_kept_for_callers_is_given_at_the_door(clerk: SiteClient, srem: Tenant) -> None:
    with bind(srem):
        session = make_session(starts_at=in_days(0, hour=0), ends_at=in_days(1, hour=0), capacity=0)
        kept = CapacityPool.objects.create(purpose="desk", main=session.pool, capacity=1)
    clerk.post(f"/en/panel/wydarzenia/termin/{session.pk}/obecnosc/bez-zapisu/", at_the_door())
    with bind(srem):
        kept.refresh_from_db()
        assert kept.taken == 1
        assert Participation.objects.get().place == kept


def test_nobody_walks_in_on_another_day(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    address = f"/en/panel/wydarzenia/termin/{evening.other.pk}/obecnosc/bez-zapisu/"
    assert "before the day itself" in clerk.post(address, at_the_door()).content.decode()
    assert (
        "This field is required."
        in clerk.post(address, at_the_door(first_name="")).content.decode()
    )
    with bind(srem):
        assert not Person.objects.filter(last_name="Nowy").exists()


def test_each_date_of_a_course_is_ticked_by_itself(clerk: SiteClient, srem: Tenant) -> None:
    with bind(srem):
        course = make_activity(kind="course")
        first = make_session(course, starts_at=in_days(-1), ends_at=in_days(-1, hour=12))
        second = make_session(course, starts_at=in_days(0, hour=0), ends_at=in_days(1, hour=0))
        one = person_in(booked(second, card("Iga", "Sól")), "Iga")
    for session, what in ((first, "nieobecny"), (second, "obecny")):
        clerk.post(f"/en/panel/wydarzenia/termin/{session.pk}/obecnosc/{one.pk}/{what}/")
    with bind(srem):
        states = {row.session_id: row.state for row in one.attendances.all()}
        assert states == {first.pk: "no_show", second.pk: "attended"}
