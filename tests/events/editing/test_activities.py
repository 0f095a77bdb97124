"""An activity from its first words to the day it is taken down, through the panel."""

from typing import Any

import pytest

from events.models import (
    Activity,
    CapacityPool,
    Session,
)
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.pages import BASE, one, page
from tests.events.making import in_days, make_activity, make_place, make_session
from tests.events.running.evening import booked, card

RULES = {
    "kind": "one_off", "organisation": "", "contact": "", "project": "", "audience": "everybody",
    "age_min": "", "age_max": "", "fee": "0", "fee_note": "", "takes_bookings": "on",
    "party_limit": "6", "opens_days_before": "", "closes_hours_before": "2",
    "cancel_hours_before": "24",
}  # fmt: skip


def test_an_activity_is_begun_with_a_few_words_and_says_what_it_lacks(
    srem: Tenant, office: SiteClient
) -> None:
    answer = office.post(
        f"{BASE}dodaj/",
        {"title": "Śpiew przy herbacie", "lead": "", "kind": "one_off", "audience": "seniors"},
        follow=True,
    )
    text = page(answer)
    for lacking in ("words in Polish", "at least one date to come"):
        assert lacking in text
    assert (
        'name="csrfmiddlewaretoken"' not in text.partition('id="dates"')[0]
    )  # no button to publish
    with bind(srem):
        begun = Activity.objects.get()
        assert (begun.slug, begun.status, begun.audience) == (
            "spiew-przy-herbacie",
            "draft",
            "seniors",
        )
        assert not begun.texts.get().live
        assert AuditEntry.objects.filter(action="activity.saved", object_id=begun.pk).exists()


def test_two_activities_of_one_title_have_two_addresses(srem: Tenant, office: SiteClient) -> None:
    for _ in range(2):
        office.post(
            f"{BASE}dodaj/", {"title": "Termin", "kind": "one_off", "audience": "everybody"}
        )
    with bind(srem):
        # „termin” is the first word of other addresses.
        assert set(Activity.objects.values_list("slug", flat=True)) == {"termin-2", "termin-3"}


def test_a_missing_title_is_asked_for_and_the_rest_is_kept(office: SiteClient) -> None:
    answer = office.post(
        f"{BASE}dodaj/", {"lead": "Zostaję", "kind": "course", "audience": "everybody"}
    )
    assert answer.status_code == 422
    assert "Write the title." in page(answer)
    assert "Zostaję" in page(answer)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"age_min": "65", "age_max": "60"}, "The oldest age comes before the youngest."),
        ({"age_min": "600"}, "Write a number from 0 to 120."),
        ({"party_limit": "0"}, "Write a number from 1 to 20."),
        ({"closes_hours_before": "9999"}, "Write a number from 0 to 720."),
        ({"fee": "-5"}, "greater than or equal to 0"),
        ({"kind": "course"}, "Remove the dates first."),
    ],
)
def test_rules_that_cannot_be_are_refused_in_words(
    typed: dict[str, str], words: str, srem: Tenant, office: SiteClient, draft: Activity
) -> None:
    answer = office.post(one(draft, "zasady/"), {**RULES, "fee_note": "Na miejscu", **typed})
    assert answer.status_code == 422
    assert page(answer).count(words) == 2  # in the summary and at the field
    assert "Na miejscu" in page(answer)
    with bind(srem):
        draft.refresh_from_db()
        assert (draft.age_min, draft.fee_note, draft.kind) == (None, "", "one_off")


def test_rules_are_saved(srem: Tenant, office: SiteClient, draft: Activity) -> None:
    office.post(one(draft, "zasady/"), {**RULES, "age_min": "60", "fee": "12.50"})
    with bind(srem):
        draft.refresh_from_db()
        assert (draft.age_min, str(draft.fee)) == (60, "12.50")
    assert "aged 60 or more" in page(office.get(one(draft)))


def test_bookings_are_not_switched_off_over_the_heads_of_those_who_are_booked(
    srem: Tenant, office: SiteClient
) -> None:
    with bind(srem):
        session = make_session()
        booked(session, card("Anna", "Łącka"))
    rules = {key: value for key, value in RULES.items() if key != "takes_bookings"}
    answer = office.post(one(session.activity, "zasady/"), {**rules, "kind": "open_series"})
    assert answer.status_code == 422
    assert "1 person is booked on a date to come" in page(answer)


