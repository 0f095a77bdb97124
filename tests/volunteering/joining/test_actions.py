"""What the actions refuse, whoever calls them; pages stop most of it earlier."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import Tenant
from tests.volunteering.making import make_person, make_request, make_volunteer
from volunteering.actions.become_volunteer import become_volunteer
from volunteering.actions.leave_volunteering import leave_volunteering
from volunteering.actions.pause_profile import pause_profile
from volunteering.actions.plan_absence import plan_absence
from volunteering.actions.resume_profile import resume_profile
from volunteering.answers import answers_of
from volunteering.joining_refusals import TooYoungToJoin
from volunteering.matching.edges import broken_rules
from volunteering.models import VolunteerProfile
from volunteering.refusals import AlreadyChanged


def test_fifteen_is_too_young_and_sixteen_is_not(srem: Tenant) -> None:
    today = timezone.localdate()
    with bind(srem):
        user = User.objects.get(email__startswith="resident@")
        said = answers_of(make_volunteer())
        sixteen = today.replace(year=today.year - 16, day=min(today.day, 28))
        with pytest.raises(TooYoungToJoin):
            become_volunteer(
                person=user.person,
                answers=replace(said, born_on=sixteen + timedelta(days=30)),
                acting_user=user,
            )
        assert not VolunteerProfile.objects.filter(person=user.person).exists()
        joined = become_volunteer(
            person=user.person, answers=replace(said, born_on=sixteen), acting_user=user
        )
        assert joined.age_on(today) == 16


def test_the_office_writes_down_somebody_younger_who_came_with_a_guardian(srem: Tenant) -> None:
    today = timezone.localdate()
    with bind(srem):
        clerk = User.objects.get(email__startswith="osl@")
        person = make_person("Kuba Lis")
        said = replace(answers_of(make_volunteer()), born_on=today - timedelta(days=14 * 366))
        joined = become_volunteer(person=person, answers=said, acting_user=clerk)
        # Until the consent is there nobody asks them anything.
        request = make_request()
        codes = broken_rules([request.pk], [joined.pk])[joined.pk, request.pk]
        assert {"guardian_consent_required", "age_below_minimum"} <= set(codes)


def test_whoever_has_left_or_is_new_has_no_break(srem: Tenant) -> None:
    with bind(srem):
        user = User.objects.get(email__startswith="resident@")
        profile = make_volunteer(person=user.person, status="applied")
        with pytest.raises(AlreadyChanged):
            pause_profile(profile=profile, until=None, acting_user=user)
        with pytest.raises(AlreadyChanged):
            resume_profile(profile=profile, acting_user=user)
        leave_volunteering(profile=profile, acting_user=user)
        # As another tab still has it.
        profile.status = "active"
        with pytest.raises(AlreadyChanged):
            pause_profile(profile=profile, until=None, acting_user=user)


def test_days_that_are_over_are_no_days_away(srem: Tenant) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    with bind(srem):
        user = User.objects.get(email__startswith="resident@")
        profile = make_volunteer(person=user.person)
        with pytest.raises(ValidationError):
            plan_absence(profile=profile, first_on=yesterday, last_on=yesterday, acting_user=user)
        with pytest.raises(ValidationError):
            pause_profile(profile=profile, until=yesterday, acting_user=user)
        assert not profile.absences.exists()
