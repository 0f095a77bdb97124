"""One pair for each hard rule: refused with exactly that code."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tenants.binding import bind
from tenants.models import Tenant
from tests.volunteering.making import (
    in_days,
    make_agreement,
    make_assignment,
    make_check,
    make_district,
    make_invitation,
    make_person,
    make_request,
    make_volunteer,
)
from volunteering.matching.edges import RULES, broken_rules, edges
from volunteering.models import (
    Absence,
    AvailabilityWindow,
    BackgroundCheck,
    Block,
    GuardianConsent,
    HelpRequest,
    InsuranceCover,
    VolunteerProfile,
)

TODAY = timezone.localdate
Pair = tuple[VolunteerProfile, HelpRequest]


@pytest.fixture(autouse=True)
def here(srem: Tenant) -> Iterator[None]:
    with bind(srem):
        yield


def years_ago(years: int) -> Any:
    return TODAY().replace(year=TODAY().year - years) - timedelta(days=20)


def not_active() -> Pair:
    return make_volunteer(status="paused"), make_request()


def own_request() -> Pair:
    volunteer = make_volunteer()
    return volunteer, make_request(asked_by=volunteer.person)


def blocked() -> Pair:
    volunteer, request = make_volunteer(), make_request()
    Block.objects.create(person=request.requester, other=volunteer.person)
    return volunteer, request


def already_filled() -> Pair:
    request = make_request()
    make_assignment(request, make_volunteer("Ola Maj"))
    return make_volunteer(), request


def declined() -> Pair:
    volunteer, request = make_volunteer(), make_request()
    make_invitation(request, volunteer, "declined")
    return volunteer, request


def already_asked() -> Pair:
    volunteer, request = make_volunteer(), make_request()
    make_invitation(request, volunteer)
    return volunteer, request


def skill_missing() -> Pair:
    return make_volunteer(), make_request(required_skills=["computer"])


def car_required() -> Pair:
    return make_volunteer(), make_request(needs_car=True)


def no_common_language() -> Pair:
    return make_volunteer(), make_request(languages=["uk"])


def outside_radius() -> Pair:
    far = make_district("Daleko", 52.09, 17.15)
    return make_volunteer(radius_km=5, transport="car"), make_request(district=far)


def not_available() -> Pair:
    volunteer = make_volunteer(windows=False)
    AvailabilityWindow.objects.create(profile=volunteer, weekday=0, starts=480, ends=720)
    monday = in_days(14 - TODAY().weekday(), hour=15)
    return volunteer, make_request(starts_at=monday)


def absent() -> Pair:
    volunteer, request = make_volunteer(), make_request()
    day = request.starts_at.date()
    Absence.objects.create(profile=volunteer, first_on=day, last_on=day)
    return volunteer, request


def time_overlap() -> Pair:
    volunteer, request = make_volunteer(), make_request()
    other = make_request(starts_at=request.starts_at + timedelta(minutes=30))
    make_assignment(other, volunteer)
    return volunteer, request


def weekly_hours_used() -> Pair:
    return make_volunteer(weekly_hours=1), make_request(ends_at=in_days(10, hour=12))


def invite_budget_used() -> Pair:
    volunteer = make_volunteer()
    for days in (1, 2, 3):
        sent_at = timezone.now() - timedelta(days=days)
        make_invitation(make_request(), volunteer, "expired", sent_at=sent_at)
    return volunteer, make_request()


def age_below_minimum() -> Pair:
    volunteer = make_volunteer(born_on=years_ago(16))
    GuardianConsent.objects.create(profile=volunteer, guardian=make_person(), given_on=TODAY())
    return volunteer, make_request(min_age=18)


def guardian_consent_required() -> Pair:
    return make_volunteer(born_on=years_ago(16)), make_request()


def agreement_required() -> Pair:
    volunteer = make_volunteer(with_agreement=False)
    make_agreement(volunteer, ends_on=TODAY())
    return volunteer, make_request()


def insurance_missing() -> Pair:
    volunteer = make_volunteer(with_agreement=False)
    make_agreement(volunteer, starts_on=TODAY(), ends_on=TODAY() + timedelta(days=20))
    return volunteer, make_request()


def check_required() -> Pair:
    return make_volunteer(), make_request(with_minor=True)


def check_lapsed() -> Pair:
    volunteer, request = make_volunteer(), make_request(with_minor=True)
    make_check(volunteer, recheck_on=request.ends_at.date())
    return volunteer, request


PAIRS: dict[str, Callable[[], Pair]] = {
    pair.__name__: pair
    for pair in (
        not_active, own_request, blocked, already_filled, declined, already_asked, skill_missing,
        car_required, no_common_language, outside_radius, not_available, absent, time_overlap,
        weekly_hours_used, invite_budget_used, age_below_minimum, guardian_consent_required,
        agreement_required, insurance_missing, check_required, check_lapsed,
    )
}  # fmt: skip


def test_there_is_a_pair_for_every_rule() -> None:
    assert list(PAIRS) == list(RULES)


@pytest.mark.parametrize("code", RULES)
def test_the_pair_is_refused_with_exactly_this_code(code: str) -> None:
    volunteer, request = PAIRS[code]()
    assert broken_rules([request.pk], [volunteer.pk]) == {(volunteer.pk, request.pk): [code]}
    assert volunteer.pk not in edges([request.pk]).profiles


def mended(code: str, volunteer: VolunteerProfile, request: HelpRequest) -> None:
    """The gate of the law opened, by what staff record."""
    if code == "insurance_missing":
        day = request.starts_at.date()
        InsuranceCover.objects.create(profile=volunteer, starts_on=TODAY(), ends_on=day)
    elif code == "guardian_consent_required":
        GuardianConsent.objects.create(profile=volunteer, guardian=make_person(), given_on=TODAY())
    elif code == "agreement_required":
        make_agreement(volunteer)
    elif code == "check_required":
        make_check(volunteer, recheck_on=request.ends_at.date() + timedelta(days=1))
    elif code == "check_lapsed":
        until = request.ends_at.date() + timedelta(days=1)
        BackgroundCheck.objects.filter(profile=volunteer).update(recheck_on=until)


@pytest.mark.parametrize(
    "code",
    [
        "insurance_missing", "guardian_consent_required", "agreement_required", "check_required",
        "check_lapsed",
    ],
)  # fmt: skip
def test_with_what_the_law_asks_for_they_may_help(code: str) -> None:
    volunteer, request = PAIRS[code]()
    mended(code, volunteer, request)
    assert broken_rules([request.pk], [volunteer.pk]) == {(volunteer.pk, request.pk): []}
    assert edges([request.pk]).profiles == [volunteer.pk]


def test_a_talk_by_telephone_reaches_anybody() -> None:
    volunteer = make_volunteer(radius_km=1)
    far = make_district("Daleko", 53.00, 18.00)
    assert not edges([make_request(district=far).pk])
    found = edges([make_request(district=far, is_remote=True).pk])
    assert found.profiles == [volunteer.pk]
    assert found.parts_of(0)["distance"] == 300


def test_the_way_is_part_of_the_time() -> None:
    """Five kilometres on foot take an hour there and an hour back."""
    volunteer = make_volunteer(windows=False)
    near = make_district("Za lasem", 52.05, 17.05)
    day = in_days(9).weekday()
    AvailabilityWindow.objects.create(profile=volunteer, weekday=day, starts=10 * 60, ends=14 * 60)
    early = make_request(starts_at=in_days(9, hour=10), district=near)
    midday = make_request(
        starts_at=in_days(9, hour=11) + timedelta(minutes=30), district=near, kind="walk"
    )
    found = broken_rules([early.pk, midday.pk], [volunteer.pk])
    assert found == {
        (volunteer.pk, early.pk): ["not_available"],
        (volunteer.pk, midday.pk): [],
    }


def test_ten_o_clock_is_ten_o_clock_in_summer_and_in_winter() -> None:
    volunteer = make_volunteer(windows=False)
    for day in range(7):
        AvailabilityWindow.objects.create(profile=volunteer, weekday=day, starts=600, ends=660)
    requests = [make_request(starts_at=in_days(days, hour=10)).pk for days in range(10, 360, 50)]
    assert set(edges(requests).requests) == set(requests)


def test_parts_of_a_score_add_up() -> None:
    volunteer = make_volunteer(skills=["company"])
    before = make_request(starts_at=in_days(-20))
    make_assignment(before, volunteer, "done")
    request = make_request(requester=before.requester, preferred_skills=["company"])
    found = edges([request.pk])
    parts = found.parts_of(0)
    assert (parts["same_person"], parts["preferred_skill"], parts["distance"]) == (200, 150, 300)
    assert sum(parts.values()) == found.scores[0] <= 1000
