"""Who helps, and for whom, in these tests."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.accounts.models import Organisation, User
from tests.events.editing.doors import circle
from tests.volunteering.making import make_opportunity, make_volunteer
from volunteering.models import Opportunity, Shift, VolunteerProfile


def user_of(role: str) -> User:
    return User.objects.get(email__startswith=f"{role}@")


def volunteer(role: str = "volunteer", **fields: Any) -> VolunteerProfile:
    """The volunteer whom the cast's login belongs to."""
    return make_volunteer(person=user_of(role).person, **fields)


def proposed(title: str = "Pierogi dla świetlicy", **fields: Any) -> Opportunity:
    """Of the organisation of ``ngo_member``."""
    fields = {"status": "draft", **fields}
    return make_opportunity(title, organisation=circle(), **fields)


def begin(shift: Shift) -> Shift:
    """Let it have begun an hour ago."""
    now = timezone.now()
    length = shift.ends_at - shift.starts_at
    shift.starts_at = now - timedelta(hours=1)
    shift.ends_at = shift.starts_at + length
    shift.save()
    shift.assignments.update(starts_at=shift.starts_at, ends_at=shift.ends_at)
    return shift


def close_the_organisation() -> None:
    Organisation.objects.update(status="closed", reason="x", decided_at=timezone.now())
