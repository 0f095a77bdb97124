"""Yes and no: one place goes to one person, whatever the hurry."""

from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from events.refusals import Busy
from portal.audit.models import AuditEntry
from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.accounts.at_once import at_once
from tests.volunteering.engine.conftest import Clock
from tests.volunteering.engine.people import (
    clerk,
    jobs,
    reader,
    told,
    volunteer,
    volunteers,
    words_to,
)
from tests.volunteering.making import (
    in_days,
    make_assignment,
    make_invitation,
    make_request,
    make_volunteer,
)
from volunteering.actions.accept_invitation import accept_invitation
from volunteering.actions.cancel_request import cancel_request
from volunteering.actions.decline_invitation import decline_invitation
from volunteering.actions.give_task_back import give_task_back
from volunteering.actions.send_wave import send_wave
from volunteering.invitation_links import invitation_for, invitation_path, token_of
from volunteering.models import Assignment, Block, Invitation, VolunteerAgreement
from volunteering.refusals import (
    AlreadyChanged,
    AlreadyFilled,
    InvitationExpired,
    LinkExpired,
    NotNeeded,
    RulesBroken,
    TimeOverlap,
    VolunteeringRefused,
)
from volunteering.rules_in_words import FOR_VOLUNTEERS

PEOPLE = 50


def test_a_yes_takes_the_place_and_the_others_need_not_answer(here: Tenant) -> None:
    request = make_request(requester=reader(), next_wave_at=in_days(1))
    first, second = (make_invitation(request, one) for one in volunteers(2))
    task = accept_invitation(invitation=first, acting_user=None)
    request.refresh_from_db()
    second.refresh_from_db()
    assert (task.status, task.slot, task.starts_at) == ("accepted", 1, request.starts_at)
    assert (request.status, request.next_wave_at) == ("arranged", None)
    assert second.status == "withdrawn"
    assert told(first.profile) == ["accepted"]
    assert told(second.profile) == ["not_needed"]
    assert told(request) == ["found"]
    assert AuditEntry.objects.filter(action="help.accepted", object_id=task.pk).count() == 1


def test_yes_said_twice_is_one_task_and_one_message(here: Tenant) -> None:
    invitation = make_invitation(make_request(), volunteer())
    task = accept_invitation(invitation=invitation, acting_user=None)
    assert accept_invitation(invitation=invitation, acting_user=None) == task
    assert told(invitation.profile) == ["accepted"]


def test_two_are_needed_and_two_are_taken(here: Tenant) -> None:
    request = make_request(people_needed=2)
    invitations = [make_invitation(request, one) for one in volunteers(3)]
    slots = [accept_invitation(invitation=one, acting_user=None).slot for one in invitations[:2]]
    assert slots == [1, 2]
    with pytest.raises(AlreadyFilled):
        accept_invitation(invitation=invitations[2], acting_user=None)


def test_what_was_given_back_is_not_taken_again_by_the_old_link(here: Tenant) -> None:
    invitation = make_invitation(make_request(), volunteer())
    task = accept_invitation(invitation=invitation, acting_user=None)
    give_task_back(assignment=task, acting_user=None)
    with pytest.raises(AlreadyChanged):
        accept_invitation(invitation=invitation, acting_user=None)


@pytest.mark.parametrize(
    ("invited", "asked", "refusal"),
    [
        ("sent", "cancelled", NotNeeded),
        ("sent", "unmet", NotNeeded),
        ("withdrawn", "searching", AlreadyFilled),
        ("declined", "searching", AlreadyChanged),
        ("expired", "searching", InvitationExpired),
    ],
)
def test_a_yes_that_comes_too_late_is_answered_kindly(
    here: Tenant, invited: str, asked: str, refusal: type[VolunteeringRefused]
) -> None:
    invitation = make_invitation(make_request(status=asked), volunteer(), invited)
    with pytest.raises(refusal):
        accept_invitation(invitation=invitation, acting_user=None)
    assert not Assignment.objects.exists()


def test_so_it_is_when_the_job_that_ends_invitations_is_late(here: Tenant, clock: Clock) -> None:
    invitation = make_invitation(make_request(), volunteer())
    clock(3)
    with pytest.raises(InvitationExpired):
        accept_invitation(invitation=invitation, acting_user=None)


