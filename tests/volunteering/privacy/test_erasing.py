"""What stays of volunteering when one of the two who met is erased."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import CapacityPool
from portal.accounts.erasing import erase
from portal.accounts.merging import move_everything
from portal.accounts.models import Person
from portal.accounts.privacy import declarations
from tenants.binding import bind
from tenants.models import Tenant
from tests.volunteering.making import (
    in_days,
    make_assignment,
    make_check,
    make_invitation,
    make_person,
    make_request,
    make_shift,
    make_volunteer,
)
from volunteering.declared import gates, help, profiles  # noqa: A004
from volunteering.models import (
    Application,
    Assignment,
    Block,
    HelpRequest,
    HoursEntry,
    Invitation,
    SafetyReport,
    VolunteerAgreement,
    VolunteerProfile,
)


@pytest.fixture(autouse=True)
def here(srem: Tenant) -> Iterator[None]:
    with bind(srem):
        yield


def helped() -> tuple[VolunteerProfile, HelpRequest]:
    """An hour given five days ago, written down."""
    volunteer, request = make_volunteer(), make_request(starts_at=in_days(-5), status="completed")
    task = make_assignment(request, volunteer, "done")
    HoursEntry.objects.create(
        profile=volunteer, assignment=task, on=task.starts_at.date(), minutes=60
    )
    return volunteer, request


def test_hours_outlive_whoever_was_helped() -> None:
    volunteer, request = helped()
    assert erase(request.requester) == []
    assert not HelpRequest.objects.exists()
    assert not Assignment.objects.exists()
    entry = HoursEntry.objects.get()
    assert (entry.profile, entry.minutes, entry.assignment) == (volunteer, 60, None)
    assert not Person.objects.filter(pk=request.requester_id).exists()


def test_who_asked_for_somebody_else_is_forgotten_and_the_request_goes_on() -> None:
    daughter = make_person("Ola Nowak")
    request = make_request(asked_by=daughter)
    erase(daughter)
    request.refresh_from_db()
    assert request.asked_by is None
    assert request.status == "searching"


def test_an_agreement_keeps_the_bare_profile_for_six_years() -> None:
    volunteer, _request = helped()
    make_check(volunteer, timezone.localdate() + timedelta(days=100))
    volunteer.about = "Choruję na serce"
    volunteer.save()
    locks = erase(volunteer.person)
    assert {lock.table for lock in locks} == {
        "volunteering_volunteeragreement", "volunteering_volunteerprofile", "accounts_person",
    }  # fmt: skip
    volunteer.refresh_from_db()
    assert (volunteer.about, volunteer.skills, volunteer.status) == ("", [], "ended")
    assert not volunteer.windows.exists()
    assert not HoursEntry.objects.exists()
    assert not hasattr(volunteer, "background_check")
    long_after = timezone.localdate() - gates.CLAIMS_LAPSE - timedelta(days=2)
    VolunteerAgreement.objects.update(starts_on=long_after, ends_on=long_after)
    assert gates.locks(volunteer.person) == []


def test_a_volunteer_without_an_agreement_goes_whole_and_frees_places() -> None:
    volunteer = make_volunteer(with_agreement=False)
    shift = make_shift(places=2)
    CapacityPool.objects.filter(pk=shift.pool_id).update(taken=1)
    Assignment.objects.create(
        shift=shift, profile=volunteer, starts_at=shift.starts_at, ends_at=shift.ends_at
    )
    Application.objects.create(opportunity=shift.opportunity, profile=volunteer)
    make_invitation(make_request(), volunteer)
    assert erase(volunteer.person) == []
    assert not VolunteerProfile.objects.exists()
    assert not Invitation.objects.exists()
    shift.pool.refresh_from_db()
    assert shift.pool.taken == 0


def test_a_report_stays_without_the_person_it_is_about() -> None:
    reporter, accused = make_person("Halina Nowak"), make_person("Jan Wilk")
    report = SafetyReport.objects.create(reporter=reporter, about=accused, words="Krzyczał.")
    Block.objects.create(person=reporter, other=accused)
    erase(accused)
    report.refresh_from_db()
    assert (report.about, report.words) == (None, "Krzyczał.")
    assert not Block.objects.exists()
    erase(reporter)
    assert not SafetyReport.objects.exists()


def exported(person: Person) -> str:
    return str({one.key: one.export(person) for one in declarations()})


def test_everything_kept_is_in_the_export() -> None:
    volunteer, request = helped()
    own = exported(volunteer.person)
    assert volunteer.district.name in own
    assert "'minutes': 60" in own
    asked = exported(request.requester)
    assert request.code in asked
    assert "'minutes'" not in asked


def test_old_requests_and_old_profiles_go_by_themselves() -> None:
    volunteer, request = helped()
    long_ago = timezone.now() - timedelta(days=6 * 365 + 400)
    HelpRequest.objects.update(starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))
    help.retain_help()
    assert not HelpRequest.objects.filter(pk=request.pk).exists()
    assert HoursEntry.objects.filter(profile=volunteer).exists()
    HoursEntry.objects.update(on=long_ago.date())
    VolunteerAgreement.objects.update(starts_on=long_ago.date(), ends_on=long_ago.date())
    VolunteerProfile.objects.update(created_at=long_ago, status="ended")
    for retain in (help.retain_tasks, gates.retain, profiles.retain):
        retain()
    assert not VolunteerProfile.objects.exists()


def test_two_cards_of_one_volunteer_become_one_profile() -> None:
    kept, merged = make_volunteer("Ewa Kos", status="ended"), make_volunteer("Ewa Kos")
    task = make_assignment(make_request(), merged)
    move_everything(merged=merged.person, kept=kept.person)
    kept.refresh_from_db()
    assert (kept.status, VolunteerProfile.objects.count()) == ("active", 1)
    task.refresh_from_db()
    assert task.profile == kept
    assert kept.agreements.count() == 2


def test_who_asked_for_themselves_on_two_cards_asked_for_themselves() -> None:
    one, two = make_person("Halina Nowak"), make_person("Halina Nowak")
    request = make_request(requester=one, asked_by=two)
    Block.objects.create(person=one, other=two)
    move_everything(merged=two, kept=one)
    request.refresh_from_db()
    assert (request.requester, request.asked_by) == (one, None)
    assert not Block.objects.exists()
