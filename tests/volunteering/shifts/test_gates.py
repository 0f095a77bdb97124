"""The law is asked in Python for a shift and in SQL for a request: never two different answers."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tenants.binding import bind
from tenants.models import Tenant
from tests.volunteering.making import (
    in_days,
    make_agreement,
    make_check,
    make_person,
    make_request,
    make_volunteer,
)
from volunteering.gates import GATES, missing_gates
from volunteering.matching.edges import RULES, broken_rules
from volunteering.models import GuardianConsent, InsuranceCover, VolunteerProfile

DAYS = 10


@pytest.fixture(autouse=True)
def here(srem: Tenant) -> Iterator[None]:
    with bind(srem):
        yield


def day(days: int = DAYS) -> date:
    return timezone.localdate() + timedelta(days=days)


def years_old(years: int, days_before: int = 0) -> VolunteerProfile:
    born = day()
    born = born.replace(year=born.year - years) + timedelta(days=days_before)
    return make_volunteer(born_on=born)


def with_consent(ends: int | None) -> VolunteerProfile:
    profile = years_old(16)
    GuardianConsent.objects.create(
        profile=profile, guardian=make_person("Anna Kos"), given_on=day(-1),
        ends_on=None if ends is None else day(ends),
    )  # fmt: skip
    return profile


def with_short_agreement(first: int, last: int, cover: int | None = None) -> VolunteerProfile:
    profile = make_volunteer(with_agreement=False)
    make_agreement(profile, starts_on=day(first), ends_on=day(last))
    if cover is not None:
        InsuranceCover.objects.create(profile=profile, starts_on=day(cover), ends_on=day(cover))
    return profile


def with_check(lapses: int, status: str = "verified") -> VolunteerProfile:
    profile = make_volunteer()
    make_check(profile, day(lapses), status=status)
    return profile


def with_two_agreements() -> VolunteerProfile:
    profile = with_short_agreement(1, DAYS)
    make_agreement(profile)
    return profile


CASES: dict[str, tuple[Callable[[], VolunteerProfile], list[str]]] = {
    "an adult": (make_volunteer, []),
    "on a break": (lambda: make_volunteer(status="paused"), ["not_active"]),
    "new": (lambda: make_volunteer(status="applied"), ["not_active"]),
    "too young": (lambda: years_old(15), ["age_below_minimum", "guardian_consent_required"]),
    "sixteen that day": (lambda: years_old(16), ["guardian_consent_required"]),
    "sixteen the day after": (
        lambda: years_old(16, 1), ["age_below_minimum", "guardian_consent_required"],
    ),
    "eighteen that day": (lambda: years_old(18), []),
    "eighteen the day after": (lambda: years_old(18, 1), ["guardian_consent_required"]),
    "consent": (lambda: with_consent(None), []),
    "consent until that day": (lambda: with_consent(DAYS), []),
    "consent until the day before": (
        lambda: with_consent(DAYS - 1), ["guardian_consent_required"],
    ),
    "no agreement": (lambda: make_volunteer(with_agreement=False), ["agreement_required"]),
    "agreement over": (lambda: with_short_agreement(1, DAYS - 1), ["agreement_required"]),
    "agreement later": (lambda: with_short_agreement(DAYS + 1, 20), ["agreement_required"]),
    "short agreement": (lambda: with_short_agreement(DAYS, DAYS + 29), ["insurance_missing"]),
    "long enough": (lambda: with_short_agreement(DAYS, DAYS + 30), []),
    "short and insured": (lambda: with_short_agreement(1, DAYS, cover=DAYS), []),
    "insured before": (
        lambda: with_short_agreement(1, DAYS, cover=DAYS - 1), ["insurance_missing"],
    ),
    "one of two is long": (with_two_agreements, []),
}  # fmt: skip
WITH_MINORS: dict[str, tuple[Callable[[], VolunteerProfile], list[str]]] = {
    "no check": (make_volunteer, ["check_required"]),
    "checked": (lambda: with_check(DAYS + 1), []),
    "check lapses that day": (lambda: with_check(DAYS), ["check_lapsed"]),
    "check asked for": (lambda: with_check(90, "requested"), ["check_required"]),
}


@pytest.mark.parametrize("with_minors", [False, True])
def test_a_shift_and_a_request_ask_the_same(with_minors: bool) -> None:
    cases = CASES | WITH_MINORS if with_minors else CASES
    request = make_request(starts_at=in_days(DAYS), with_minor=with_minors)
    for case, (make, expected) in cases.items():
        profile = make()
        said = missing_gates(
            profile, day=timezone.localdate(request.starts_at),
            last_day=timezone.localdate(request.ends_at), min_age=request.min_age,
            with_minors=with_minors,
        )  # fmt: skip
        of_a_child = with_minors and case in CASES
        assert said == [*expected, *(["check_required"] if of_a_child else [])], case
        broken = broken_rules([request.pk], [profile.pk])[profile.pk, request.pk]
        assert said == [code for code in broken if code in GATES], case
    assert [code for code in RULES if code in GATES] == list(GATES)
