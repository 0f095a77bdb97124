"""After the yes: what the two see of each other, and how a task ends."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import AuditEntry
from tests.volunteering.engine.conftest import Clock
from tests.volunteering.engine.people import clerk, copies, jobs, reader, told, volunteer, words_to
from tests.volunteering.making import (
    in_days,
    make_assignment,
    make_invitation,
    make_request,
    make_volunteer,
)
from volunteering import tasks
from volunteering.actions.cancel_request import cancel_request
from volunteering.actions.decide_hours import decide_hours
from volunteering.actions.finish_task import finish_task
from volunteering.actions.give_task_back import give_task_back
from volunteering.actions.log_hours import log_hours
from volunteering.actions.mark_no_show import mark_no_show
from volunteering.actions.share_contact import share_contact
from volunteering.actions.withdraw_contact import withdraw_contact
from volunteering.contact import (
    Contact,
    ContactChoice,
    contact_of,
    distance_band,
    distance_to,
)
from volunteering.models import Assignment, Block, ContactConsent, HelpRequest
from volunteering.refusals import AlreadyChanged, TooEarly, TooLate

pytestmark = pytest.mark.usefixtures("here")

VOLUNTEER, REQUESTER = ContactConsent.Side.VOLUNTEER, ContactConsent.Side.REQUESTER


@pytest.fixture
def task(here: object) -> Assignment:
    """Ewa helps Halina in ten days, for an hour."""
    requester = reader(
        "Halina Nowak", email="halina@example.pl", street="Polna 1", postcode="63-100", city="Śrem"
    )
    request = make_request(requester=requester, status="arranged")
    invitation = make_invitation(request, volunteer(), "accepted")
    return make_assignment(request, invitation.profile, invitation=invitation)


def request_of(task: Assignment) -> HelpRequest:
    assert task.request is not None
    return HelpRequest.objects.get(pk=task.request.pk)


def share(task: Assignment, side: ContactConsent.Side, **shows: bool) -> ContactConsent:
    return share_contact(
        assignment=task, side=side, shows=ContactChoice(**shows),
        means=ContactConsent.Means.ONLINE, acting_user=None,
    )  # fmt: skip


def both(task: Assignment) -> Assignment:
    share(task, VOLUNTEER, phone=True)
    share(task, REQUESTER, phone=True, address=True)
    return Assignment.objects.get(pk=task.pk)


def test_nothing_is_seen_until_both_have_agreed_and_then_what_is_ticked(task: Assignment) -> None:
    share(task, REQUESTER, phone=True)
    assert contact_of(task, REQUESTER) is None
    assert told(task.profile) == []
    task = both(task)
    helper, requester = task.profile.person, request_of(task).requester
    assert task.status == "contact_shared"
    assert contact_of(task, REQUESTER) == Contact(
        first_name="Halina", phone=str(requester.phone), address="Polna 1, 63-100 Śrem"
    )
    assert contact_of(task, VOLUNTEER) == Contact(first_name="Ewa", phone=str(helper.phone))
    assert told(task.profile) == told(request_of(task)) == ["contact"]
    # The message says that it is there; the data stand on the page alone.
    for words in (*words_to(task.profile), *words_to(request_of(task))):
        assert "+48" not in words
        assert "Polna" not in words
        assert "Nowak" not in words


def test_one_consent_a_side_is_in_force(task: Assignment) -> None:
    first = share(task, VOLUNTEER, phone=True)
    assert share(task, VOLUNTEER, phone=True) == first
    share(task, VOLUNTEER, email=True)
    assert ContactConsent.objects.filter(side=VOLUNTEER).count() == 2
    assert ContactConsent.objects.get(withdrawn_at=None).shows_email


def test_a_telephone_may_be_that_of_whoever_asked(task: Assignment) -> None:
    mother, daughter = reader("Zofia Wilk", phone="", channel=""), reader("Anna Wilk")
    HelpRequest.objects.filter(assignments=task).update(requester=mother, asked_by=daughter)
    task = both(task)
    assert contact_of(task, REQUESTER) == Contact(
        first_name="Zofia", phone=str(daughter.phone), through="Anna"
    )


def test_withdrawing_hides_it_at_once_from_both(task: Assignment) -> None:
    task = both(task)
    withdraw_contact(assignment=task, side=VOLUNTEER, acting_user=None)
    withdraw_contact(assignment=task, side=VOLUNTEER, acting_user=None)
    assert contact_of(task, REQUESTER) is contact_of(task, VOLUNTEER) is None
    assert AuditEntry.objects.filter(action="contact.withdrawn").count() == 1


def test_so_does_a_block(task: Assignment) -> None:
    task = both(task)
    Block.objects.create(person=task.profile.person, other=request_of(task).requester)
    assert contact_of(task, REQUESTER) is None


def test_two_weeks_after_the_help_it_is_hidden_by_itself(task: Assignment, clock: Clock) -> None:
    task = both(task)
    clock(24, 10)
    tasks.hide_old_contact_data()
    assert contact_of(task, REQUESTER) is not None
    clock(24, 11)
    assert contact_of(task, REQUESTER) is None
    tasks.hide_old_contact_data()
    assert not ContactConsent.objects.filter(withdrawn_at=None).exists()


def test_distance_is_a_band_and_none_by_telephone() -> None:
    bands = [distance_band(km) for km in (0.0, 0.99, 1.0, 3.0, 3.01, None)]
    near, middle, far = "less than 1 km", "1 to 3 km", "more than 3 km"
    assert bands == [near, near, middle, middle, far, "by telephone"]
    assert distance_to(make_request(is_remote=True), make_volunteer()) is None


def test_what_is_given_back_is_looked_for_again_and_said(task: Assignment) -> None:
    both(task)
    give_task_back(assignment=task, acting_user=None)
    give_task_back(assignment=task, acting_user=None)
    stored = Assignment.objects.get(pk=task.pk)
    assert (stored.status, stored.sequence) == ("cancelled_by_volunteer", 1)
    assert request_of(task).status == "searching"
    assert len(jobs("send_wave_of")) == 1
    assert told(request_of(task)) == ["contact", "given_back"]
    assert contact_of(stored, REQUESTER) is None
    assert not ContactConsent.objects.filter(withdrawn_at=None).exists()


def test_what_is_over_is_not_given_back(task: Assignment, clock: Clock) -> None:
    clock(11)
    with pytest.raises(TooLate):
        give_task_back(assignment=task, acting_user=None)


@pytest.mark.parametrize(
    ("by_requester", "status"),
    [(True, "cancelled_by_requester"), (False, "cancelled_by_staff")],
)
def test_calling_off_tells_everybody(task: Assignment, by_requester: bool, status: str) -> None:
    request, asked = request_of(task), volunteer("Ola Maj")
    make_invitation(request, asked)
    for _twice in range(2):
        cancel_request(request=request, acting_user=None, by_requester=by_requester)
    assert request_of(task).status == "cancelled"
    assert Assignment.objects.get(pk=task.pk).status == status
    assert told(task.profile) == ["task_cancelled"]
    assert told(asked) == ["not_needed"]
    assert told(request) == ["request_cancelled"]
    assert "It is called off" in words_to(asked)[0]


def test_what_is_done_is_not_called_off(task: Assignment) -> None:
    HelpRequest.objects.update(status="completed")
    with pytest.raises(AlreadyChanged):
        cancel_request(request=request_of(task), acting_user=None, by_requester=True)


def test_a_request_is_done_once_it_is_known_of_everybody(task: Assignment, clock: Clock) -> None:
    with pytest.raises(TooEarly):
        finish_task(assignment=task, acting_user=None)
    HelpRequest.objects.update(people_needed=2)
    second = make_assignment(request_of(task), volunteer("Ola Maj"), slot=2)
    clock(10, 12)
    for _twice in range(2):
        finish_task(assignment=task, acting_user=None)
    assert request_of(task).status == "arranged"
    mark_no_show(assignment=second, acting_user=clerk())
    assert request_of(task).status == "completed"
    assert AuditEntry.objects.filter(action="help.completed").count() == 1


def test_the_night_completes_what_somebody_spoke_of_and_nothing_else(
    task: Assignment, clock: Clock
) -> None:
    silent = make_request(status="arranged")
    make_assignment(silent, make_volunteer())
    HelpRequest.objects.filter(assignments=task).update(ends_at=in_days(10, 13))
    clock(10, 12)
    finish_task(assignment=task, acting_user=None)
    assert request_of(task).status == "arranged"
    clock(14)
    tasks.complete_what_is_done()
    silent.refresh_from_db()
    assert (request_of(task).status, silent.status) == ("completed", "arranged")


def test_hours_are_written_down_once_and_decided_by_somebody_else(
    task: Assignment, clock: Clock
) -> None:
    with pytest.raises(AlreadyChanged):
        log_hours(assignment=task, acting_user=None)
    clock(10, 12)
    finish_task(assignment=task, acting_user=None)
    with pytest.raises(ValidationError):
        log_hours(assignment=task, minutes=1, acting_user=None)
    entry = log_hours(assignment=task, acting_user=None)
    assert log_hours(assignment=task, minutes=60, acting_user=clerk()) == entry
    assert (entry.minutes, entry.logged_by, entry.on) == (60, None, timezone.localdate())
    with pytest.raises(AlreadyChanged):
        log_hours(assignment=task, minutes=90, acting_user=None)
    with pytest.raises(AlreadyChanged):
        mark_no_show(assignment=task, acting_user=clerk())
    own = User.objects.create_user(
        email="ewa@example.pl", password="long-enough-word", person=task.profile.person
    )
    with pytest.raises(AlreadyChanged):
        decide_hours(entry=entry, is_confirmed=True, acting_user=own)
    for _twice in range(2):
        entry = decide_hours(entry=entry, is_confirmed=True, acting_user=clerk())
    assert (entry.status, entry.decided_by) == ("confirmed", clerk().pk)
    with pytest.raises(AlreadyChanged):
        decide_hours(entry=entry, is_confirmed=False, acting_user=clerk())


def test_both_are_reminded_once_on_the_day_before(task: Assignment, clock: Clock) -> None:
    clock(8, 3)
    tasks.remind_of_help()
    assert told(task.profile) == []
    clock(9, 3)
    for _twice in range(2):
        tasks.remind_of_help()
    assert told(task.profile) == told(request_of(task)) == ["reminder"]
    assert "Halina counts on you" in words_to(task.profile)[0]
    assert "Ewa will come or call" in words_to(request_of(task))[0]
    [copy] = copies(task.profile)
    assert copy.due_at == clock(9, 8)


def test_nobody_is_reminded_of_what_was_arranged_a_moment_ago(
    task: Assignment, clock: Clock
) -> None:
    clock(9, 3)
    Assignment.objects.filter(pk=task.pk).update(created_at=in_days(0, 1))
    tasks.remind_of_help()
    assert told(task.profile) == []


def test_a_search_whose_job_was_lost_goes_on_at_night(clock: Clock) -> None:
    request = make_request(next_wave_at=in_days(0, 9))
    fine = make_request(next_wave_at=in_days(0, 13))
    clock(0, 12)
    tasks.go_on_with_searches()
    assert {job["args"]["request"] for job in jobs("send_wave_of")} == {str(request.pk)}
    assert fine.status == "searching"
