"""Whoever may helps: taking a shift, giving it back, applying first."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.reconcile import drifted_pools
from portal.accounts.actions.erase_person import erase_person
from portal.audit.models import AuditEntry
from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.making import (
    in_days,
    make_assignment,
    make_opportunity,
    make_request,
    make_shift,
    make_volunteer,
)
from tests.volunteering.shifts.people import begin, proposed, user_of, volunteer
from volunteering.actions.apply_for import apply_for
from volunteering.actions.decide_application import decide_application
from volunteering.actions.record_shift_attendance import record_shift_attendance
from volunteering.actions.take_shift import take_shift
from volunteering.models import Application, Assignment, Shift
from volunteering.refusals import AlreadyChanged
from volunteering.shift_refusals import NotBegun


def path(shift: Shift, rest: str = "") -> str:
    return f"/en/wolontariat/dyzur/{shift.pk}/{rest}"


def page(answer: Any) -> str:
    return str(answer.content.decode())


def taken(shift: Shift) -> int:
    return Shift.objects.select_related("pool").get(pk=shift.pk).pool.taken


def test_a_volunteer_takes_a_shift_and_gives_it_back(srem: Tenant, helper: SiteClient) -> None:
    with bind(srem):
        shift = make_shift(note="Weź rękawice.")
        profile = volunteer()
    assert "Would you like to take this shift?" in page(helper.get(path(shift)))
    with bind(srem):
        assert taken(shift) == 0
    assert helper.post(path(shift)).status_code == 302
    assert helper.post(path(shift)).status_code == 302
    assert "This shift is yours" in page(helper.get(path(shift)))
    with bind(srem):
        task = Assignment.objects.get(profile=profile)
        assert (task.starts_at, task.ends_at, task.slot) == (shift.starts_at, shift.ends_at, None)
        assert taken(shift) == 1
        assert Application.objects.get(profile=profile).status == "accepted"
        assert Message.objects.filter(kind="volunteering/shift_taken").count() == 1
        assert AuditEntry.objects.filter(action="shift.taken", person=profile.person_id).exists()
    assert "Give this shift back?" in page(helper.get(path(shift, "oddaj/")))
    for _again in range(2):
        answer = helper.post(path(shift, "oddaj/"), follow=True)
        assert "The shift is given back" in page(answer)
    with bind(srem):
        assert taken(shift) == 0
        assert Assignment.objects.get().status == "cancelled_by_volunteer"
        assert drifted_pools() == []
    # Another day, another mind.
    helper.post(path(shift))
    with bind(srem):
        assert taken(shift) == 1


def test_the_last_place_is_gone(srem: Tenant, helper: SiteClient) -> None:
    with bind(srem):
        shift = make_shift(places=1)
        volunteer()
        take_shift(shift=shift, profile=make_volunteer("Jan Lis"), acting_user=user_of("osl"))
    answer = helper.post(path(shift))
    assert answer.status_code == 409
    assert 'data-code="shift_full"' in page(answer)
    assert "Somebody else has just taken this place" in page(answer)
    assert "<title>Error:" in page(answer)


def test_whoever_is_busy_is_told_with_what(srem: Tenant, helper: SiteClient) -> None:
    with bind(srem):
        profile = volunteer()
        first, second = make_shift(make_opportunity("Bieg")), make_shift()
        request = make_request(starts_at=first.starts_at - timedelta(hours=2))
    helper.post(path(first))
    answer = helper.post(path(second))
    assert answer.status_code == 409
    assert "You are busy at that time: Bieg," in page(answer)
    with bind(srem):
        Assignment.objects.update(status="cancelled_by_volunteer")
        request.ends_at = first.starts_at + timedelta(minutes=1)
        request.save()
        make_assignment(request, profile)
    assert "You are busy at that time: a visit and a talk," in page(helper.post(path(second)))
    with bind(srem):
        assert taken(second) == 0


REFUSED: list[tuple[dict[str, Any], dict[str, Any], int, str]] = [
    ({"with_agreement": False}, {}, 409, "We need to sign an agreement with you first."),
    ({"status": "paused"}, {}, 409, "Your profile has a break."),
    ({"status": "applied"}, {}, 403, "We still have to meet"),
    ({}, {"with_minors": True}, 409, "Work with children needs a background check."),
    ({}, {"chooses_volunteers": True}, 403, "The organiser talks to everybody first."),
    ({}, {"status": "closed"}, 404, ""),
]


def test_what_is_missing_is_said_and_nothing_is_taken(srem: Tenant, helper: SiteClient) -> None:
    for fields, rules, status, sentence in REFUSED:
        with bind(srem):
            profile = volunteer(**fields)
            shift = make_shift(make_opportunity(**rules))
        answer = helper.post(path(shift))
        assert answer.status_code == status, (fields, rules)
        assert sentence in page(answer)
        with bind(srem):
            assert taken(shift) == 0
            assert not Assignment.objects.exists()
            profile.delete()


def test_what_is_over_or_called_off_cannot_be_taken(srem: Tenant, helper: SiteClient) -> None:
    with bind(srem):
        volunteer()
        off = make_shift(cancelled_at=timezone.now())
        over = make_shift(starts_at=timezone.now() - timedelta(hours=9))
    for shift in (off, over):
        for answer in (helper.get(path(shift)), helper.post(path(shift))):
            assert answer.status_code == 409
            assert "This shift is over or called off." in page(answer)


def test_a_shift_that_has_begun_is_not_given_back_on_the_site(
    srem: Tenant, helper: SiteClient
) -> None:
    with bind(srem):
        volunteer()
        shift = make_shift()
    helper.post(path(shift))
    with bind(srem):
        begin(shift)
    answer = helper.post(path(shift, "oddaj/"))
    assert (answer.status_code, taken_in(srem, shift)) == (409, 1)
    assert "The shift has begun already." in page(answer)


def taken_in(site: Tenant, shift: Shift) -> int:
    with bind(site):
        return taken(shift)


def test_whoever_is_no_volunteer_is_led_to_the_questions(srem: Tenant, helper: SiteClient) -> None:
    with bind(srem):
        shift = make_shift()
    text = page(helper.get(path(shift)))
    assert "First, become a volunteer" in text
    assert f"/en/wolontariat/dolacz/?next=/en/wolontariat/dyzur/{shift.pk}/" in text
    assert helper.post(path(shift)).status_code == 403
    answer = SiteClient(srem).get(path(shift))
    assert answer.status_code == 302
    assert "next=" in answer.headers["Location"]


def test_applying_being_accepted_and_taking(srem: Tenant, helper: SiteClient) -> None:
    with bind(srem):
        opportunity = make_opportunity(chooses_volunteers=True)
        shift = make_shift(opportunity)
        profile = volunteer()
    apply = f"/en/wolontariat/oferta/{opportunity.slug}/zglos/"
    # A shift that looks inviting leads here first.
    assert "Would you like to help here?" in page(helper.get(path(shift), follow=True))
    for _again in range(2):
        helper.post(apply, {"words": "Lubię dzieci."})
    assert "The organiser has your application" in page(helper.get(apply))
    assert helper.post(apply, {"words": "x" * 501}).status_code == 422
    assert 'data-code="wait_for_answer"' in page(helper.post(path(shift)))
    with bind(srem):
        application = Application.objects.get(profile=profile)
        assert (application.words, application.shows_contact) == ("Lubię dzieci.", False)
        for _again in range(2):
            decide_application(
                application=application, is_accepted=True, acting_user=user_of("osl")
            )
        assert Message.objects.filter(kind="volunteering/application_decided").count() == 1
    assert "You are welcome here" in page(helper.get(apply))
    assert helper.post(path(shift)).status_code == 302
    assert taken_in(srem, shift) == 1


def test_a_no_is_a_no_until_the_organiser_thinks_again(srem: Tenant, helper: SiteClient) -> None:
    with bind(srem):
        opportunity = make_opportunity()
        shift, profile, clerk = make_shift(opportunity), volunteer(), user_of("osl")
        application = apply_for(opportunity=opportunity, profile=profile, acting_user=clerk)
        decide_application(application=application, is_accepted=False, acting_user=clerk)
    apply = f"/en/wolontariat/oferta/{opportunity.slug}/zglos/"
    assert helper.post(path(shift)).status_code == 403
    assert helper.post(apply, {"words": ""}).status_code == 403
    with bind(srem):
        decide_application(application=application, is_accepted=True, acting_user=clerk)
        with pytest.raises(AlreadyChanged):
            decide_application(application=application, is_accepted=False, acting_user=clerk)
    assert helper.post(path(shift)).status_code == 302


def test_who_came_is_written_down_and_corrected(srem: Tenant) -> None:
    with bind(srem):
        clerk, shift = user_of("osl"), make_shift()
        task = take_shift(shift=shift, profile=make_volunteer(), acting_user=clerk)
        with pytest.raises(NotBegun):
            record_shift_attendance(assignment=task, was_there=True, acting_user=clerk)
        begin(shift)
        for was_there, status in ((True, "done"), (True, "done"), (False, "no_show")):
            task = record_shift_attendance(assignment=task, was_there=was_there, acting_user=clerk)
            assert task.status == status
        assert AuditEntry.objects.filter(action="shift.attendance").count() == 2
        # The place was used.
        assert taken(shift) == 1
        assert drifted_pools() == []
        Assignment.objects.update(status="cancelled_by_volunteer")
        with pytest.raises(AlreadyChanged):
            record_shift_attendance(assignment=task, was_there=True, acting_user=clerk)


def test_of_the_neighbouring_gmina_nothing_is_there(
    srem: Tenant, kety: Tenant, helper: SiteClient
) -> None:
    with bind(srem):
        volunteer()
    with bind(kety):
        shift = make_shift()
    for rest in ("", "oddaj/", "oddany/", "dyzur.ics"):
        assert helper.get(path(shift, rest)).status_code == 404
    assert helper.post(path(shift)).status_code == 404
    assert helper.get(f"/en/wolontariat/oferta/{shift.opportunity.slug}/zglos/").status_code == 404


def test_what_the_organiser_sees_can_be_taken_back(srem: Tenant, helper: SiteClient) -> None:
    with bind(srem):
        opportunity = proposed(status="published", chooses_volunteers=True)
        volunteer()
    apply = f"/en/wolontariat/oferta/{opportunity.slug}/zglos/"
    assert helper.post(f"{apply}dane/").status_code == 404
    helper.post(apply, {"words": "", "shows_contact": "on"})
    assert "phone number and e-mail, as you agreed" in page(helper.get(apply))
    helper.post(f"{apply}dane/")
    assert "They see your first name only." in page(helper.get(apply))
    helper.post(f"{apply}dane/", {"shows_contact": "on"})
    for _again in range(2):
        helper.post(f"{apply}cofnij/")
    assert "Would you like to help here?" in page(helper.get(apply))
    with bind(srem):
        application = Application.objects.get()
        assert (application.status, application.shows_contact) == ("withdrawn", False)
        told = Message.objects.filter(kind="volunteering/application_made")
        assert told.count() == 1
        assert "Ewa" not in str(told[0].content)
    helper.post(apply, {"words": "Jednak"})
    with bind(srem):
        assert Application.objects.get().status == "applied"


def test_erasing_somebody_frees_their_places(srem: Tenant) -> None:
    with bind(srem):
        clerk, over, coming = user_of("director"), make_shift(), make_shift(starts_at=in_days(9))
        profile = make_volunteer()
        task = take_shift(shift=over, profile=profile, acting_user=clerk)
        take_shift(shift=coming, profile=profile, acting_user=clerk)
        begin(over)
        record_shift_attendance(assignment=task, was_there=True, acting_user=clerk)
        erase_person(person=profile.person, acting_user=clerk)
        assert (taken(over), taken(coming)) == (0, 0)
        assert drifted_pools() == []
