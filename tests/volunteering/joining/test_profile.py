"""``/konto/wolontariat/``: how it stands, changing answers, breaks, days away, leaving."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.audit.models import AuditEntry
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.joining.joiner import OWN, title, words
from tests.volunteering.making import (
    make_assignment,
    make_invitation,
    make_person,
    make_request,
    make_volunteer,
)
from volunteering.breaks import end_breaks
from volunteering.models import Absence, VolunteerProfile

QUERIES = 24
TODAY = timezone.localdate


def test_whoever_is_no_volunteer_is_invited(srem: Tenant) -> None:
    client = SiteClient(srem)
    client.log_in("resident")
    assert "not open yet" in words(client.get(OWN))
    assert "My volunteering" in words(client.get("/en/konto/"))
    for page in ("przerwa", "nieobecnosc", "odejdz", "zmien/jezyki"):
        assert client.get(f"{OWN}{page}/").headers["Location"] == OWN


def test_the_state_and_the_next_step_are_in_words(
    srem: Tenant, volunteer: SiteClient, own: VolunteerProfile
) -> None:
    assert "we will ask you" in words(volunteer.get(OWN))
    with bind(srem):
        own.agreements.all().delete()
    assert "an agreement with the office" in words(volunteer.get(OWN))
    with bind(srem):
        VolunteerProfile.objects.update(status="applied")
    assert "will get in touch to meet you" in words(volunteer.get(OWN))
    assert "I need a break" not in words(volunteer.get(OWN))


CHANGES = [
    ("umiejetnosci", {"skills": ["garden"]}, "skills", ["garden"]),
    ("jezyki", {"languages": ["en"]}, "languages", ["en"]),
    ("dojazd", {"transport": "car"}, "transport", "car"),
    ("godziny", {"weekly_hours": "8"}, "weekly_hours", 8),
    ("dzieci", {"with_children": "tak"}, "with_children", True),
    ("uwagi", {"about": "Mam rower."}, "about", "Mam rower."),
]


def test_an_answer_is_changed_at_once(
    srem: Tenant, volunteer: SiteClient, own: VolunteerProfile
) -> None:
    for question, answer, field, value in CHANGES:
        response = volunteer.post(f"{OWN}zmien/{question}/", answer, follow=True)
        assert "Saved." in words(response)
        with bind(srem):
            own.refresh_from_db()
            assert getattr(own, field) == value
    with bind(srem):
        entries = AuditEntry.objects.filter(action="volunteer.changed").order_by("at", "id")
        assert [one.details["parts"] for one in entries] == [
            [field] for _q, _a, field, _v in CHANGES
        ]


def test_the_week_and_the_area_are_changed(
    srem: Tenant, volunteer: SiteClient, own: VolunteerProfile
) -> None:
    assert volunteer.get(f"{OWN}zmien/kiedy/").content.decode().count("checked") == 21
    volunteer.post(f"{OWN}zmien/kiedy/", {"slots": ["6-wieczor"]})
    volunteer.post(f"{OWN}zmien/okolica/", {"district": str(own.district_id), "radius_km": "cala"})
    with bind(srem):
        assert list(own.windows.values_list("weekday", "starts", "ends")) == [(6, 960, 1200)]
        own.refresh_from_db()
        assert own.radius_km is None
    assert "The whole gmina" in words(volunteer.get(OWN))


def test_a_wrong_answer_changes_nothing_and_age_is_the_offices(
    srem: Tenant, volunteer: SiteClient, own: VolunteerProfile
) -> None:
    response = volunteer.post(f"{OWN}zmien/jezyki/", {})
    assert response.status_code == 422
    assert title(response).startswith("Error:")
    assert volunteer.get(f"{OWN}zmien/wiek/").status_code == 404
    assert volunteer.post(f"{OWN}zmien/wiek/", {"age": "dorosla"}).status_code == 404
    with bind(srem):
        own.refresh_from_db()
        assert own.languages == ["pl"]


def test_what_the_office_wrote_down_can_be_left_as_it_is(
    srem: Tenant, volunteer: SiteClient, own: VolunteerProfile
) -> None:
    with bind(srem):
        VolunteerProfile.objects.update(weekly_hours=7, radius_km=2)
    assert "7 hours" in words(volunteer.get(f"{OWN}zmien/godziny/"))
    assert "up to 2 km" in words(volunteer.get(f"{OWN}zmien/okolica/")).lower()
    volunteer.post(f"{OWN}zmien/okolica/", {"district": str(own.district_id), "radius_km": "2"})
    with bind(srem):
        own.refresh_from_db()
        assert (own.weekly_hours, own.radius_km) == (7, 2)


def test_a_break_without_an_end(srem: Tenant, volunteer: SiteClient, own: VolunteerProfile) -> None:
    page = volunteer.post(f"{OWN}przerwa/", {"ends": "otwarta"}, follow=True)
    assert "You have a break until you say that you are back." in words(page)
    volunteer.post(f"{OWN}przerwa/", {"ends": "otwarta"})
    with bind(srem):
        assert AuditEntry.objects.filter(action="volunteer.paused").count() == 1
    for _again in range(2):
        page = volunteer.post(f"{OWN}wracam/", follow=True)
        assert "Good to have you back." in words(page)
    with bind(srem):
        own.refresh_from_db()
        assert own.status == "active"
        assert AuditEntry.objects.filter(action="volunteer.resumed").count() == 1
    assert volunteer.get(f"{OWN}wracam/").status_code == 405


def test_a_break_until_a_day_ends_by_itself(
    srem: Tenant, volunteer: SiteClient, own: VolunteerProfile
) -> None:
    today = TODAY()
    volunteer.post(f"{OWN}przerwa/", {"ends": "do-dnia", "until": today.isoformat()})
    with bind(srem):
        end_breaks()
        own.refresh_from_db()
        assert (own.status, own.paused_until) == ("paused", today)
        VolunteerProfile.objects.update(paused_until=today - timedelta(days=1))
        end_breaks()
        end_breaks()
        own.refresh_from_db()
        assert (own.status, own.paused_until) == ("active", None)
        assert Delivery.objects.filter(message__kind="volunteering/break_over").exists()


def test_a_break_that_makes_no_sense(
    srem: Tenant, volunteer: SiteClient, own: VolunteerProfile
) -> None:
    for form, said in (
        ({}, "Choose how long your break is."),
        ({"ends": "do-dnia"}, "Write the last day of the break."),
        ({"ends": "do-dnia", "until": "2020-01-01"}, "This day is over."),
    ):
        response = volunteer.post(f"{OWN}przerwa/", form)
        assert response.status_code == 422
        assert said in words(response)
    with bind(srem):
        own.refresh_from_db()
        assert own.status == "active"


def test_days_away(srem: Tenant, volunteer: SiteClient, own: VolunteerProfile) -> None:
    today = TODAY()
    days = {
        "first_on": (today + timedelta(days=3)).isoformat(),
        "last_on": (today + timedelta(days=9)).isoformat(),
    }
    with bind(srem):
        Absence.objects.create(
            profile=own, first_on=today - timedelta(days=9), last_on=today - timedelta(days=2)
        )
    for _twice in range(2):
        assert "Saved." in words(volunteer.post(f"{OWN}nieobecnosc/", days, follow=True))
    body = volunteer.get(OWN).content.decode()
    assert body.count("Remove <span") == 1
    with bind(srem):
        absence = own.absences.get(last_on__gt=today)
    url = f"{OWN}nieobecnosc/{absence.pk}/usun/"
    assert "Removed." in words(volunteer.post(url, follow=True))
    assert volunteer.post(url).status_code == 404
    assert volunteer.get(OWN).content.decode().count("Remove <span") == 0


def test_days_away_that_make_no_sense_and_with_a_task(
    srem: Tenant, volunteer: SiteClient, own: VolunteerProfile
) -> None:
    today = TODAY()
    for first_on, last_on, said in (
        (today + timedelta(days=3), today, "The last day comes before the first."),
        (today - timedelta(days=3), today - timedelta(days=1), "These days are over."),
    ):
        response = volunteer.post(
            f"{OWN}nieobecnosc/", {"first_on": first_on.isoformat(), "last_on": str(last_on)}
        )
        assert response.status_code == 422
        assert said in words(response)
    with bind(srem):
        make_assignment(make_request(), own)
    days = {"first_on": str(today), "last_on": str(today + timedelta(days=30))}
    assert "You have a task on those days." in words(
        volunteer.post(f"{OWN}nieobecnosc/", days, follow=True)
    )


def test_days_of_somebody_else_are_not_found(
    srem: Tenant, kety: Tenant, volunteer: SiteClient, own: VolunteerProfile
) -> None:
    with bind(srem):
        other = Absence.objects.create(
            profile=make_volunteer("Jan Lis"), first_on=TODAY(), last_on=TODAY()
        )
    assert volunteer.post(f"{OWN}nieobecnosc/{other.pk}/usun/").status_code == 404
    assert volunteer.post(f"{OWN}nieobecnosc/{uuid4()}/usun/").status_code == 404
    with bind(srem):
        assert Absence.objects.filter(pk=other.pk).exists()
    neighbour = SiteClient(kety)
    neighbour.log_in("resident")
    assert "What you told us" not in words(neighbour.get(OWN))


def test_leaving_asks_first_and_waits_for_tasks(
    srem: Tenant, volunteer: SiteClient, own: VolunteerProfile
) -> None:
    with bind(srem):
        task = make_assignment(make_request(), own)
        asked = make_invitation(make_request(), own)
    assert volunteer.get(f"{OWN}odejdz/").status_code == 200
    refused = volunteer.post(f"{OWN}odejdz/")
    assert refused.status_code == 409
    assert 'data-code="has_tasks"' in refused.content.decode()
    with bind(srem):
        task.delete()
    left = volunteer.post(f"{OWN}odejdz/", follow=True)
    assert "You have left volunteering." in words(left)
    assert volunteer.post(f"{OWN}odejdz/").headers["Location"] == OWN
    with bind(srem):
        own.refresh_from_db()
        asked.refresh_from_db()
        assert (own.status, asked.status) == ("ended", "withdrawn")
        assert AuditEntry.objects.filter(action="volunteer.left").count() == 1


def test_the_page_takes_the_same_queries_with_many_days_away(
    srem: Tenant,
    volunteer: SiteClient,
    own: VolunteerProfile,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with bind(srem):
        for number in range(12):
            day = TODAY() + timedelta(days=number)
            Absence.objects.create(profile=own, first_on=day, last_on=day)
        make_volunteer("Jan Lis", person=make_person("Jan Lis"))
    volunteer.get(OWN)
    with django_assert_max_num_queries(QUERIES):
        page = volunteer.get(OWN)
    assert page.content.decode().count("Remove <span") == 12