def test_nobody_is_in_two_places_and_hears_where_they_are(here: Tenant) -> None:
    profile, request = volunteer(), make_request(kind="garden")
    make_assignment(make_request(kind="walk"), profile)
    with pytest.raises(TimeOverlap, match="a walk together"):
        accept_invitation(invitation=make_invitation(request, profile), acting_user=None)


def test_the_rules_are_asked_again_at_the_moment_of_the_yes(here: Tenant) -> None:
    invitation = make_invitation(make_request(), volunteer())
    VolunteerAgreement.objects.update(status="ended")
    with pytest.raises(RulesBroken) as refused:
        accept_invitation(invitation=invitation, acting_user=None)
    assert refused.value.codes == ["agreement_required"]
    assert str(refused.value) == str(FOR_VOLUNTEERS["agreement_required"])


def test_a_block_answers_like_a_place_that_is_taken(here: Tenant) -> None:
    invitation = make_invitation(make_request(), volunteer())
    Block.objects.create(person=invitation.request.requester, other=invitation.profile.person)
    with pytest.raises(AlreadyFilled):
        accept_invitation(invitation=invitation, acting_user=None)


def test_a_no_moves_the_search_on_once_nobody_is_left_to_wait_for(here: Tenant) -> None:
    request = make_request(waves_sent=1, next_wave_at=in_days(5))
    first, second = (make_invitation(request, one) for one in volunteers(2))
    decline_invitation(invitation=first, acting_user=None)
    assert jobs("send_wave_of") == []
    decline_invitation(invitation=second, reason="Nie ma mnie.", acting_user=None)
    decline_invitation(invitation=second, acting_user=None)
    [job] = jobs("send_wave_of")
    assert job["at"] == timezone.now()
    second.refresh_from_db()
    assert (second.status, second.reason) == ("declined", "Nie ma mnie.")


def test_a_no_in_the_evening_wakes_nobody(here: Tenant, clock: Clock) -> None:
    clock(0, 21)
    invitation = make_invitation(make_request(), volunteer())
    decline_invitation(invitation=invitation, acting_user=None)
    [job] = jobs("send_wave_of")
    assert job["at"] == in_days(1, 8)


def test_a_reason_may_be_given_after_the_no(here: Tenant) -> None:
    invitation = make_invitation(make_request(), volunteer())
    decline_invitation(invitation=invitation, acting_user=None)
    decline_invitation(invitation=invitation, reason="Praca.", acting_user=None)
    invitation.refresh_from_db()
    assert invitation.reason == "Praca."
    assert AuditEntry.objects.filter(action="help.declined").count() == 1


def test_no_does_not_undo_a_yes(here: Tenant) -> None:
    invitation = make_invitation(make_request(), volunteer())
    accept_invitation(invitation=invitation, acting_user=None)
    with pytest.raises(AlreadyChanged):
        decline_invitation(invitation=invitation, acting_user=None)


def test_a_link_is_for_one_invitation_of_one_gmina(here: Tenant, kety: Tenant) -> None:
    invitation, other = (make_invitation(make_request(), one) for one in volunteers(2))
    assert invitation_for(invitation.pk, token_of(invitation).upper()) == invitation
    assert token_of(invitation) in invitation_path(invitation)
    with pytest.raises(LinkExpired):
        invitation_for(other.pk, token_of(invitation))
    with bind(kety), pytest.raises(LinkExpired):
        invitation_for(invitation.pk, token_of(invitation))
    token = token_of(invitation)
    invitation.profile.link_version += 1
    invitation.profile.save(update_fields=["link_version"])
    with pytest.raises(LinkExpired):
        invitation_for(invitation.pk, token)


def test_a_link_ends_a_month_after_the_help(here: Tenant, clock: Clock) -> None:
    invitation = make_invitation(make_request(), volunteer())
    clock(39)
    assert invitation_for(invitation.pk, token_of(invitation)) == invitation
    clock(41)
    with pytest.raises(LinkExpired):
        invitation_for(invitation.pk, token_of(invitation))


