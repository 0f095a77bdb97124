"""My tasks, one task and what is done about it, my hours."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import code, title, words
from tests.volunteering.making import (
    in_days,
    make_assignment,
    make_invitation,
    make_request,
    make_shift,
    make_volunteer,
)
from tests.volunteering.tasks.conftest import PHONE, STREET, SURNAME
from volunteering.actions.share_contact import share_contact
from volunteering.actions.take_shift import take_shift
from volunteering.contact import ContactChoice
from volunteering.models import (
    Assignment,
    Block,
    ContactConsent,
    HelpRequest,
    HoursEntry,
    Invitation,
    Shift,
    VolunteerProfile,
)

TASKS = "/en/konto/zadania/"
HOURS = "/en/konto/godziny/"


@pytest.fixture
def task(srem: Tenant, asked: HelpRequest, profile: VolunteerProfile) -> Assignment:
    with bind(srem):
        return make_assignment(asked, profile)


def page_of(task: Assignment, below: str = "") -> str:
    return f"{TASKS}{task.pk}/{below}"


def was(srem: Tenant, task: Assignment, hours_ago: int = 3) -> None:
    """The task began so long ago, and lasted an hour."""
    starts_at = timezone.now() - timedelta(hours=hours_ago)
    with bind(srem):
        times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
        Assignment.objects.filter(pk=task.pk).update(**times)
        HelpRequest.objects.filter(assignments=task).update(**times, status="arranged")


def other_side_agrees(srem: Tenant, task: Assignment) -> None:
    with bind(srem):
        share_contact(
            assignment=task,
            side=ContactConsent.Side.REQUESTER,
            shows=ContactChoice(phone=True),
            means=ContactConsent.Means.ONLINE,
            acting_user=None,
        )


def test_whoever_is_nobody_logs_in_first(visitor: SiteClient, task: Assignment) -> None:
    for url in (TASKS, HOURS, page_of(task), page_of(task, "godziny/")):
        response = visitor.get(url)
        assert response.status_code == 302
        assert "next=" in response.headers["Location"]


def test_a_quiet_list_says_what_to_do_next(volunteer: SiteClient) -> None:
    assert "Nothing is arranged" in words(volunteer.get(TASKS))
    assert "No hours yet" in words(volunteer.get(HOURS))


def test_the_list_has_what_is_asked_coming_and_over(
    srem: Tenant, volunteer: SiteClient, invitation: Invitation, profile: VolunteerProfile
) -> None:
    with bind(srem):
        make_assignment(make_request(kind="shopping", starts_at=in_days(3)), profile)
        user = User.objects.get(person=profile.person)
        take_shift(shift=make_shift(), profile=profile, acting_user=user)
        make_assignment(make_request(kind="walk", starts_at=in_days(-3)), profile, "done")
    page = words(volunteer.get(TASKS))
    order = [
        "Will you help?", "A visit and a talk", "What is coming", "Shopping or a prescription",
        "Paczki dla seniorów", "What is over", "A walk together", "hours to write down",
    ]  # fmt: skip
    places = [page.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)
    with bind(srem):
        Block.objects.create(person=profile.person, other=invitation.request.requester)
    assert "A visit and a talk" not in words(volunteer.get(TASKS))


def test_many_tasks_take_the_queries_of_few(
    srem: Tenant, volunteer: SiteClient, profile: VolunteerProfile
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as few:
            assert volunteer.get(TASKS).status_code == 200
        return len(few)

    def more(first: int, number: int) -> None:
        with bind(srem):
            for day in range(first, first + number):
                make_assignment(make_request(starts_at=in_days(day)), profile)
                make_assignment(make_request(starts_at=in_days(-day)), profile, "done")
                make_invitation(make_request(starts_at=in_days(day, 15)), profile)

    more(1, 1)
    queries()
    few = queries()
    more(2, 8)
    assert queries() == few
    assert few <= 22


def test_a_task_of_somebody_else_is_not_there(
    srem: Tenant, kety: Tenant, volunteer: SiteClient, asked: HelpRequest, task: Assignment
) -> None:
    with bind(srem):
        theirs = make_assignment(make_request(), make_volunteer("Jan Inny"))
    assert volunteer.get(page_of(theirs)).status_code == 404
    assert volunteer.post(page_of(theirs, "oddaj/")).status_code == 404
    neighbour = SiteClient(kety)
    neighbour.log_in("volunteer")
    assert neighbour.get(page_of(task)).status_code == 404
    resident = SiteClient(srem)
    resident.log_in("resident")
    assert resident.get(page_of(task)).status_code == 404


def test_contact_is_seen_when_both_have_agreed_and_not_after(
    srem: Tenant, volunteer: SiteClient, asked: HelpRequest, task: Assignment
) -> None:
    page = volunteer.get(page_of(task)).content.decode()
    assert "You will see the contact data once both of you have agreed." in page
    other_side_agrees(srem, task)
    for secret in (SURNAME, STREET, "777"):
        assert secret not in volunteer.get(page_of(task)).content.decode()
    volunteer.post(page_of(task, "kontakt/"), {"email": "on"})
    page = volunteer.get(page_of(task)).content.decode()
    assert f"tel:+48{PHONE}" in page
    assert SURNAME not in page
    assert STREET not in page
    with bind(srem):
        mine = ContactConsent.objects.get(side="volunteer")
        assert (mine.shows_email, mine.shows_last_name) == (True, False)
    volunteer.post(page_of(task, "kontakt/ukryj/"))
    assert PHONE not in volunteer.get(page_of(task)).content.decode()
    volunteer.post(page_of(task, "kontakt/"), {})
    assert PHONE in volunteer.get(page_of(task)).content.decode()
    with bind(srem):
        Block.objects.create(person=task.profile.person, other=asked.requester)
    assert PHONE not in volunteer.get(page_of(task)).content.decode()


def test_the_calendar_file_names_nobody(
    srem: Tenant, volunteer: SiteClient, task: Assignment
) -> None:
    other_side_agrees(srem, task)
    volunteer.post(page_of(task, "kontakt/"), {})
    first = volunteer.get(page_of(task, "termin.ics"))
    assert first.headers["Content-Type"].startswith("text/calendar")
    assert first.content == volunteer.get(page_of(task, "termin.ics")).content
    (event,) = Calendar.from_ical(first.content).walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"]) == (task.uid, 0)
    assert event["SUMMARY"] == "Neighbourly help: a visit and a talk"
    assert event["LOCATION"] == "Centrum"
    for secret in (SURNAME, STREET, PHONE, "Halina"):
        assert secret not in first.content.decode()
    volunteer.post(page_of(task, "oddaj/"))
    (event,) = Calendar.from_ical(volunteer.get(page_of(task, "termin.ics")).content).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_giving_back_asks_first_and_is_harmless_twice(
    srem: Tenant, volunteer: SiteClient, task: Assignment
) -> None:
    assert "Can you not come?" in words(volunteer.get(page_of(task, "oddaj/")))
    with bind(srem):
        assert Assignment.objects.get().status == "accepted"
    for _press in range(2):
        page = words(volunteer.post(page_of(task, "oddaj/"), follow=True))
        assert "Thank you for telling us." in page
        assert "You have given this back" in page
    assert volunteer.get(page_of(task, "oddaj/")).status_code == 302


def test_a_shift_is_given_back_and_its_place_is_free(
    srem: Tenant, volunteer: SiteClient, profile: VolunteerProfile
) -> None:
    with bind(srem):
        user = User.objects.get(person=profile.person)
        task = take_shift(shift=make_shift(), profile=profile, acting_user=user)
        assert Shift.objects.get().pool.taken == 1
    page = words(volunteer.get(page_of(task)))
    assert "Your shift" in page
    assert "What may" not in page
    assert b"BEGIN:VEVENT" in volunteer.get(page_of(task, "termin.ics")).content
    volunteer.post(page_of(task, "oddaj/"))
    with bind(srem):
        assert Shift.objects.get().pool.taken == 0


def test_hours_are_written_once_and_counted_by_month(
    srem: Tenant, volunteer: SiteClient, task: Assignment
) -> None:
    assert volunteer.get(page_of(task, "godziny/")).status_code == 302  # it has not begun
    was(srem, task)
    asks = volunteer.get(page_of(task, "godziny/"))
    assert 'name="hours" value="1"' in asks.content.decode()
    for wrong in (
        {"hours": 0, "minutes": 3},
        {"hours": "x", "minutes": 0},
        {"hours": 25, "minutes": 0},
    ):
        response = volunteer.post(page_of(task, "godziny/"), wrong)
        assert response.status_code == 422
        assert title(response).startswith("Error:")
    for _press in range(2):
        response = volunteer.post(page_of(task, "godziny/"), {"hours": 1, "minutes": 30})
        assert response.status_code == 302
    page = words(volunteer.get(page_of(task)))
    assert "You have helped, thank you!" in page
    assert "Your time: 1 h 30 min to be confirmed" in page
    with bind(srem):
        assert Assignment.objects.get().status == "done"
        assert HoursEntry.objects.get().minutes == 90
        HoursEntry.objects.update(status="confirmed", decided_at=timezone.now(), decided_by=task.pk)
    page = words(volunteer.get(HOURS))
    assert "(confirmed: 1 h 30 min)" in page


def test_hours_of_a_shift_wait_for_the_list_of_those_who_came(
    srem: Tenant, volunteer: SiteClient, profile: VolunteerProfile
) -> None:
    with bind(srem):
        shift = make_shift(starts_at=timezone.now() - timedelta(hours=5))
        task = Assignment.objects.create(
            shift=shift, profile=profile, starts_at=shift.starts_at, ends_at=shift.ends_at
        )
    assert "The organiser writes down who was there." in words(volunteer.get(page_of(task)))
    assert volunteer.get(page_of(task, "godziny/")).status_code == 302
    with bind(srem):
        Assignment.objects.update(status="done")
    response = volunteer.post(page_of(task, "godziny/"), {"hours": 3, "minutes": 0})
    assert response.status_code == 302
    assert "Your time: 3 h to be confirmed" in words(volunteer.get(page_of(task)))


def test_what_was_called_off_cannot_be_shared(
    srem: Tenant, volunteer: SiteClient, task: Assignment
) -> None:
    with bind(srem):
        Assignment.objects.update(status="cancelled_by_staff", ended_at=timezone.now())
    assert "This has been called off" in words(volunteer.get(page_of(task)))
    response = volunteer.post(page_of(task, "kontakt/"), {})
    assert (response.status_code, code(response)) == (409, "already_changed")
    with bind(srem):
        assert not ContactConsent.objects.exists()
