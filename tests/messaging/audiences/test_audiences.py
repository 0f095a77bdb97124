"""Who is in each group an organiser can write to."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions.cancel_booking import cancel_booking
from portal.accounts.actions.add_guardian import add_guardian
from portal.accounts.actions.merge_people import merge_people
from portal.accounts.models import Person, User
from portal.messaging.audiences import (
    Named,
    NoSuchAudience,
    audience,
    audiences_for,
    name_of,
    people_in,
)
from tenants.models import Tenant
from tests.events.engine.booking_forms import a_clerk, at_desk, pool_of
from tests.events.making import in_days, make_activity, make_session
from tests.messaging.audiences.talking import make_course, names, people
from tests.volunteering.making import (
    make_district,
    make_opportunity,
    make_person,
    make_volunteer,
)
from volunteering.models import Application, Opportunity, VolunteerProfile

EVENTS = ("events.session", "events.course", "events.series", "events.waiting_list")
VOLUNTEERS = ("volunteering.applicants", "volunteering.skill", "volunteering.area")


def apply(opportunity: Opportunity, profile: VolunteerProfile, status: str) -> None:
    Application.objects.create(opportunity=opportunity, profile=profile, status=status)


# Dates and courses


def test_date_has_whoever_booked_and_not_who_cancelled_or_waits(here: Tenant) -> None:
    session = make_session(capacity=2)
    pool = pool_of(session)
    at_desk(pool, make_person("Ewa Kos"))
    gone = at_desk(pool, make_person("Jan Lis"))
    cancel_booking(booking=gone, acting_user=a_clerk())
    at_desk(pool, make_person("Ola Wilk"))
    at_desk(pool, make_person("Adam Bór"), wait_if_full=True)
    assert names("events.session", session.pk) == ["Ewa Kos", "Ola Wilk"]
    assert names("events.waiting_list", session.pk) == ["Adam Bór"]


def test_parent_who_booked_for_a_child_gets_it_once(here: Tenant) -> None:
    mother, child = make_person("Anna Nowak"), make_person("Staś Nowak", phone="", channel="")
    add_guardian(ward=child, guardian=mother, kind="parent", acting_user=a_clerk())
    session = make_session()
    at_desk(pool_of(session), mother, "Staś Nowak")
    assert names("events.session", session.pk) == ["Anna Nowak"]


def test_course_is_written_to_by_any_of_its_dates(here: Tenant) -> None:
    ewa = make_person("Ewa Kos")
    course = make_course(ewa)
    second = make_session(course, starts_at=in_days(17))
    assert people("events.session", second.pk) == people("events.course", course.pk) == [ewa]


def test_waiting_list_of_a_course(here: Tenant) -> None:
    course = make_activity("Gotowanie", kind="course", capacity=1)
    make_session(course)
    at_desk(pool_of(course), make_person("Ewa Kos"))
    at_desk(pool_of(course), make_person("Jan Lis"), wait_if_full=True)
    assert names("events.waiting_list", course.pk) == ["Jan Lis"]
    assert name_of(Named(key="events.waiting_list", of=str(course.pk))) == "Waiting list: Gotowanie"


def test_series_has_people_of_the_dates_to_come_once(here: Tenant) -> None:
    activity = make_activity()
    ewa, late = make_person("Ewa Kos"), make_person("Jan Lis")
    over, *coming = (make_session(activity, starts_at=in_days(day)) for day in (3, 4, 11))
    at_desk(pool_of(over), late)
    for session in coming:
        at_desk(pool_of(session), ewa)
    over.starts_at, over.ends_at = in_days(-2), in_days(-2, 12)
    over.save()
    assert people("events.series", activity.pk) == [ewa]


def test_somebody_in_three_groups_is_one_person(here: Tenant) -> None:
    profile = make_volunteer("Ewa Kos", skills=["driving"])
    course = make_course(profile.person)
    session = make_session(starts_at=in_days(4))
    at_desk(pool_of(session), profile.person)
    chosen = [
        Named(key="events.course", of=str(course.pk)),
        Named(key="events.session", of=str(session.pk)),
        Named(key="volunteering.skill", of="driving"),
    ]
    assert list(people_in(chosen)) == [profile.person]


def test_merged_person_is_whoever_they_are_now_and_erased_one_nobody(here: Tenant) -> None:
    kept, double, erased = (make_person(name) for name in ("Ewa Kos", "Ewa Koss", "Jan Lis"))
    course = make_course(double, erased)
    merge_people(kept=kept, merged=double, acting_user=a_clerk())
    Person.objects.filter(pk=erased.pk).update(
        phone="", channel="", erased_at=in_days(0), household=None
    )
    assert people("events.course", course.pk) == [kept]


# Volunteers


def test_applicants_without_those_declined_or_withdrawn(here: Tenant) -> None:
    opportunity = make_opportunity()
    for name, status in (
        ("Ewa Kos", "applied"), ("Jan Lis", "accepted"), ("Ola Wilk", "declined"),
        ("Adam Bór", "withdrawn"),
    ):  # fmt: skip
        apply(opportunity, make_volunteer(name), status)
    assert names("volunteering.applicants", opportunity.pk) == ["Ewa Kos", "Jan Lis"]


def test_active_volunteers_by_skill_and_by_area(here: Tenant) -> None:
    far = make_district("Zalesie")
    make_volunteer("Ewa Kos", skills=["driving"])
    make_volunteer("Jan Lis", skills=["driving", "garden"], district=far)
    make_volunteer("Ola Wilk", skills=["driving"], district=far, status="paused")
    assert names("volunteering.skill", "driving") == ["Ewa Kos", "Jan Lis"]
    assert names("volunteering.area", far.pk) == ["Jan Lis"]
    assert name_of(Named(key="volunteering.area", of=str(far.pk))) == "Volunteers: Zalesie"


# Choosing


def test_nearest_date_comes_first_and_words_find_others(here: Tenant) -> None:
    later, sooner = make_session(), make_session(starts_at=in_days(2))
    garden = make_session(make_activity("Żywopłot i róże"), starts_at=in_days(30))
    draft = make_session(make_activity("Szkic", status="draft"))
    choices = audience("events.session").choices
    assert [one.of for one in choices("")] == [str(one.pk) for one in (sooner, later, garden)]
    assert [one.of for one in choices("żywopłot")] == [str(garden.pk)]
    assert str(draft.pk) not in {one.of for one in choices("szkic")}


def test_lists_to_choose_from_take_few_queries_and_stay_short(here: Tenant) -> None:
    waiter, profile = make_person("Jan Lis"), make_volunteer()
    for day in range(1, 23):
        make_session(starts_at=in_days(day))
    for day in (23, 24):
        course = make_activity("Kurs", kind="course", capacity=1)
        make_session(course, starts_at=in_days(day))
        at_desk(pool_of(course), make_person())
        at_desk(pool_of(course), waiter, wait_if_full=True)
        apply(make_opportunity(), profile, "applied")
    for key in (*EVENTS, *VOLUNTEERS):
        with CaptureQueriesContext(connection) as queries:
            found = audience(key).choices("")
        assert 0 < len(found) <= 20, key
        assert len(queries) <= 4, key


@pytest.mark.parametrize("key", [*EVENTS, *VOLUNTEERS])
def test_group_of_something_that_is_gone_is_no_group(here: Tenant, key: str) -> None:
    for of in (str(uuid4()), "drop table"):
        with pytest.raises(NoSuchAudience):
            name_of(Named(key=key, of=of))


def test_editor_and_resident_write_to_nobody(here: Tenant) -> None:
    def groups_of(role: str) -> set[str]:
        user = User.objects.get(email=f"{role}@{here.schema_name}.example")
        return {one.key for one in audiences_for(user)}

    assert {*EVENTS, *VOLUNTEERS} <= groups_of("osl")
    assert not groups_of("editor") | groups_of("resident") | groups_of("dpo")