def test_no_message_of_a_search_holds_what_nobody_agreed_to_show(here: Tenant) -> None:
    hidden = {
        "last_name": "Nowakowska", "phone": "+48600999111", "email": "halina@example.pl",
        "street": "Tajna 7", "postcode": "63-100", "city": "Śrem",
    }  # fmt: skip
    requester = reader("Halina Nowakowska", **{k: v for k, v in hidden.items() if k != "last_name"})
    request = make_request(requester=requester, details="choroba")
    profile, other = volunteer("Ewa Kosińska"), volunteer("Ola Maj")
    task = accept_invitation(invitation=make_invitation(request, profile), acting_user=clerk())
    make_invitation(request, other)
    give_task_back(assignment=task, acting_user=None)
    to_volunteer, to_requester = "".join(words_to(profile)), "".join(words_to(request))
    assert "Halina" in to_volunteer
    assert "Ewa" in to_requester
    for secret in (*hidden.values(), "choroba", "999"):
        if secret != "Śrem":
            assert secret not in to_volunteer
    for secret in ("Kosińska", str(profile.person.phone)):
        assert secret not in to_requester


def test_one_place_and_many_who_say_yes_in_one_moment(site: Tenant) -> None:
    request = make_request()
    invitations = [make_invitation(request, one) for one in volunteers(PEOPLE)]
    results = at_once(
        site,
        *(
            lambda one=one: accept_invitation(invitation=one, acting_user=None)
            for one in invitations
        ),
    )
    assert [type(one) for one in results].count(Assignment) == 1
    assert {type(one) for one in results} <= {Assignment, AlreadyFilled, Busy}
    assert Assignment.objects.active().count() == 1
    assert Message.objects.filter(kind="volunteering/found").count() == 1
    assert Invitation.objects.filter(status="withdrawn").count() == PEOPLE - 1


def test_the_control_without_lock_and_constraint_takes_too_many(site: Tenant) -> None:
    """Looking and then taking, as it would be done by hand."""
    profiles = volunteers(12)

    def take(invitation: Invitation, slot: int) -> Assignment:
        with transaction.atomic():
            if Assignment.objects.active().filter(request=invitation.request).exists():
                raise AlreadyFilled
            # Every place has a number of its own: the table does not keep two from one place.
            return make_assignment(invitation.request, invitation.profile, slot=slot)

    def takers() -> int:
        request = make_request()
        invitations = [make_invitation(request, one) for one in profiles]
        tries = [partial(take, one, slot) for slot, one in enumerate(invitations, 1)]
        return [type(one) for one in at_once(site, *tries)].count(Assignment)

    # Now and then one of them is done before the others have looked.
    assert any(takers() > 1 for _round in range(5))


def test_a_wave_whose_job_runs_twice_in_one_moment_goes_out_once(site: Tenant) -> None:
    volunteers(PEOPLE)
    request = make_request()
    waves = at_once(site, *[lambda: send_wave(request=request)] * 6)
    assert sum(bool(wave) for wave in waves) == 1
    assert Message.objects.count() == Invitation.objects.count() > 0


def test_a_yes_and_a_calling_off_in_one_moment_leave_nobody_waiting(site: Tenant) -> None:
    for profile in volunteers(5):
        request = make_request()
        invitation = make_invitation(request, profile)
        at_once(
            site,
            partial(accept_invitation, invitation=invitation, acting_user=None),
            partial(cancel_request, request=request, acting_user=None, by_requester=True),
        )
        request.refresh_from_db()
        assert request.status == "cancelled"
        assert not request.assignments.active().exists()
        assert not request.invitations.waiting().exists()
        Assignment.objects.all().delete()


def test_one_volunteer_and_two_tasks_at_one_time(site: Tenant) -> None:
    profile = make_volunteer()
    invitations = [make_invitation(make_request(), profile) for _number in range(6)]
    results = at_once(
        site,
        *(
            lambda one=one: accept_invitation(invitation=one, acting_user=None)
            for one in invitations
        ),
    )
    assert sorted(type(one).__name__ for one in results) == ["Assignment", *["TimeOverlap"] * 5]
    assert Assignment.objects.active().filter(profile=profile).count() == 1
