"""The search: who is asked, in which waves, and when the office takes over."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.jobs import do_due_jobs
from tests.volunteering.engine.conftest import Clock
from tests.volunteering.engine.people import (
    clerk,
    copies,
    jobs,
    reader,
    told,
    volunteer,
    volunteers,
)
from tests.volunteering.making import (
    in_days,
    make_assignment,
    make_invitation,
    make_request,
    make_volunteer,
)
from volunteering import searching, tasks
from volunteering.actions.expire_invitations import expire_invitations
from volunteering.actions.invite_volunteer import BY_HAND, invite_volunteer
from volunteering.actions.send_wave import send_wave
from volunteering.actions.start_search import start_search
from volunteering.candidates import candidates
from volunteering.models import AvailabilityWindow, Invitation, VolunteerProfile
from volunteering.refusals import AlreadyChanged, InviteBudgetUsed, RulesBroken, TooLate

pytestmark = pytest.mark.usefixtures("here")


def invited_before(number: int, profile: VolunteerProfile, days_ago: float) -> None:
    """So many times, for as many other requests."""
    sent_at = timezone.now() - timedelta(days=days_ago)
    for _number in range(number):
        make_invitation(make_request(), profile, "expired", sent_at=sent_at)


def test_a_search_begins_after_somebody_has_looked_at_the_request() -> None:
    request = make_request(status="triaged")
    start_search(request=request, acting_user=clerk())
    start_search(request=request, acting_user=clerk())
    request.refresh_from_db()
    assert request.status == "searching"
    [job] = jobs("send_wave_of")
    assert job["args"]["request"] == str(request.pk)
    assert job["at"] == request.next_wave_at == timezone.now()
    [entry] = AuditEntry.objects.filter(action="help.search_started")
    assert (entry.actor, entry.person) == (clerk().pk, request.requester_id)


def test_a_search_begun_in_the_evening_asks_nobody_before_the_morning(clock: Clock) -> None:
    clock(0, 21)
    volunteer()
    request = start_search(request=make_request(status="triaged"), acting_user=clerk())
    assert request.next_wave_at == in_days(1, 8)
    assert send_wave(request=request, acting_user=clerk()) == []
    assert not Invitation.objects.exists()


def test_nobody_is_looked_for_out_of_turn() -> None:
    for status in ("submitted", "arranged", "cancelled", "completed"):
        with pytest.raises(AlreadyChanged):
            start_search(request=make_request(status=status), acting_user=clerk())


def test_nor_for_what_has_begun(clock: Clock) -> None:
    request = make_request(status="triaged", starts_at=in_days(0, 10))
    with pytest.raises(TooLate):
        start_search(request=request, acting_user=clerk())


def test_a_wave_asks_a_few_and_plans_the_next() -> None:
    people = volunteers(12)
    request = make_request(requester=reader())
    invitations = send_wave(request=request)
    request.refresh_from_db()
    assert 1 <= len(invitations) < len(people)
    for one in invitations:
        assert (one.status, one.wave) == ("sent", 1)
        assert one.expires_at == timezone.now() + timedelta(hours=48)
        assert 0 < sum(one.parts.values()) <= 1000
        assert told(one.profile) == ["invitation"]
    assert request.waves_sent == 1
    assert request.next_wave_at == timezone.now() + timedelta(hours=2)
    assert [job["at"] for job in jobs("send_wave_of")] == [request.next_wave_at]
    assert [job["at"] for job in jobs("expire_invitations_of")] == [invitations[0].expires_at]


def test_a_wave_that_is_not_due_asks_nobody_and_one_that_runs_again_asks_once() -> None:
    volunteers(12)
    request = make_request()
    tasks.send_wave_of(request=str(request.pk))
    asked = Invitation.objects.count()
    tasks.send_wave_of(request=str(request.pk))
    assert Invitation.objects.count() == asked > 0


def test_nobody_is_asked_once_all_places_are_taken() -> None:
    volunteers(3)
    request = make_request()
    make_assignment(request, make_volunteer())
    assert send_wave(request=request) == []


def test_an_urgent_wave_is_larger_and_written_down_with_who_wanted_it() -> None:
    volunteers(20)
    usual = send_wave(request=make_request())
    Invitation.objects.all().delete()
    request = make_request()
    for _twice in range(2):
        send_wave(request=request, is_urgent=True, acting_user=clerk())
    assert Invitation.objects.filter(request=request).count() > len(usual)
    entry = AuditEntry.objects.get(action="help.wave_sent", object_id=request.pk)
    assert (entry.actor, entry.details["is_urgent"]) == (clerk().pk, True)


@pytest.mark.parametrize(
    ("starts", "priority", "is_urgent"),
    [((0, 20), 3, True), ((0, 20), 1, False), ((5, 10), 3, False)],
)
def test_an_invitation_overtakes_other_messages_only_where_hours_count(
    starts: tuple[int, int], priority: int, is_urgent: bool
) -> None:
    profile = volunteer()
    AvailabilityWindow.objects.filter(profile=profile).update(ends=24 * 60)
    send_wave(request=make_request(starts_at=in_days(*starts), priority=priority))
    [copy] = copies(profile)
    assert copy.is_urgent is is_urgent


def test_whoever_was_asked_often_or_lately_is_left_alone() -> None:
    often, lately = volunteer("Ola Maj"), volunteer("Iga Lis")
    invited_before(3, often, days_ago=3)
    invited_before(1, lately, days_ago=1)
    request = make_request()
    assert send_wave(request=request) == []
    request.refresh_from_db()
    # Not given up: they are asked when they have rested.
    assert request.status == "searching"
    assert request.waves_sent == 0
    assert request.next_wave_at == timezone.now() + timedelta(days=1)


def test_where_nobody_may_help_the_office_takes_over_at_once() -> None:
    make_volunteer(with_agreement=False)
    request = make_request(requester=reader())
    assert send_wave(request=request) == []
    request.refresh_from_db()
    assert request.status == "unmet"
    assert told(request) == ["nobody_found"]
    assert AuditEntry.objects.filter(action="help.unmet", object_id=request.pk).count() == 1


def test_an_invitation_ends_and_the_next_wave_goes_out_at_once(clock: Clock) -> None:
    request = make_request(waves_sent=1, next_wave_at=in_days(5))
    first, second = (make_invitation(request, one) for one in volunteers(2))
    clock(1)
    assert expire_invitations(request=request) == 0
    Invitation.objects.filter(pk=first.pk).update(expires_at=timezone.now())
    assert expire_invitations(request=request) == 1
    assert jobs("send_wave_of") == []
    Invitation.objects.filter(pk=second.pk).update(expires_at=timezone.now())
    expire_invitations(request=request)
    [job] = jobs("send_wave_of")
    assert job["at"] == timezone.now()
    assert set(Invitation.objects.values_list("status", flat=True)) == {"expired"}


def test_after_the_last_wave_and_the_last_answer_the_office_takes_over(clock: Clock) -> None:
    request = make_request(waves_sent=searching.POLICY.most_waves, requester=reader())
    make_invitation(request, volunteer())
    clock(3)
    expire_invitations(request=request)
    expire_invitations(request=request)
    request.refresh_from_db()
    assert request.status == "unmet"
    assert told(request) == ["nobody_found"]


def test_so_it_does_when_there_is_no_time_left_to_ask(clock: Clock) -> None:
    volunteers(3)
    request = make_request(starts_at=in_days(0, 13))
    assert send_wave(request=request) == []
    request.refresh_from_db()
    assert request.status == "unmet"


def test_time_to_answer_is_half_of_what_is_left(clock: Clock) -> None:
    hours = {(10, 12): 48, (2, 0): 18 + 2, (0, 18): 3, (0, 15): 2, (0, 14): 2}
    for starts, expected in hours.items():
        request = make_request(starts_at=in_days(*starts))
        assert searching.answer_by(request, clock()) == clock() + timedelta(hours=expected)
    assert searching.answer_by(make_request(starts_at=in_days(0, 13)), clock()) is None
    # Asked at night, it counts from the morning.
    request = make_request(starts_at=in_days(1, 12))
    assert searching.answer_by(request, clock(0, 23)) == clock(1, 10)


def test_a_hand_picked_volunteer_is_asked_once() -> None:
    request, profile = make_request(), volunteer()
    first = invite_volunteer(request=request, profile=profile, acting_user=clerk())
    again = invite_volunteer(request=request, profile=profile, acting_user=clerk())
    assert first == again
    assert (first.wave, first.overridden_by) == (BY_HAND, None)
    assert told(profile) == ["invitation"]


def test_the_weekly_budget_is_passed_over_by_name_and_the_law_never() -> None:
    request, tired, unsigned = make_request(), volunteer(), make_volunteer(with_agreement=False)
    invited_before(3, tired, days_ago=3)
    with pytest.raises(InviteBudgetUsed):
        invite_volunteer(request=request, profile=tired, acting_user=clerk())
    invitation = invite_volunteer(
        request=request, profile=tired, acting_user=clerk(), overrides=True
    )
    assert invitation.overridden_by == clerk().pk
    with pytest.raises(RulesBroken) as refused:
        invite_volunteer(request=request, profile=unsigned, acting_user=clerk(), overrides=True)
    assert refused.value.codes == ["agreement_required"]


def test_who_may_be_asked_takes_two_queries_for_any_number_of_volunteers() -> None:
    request = make_request()
    volunteers(26)
    with CaptureQueriesContext(connection) as queries:
        assert len(candidates(request, timezone.now())) == 26
    assert len(queries) == 2


def test_the_neighbouring_gmina_asks_its_own(kety: Tenant) -> None:
    mine = volunteer()
    with bind(kety):
        theirs = volunteer("Jan Mazur")
        request = make_request()
        [invitation] = send_wave(request=request)
        assert invitation.profile == theirs
        assert len(copies(theirs)) == 1
    assert not Invitation.objects.exists()
    assert copies(mine) == []


def test_from_the_clerk_to_the_volunteers_by_the_jobs_alone(clock: Clock) -> None:
    """Yesterday at noon, so that what was put off until then is due for the worker."""
    clock(-1)
    people = volunteers(12)
    request = make_request(status="triaged", requester=reader())
    start_search(request=request, acting_user=clerk())
    do_due_jobs()
    asked = Invitation.objects.filter(request=request)
    assert 1 <= asked.count() < len(people)
    assert [copy.state for one in asked for copy in copies(one.profile)] == ["sent"] * asked.count()