def test_publishing_shows_words_and_dates_together(
    srem: Tenant, office: SiteClient, draft: Activity
) -> None:
    public = f"/en/wydarzenia/{draft.slug}/"
    assert SiteClient(srem).get(public).status_code == 404
    for _ in range(2):  # pressed twice
        answer = office.post(one(draft, "opublikuj/"), follow=True)
        assert "Published: everybody sees it now." in page(answer)
    with bind(srem):
        assert draft.texts.get().live
        assert Session.objects.get().status == "published"
        assert AuditEntry.objects.filter(action="activity.published").count() == 1
    assert "Gimnastyka na krześle" in page(SiteClient(srem).get(public))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda a: a.sessions.all().delete(), "at least one date to come"),
        (lambda a: a.texts.update(lead="", body=""), "words in Polish"),
        (lambda a: a.sessions.update(place=None), "the place of every date"),
        (lambda a: a.sessions.update(pool=None), "the number of places of every date"),
    ],
)
def test_what_is_not_ready_is_not_published(
    spoil: Any, words: str, srem: Tenant, office: SiteClient, draft: Activity
) -> None:
    with bind(srem):
        spoil(draft)
    assert words in page(office.get(one(draft)))
    answer = page(office.post(one(draft, "opublikuj/"), follow=True))
    assert "Still missing: " in answer
    with bind(srem):
        draft.refresh_from_db()
        assert draft.status == "draft"


def test_taking_down_waits_until_nobody_is_booked(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        session = make_session()
        booking = booked(session, card("Anna", "Łącka"))
    path = one(session.activity, "zdejmij/")
    assert "Cancel the dates" in page(office.get(path))
    assert "Cancel the dates first" in page(office.post(path, follow=True))
    with bind(srem):
        booking.participations.update(status="cancelled_by_participant", place=None)
    office.post(path)
    public = f"/en/wydarzenia/{session.activity.slug}/"
    assert SiteClient(srem).get(public).status_code == 404
    with bind(srem):
        session.activity.refresh_from_db()
        assert session.activity.status == "withdrawn"
        session.place = make_place()
        session.save()
    office.post(one(session.activity, "opublikuj/"))
    assert SiteClient(srem).get(public).status_code == 200


def test_only_a_draft_is_removed(srem: Tenant, office: SiteClient, draft: Activity) -> None:
    with bind(srem):
        public = make_session().activity
    assert "This cannot be undone" in page(office.get(one(draft, "usun/")))
    office.post(one(draft, "usun/"))
    refused = page(office.post(one(public, "usun/"), follow=True))
    assert "the state is “published”" in refused
    with bind(srem):
        assert list(Activity.objects.all()) == [public]


def test_activities_are_found_by_title_and_state(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        make_session(make_activity("Śpiew chóralny", slug="spiew-choralny"), starts_at=in_days(3))
        make_activity("Szachy", slug="szachy", status="draft")
    path = f"{BASE}zajecia/"
    found = page(office.get(f"{path}?q=spiew"))
    assert "Śpiew chóralny" in found
    assert "Szachy" not in found
    assert "Szachy" in page(office.get(f"{path}?stan=draft"))
    assert "No such activity" in page(office.get(f"{path}?q=qqq"))


def test_many_activities_cost_what_a_few_do(
    srem: Tenant, office: SiteClient, django_assert_max_num_queries: Any
) -> None:
    with bind(srem):
        for number in range(30):
            make_session(make_activity(f"Zajęcia {number}"))
    office.get(f"{BASE}zajecia/")
    with django_assert_max_num_queries(20):
        assert 'rel="next"' in page(office.get(f"{BASE}zajecia/"))


def test_the_page_of_an_activity_costs_the_same_with_many_dates(
    srem: Tenant, office: SiteClient, django_assert_max_num_queries: Any
) -> None:
    with bind(srem):
        place, activity = make_place(), make_activity()
        for number in range(60):
            make_session(activity, starts_at=in_days(number + 1), place=place)
    office.get(one(activity))
    with django_assert_max_num_queries(25):
        text = page(office.get(one(activity)))
    assert text.count("places taken") == 25
    assert 'rel="next"' in text


def test_a_course_that_is_none_after_all_forgets_its_places(
    srem: Tenant, office: SiteClient
) -> None:
    with bind(srem):
        course = make_activity("Kurs", kind="course", status="draft")
    office.post(one(course, "zasady/"), RULES)
    with bind(srem):
        course.refresh_from_db()
        assert (course.kind, course.pool) == ("one_off", None)
        assert not CapacityPool.objects.exists()
