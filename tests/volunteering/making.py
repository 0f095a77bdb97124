"""Volunteers and requests for help, as tests need them; every one in the bound site."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from events.codes import new_code
from events.models import CapacityPool
from portal.accounts.models import Person
from volunteering.models import (
    Assignment,
    AvailabilityWindow,
    BackgroundCheck,
    District,
    HelpRequest,
    Invitation,
    Opportunity,
    Shift,
    VolunteerAgreement,
    VolunteerProfile,
)

ALL_DAY = (8 * 60, 20 * 60)
_numbers = count(1)


def in_days(days: int, hour: int = 10) -> datetime:
    """So many days from now, at a full hour of the clock in Poland."""
    on = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(on, time(hour)))


def make_district(
    name: str = "Centrum", latitude: float = 52.09, longitude: float = 17.01
) -> District:
    found, _is_new = District.objects.get_or_create(
        name=name, defaults={"latitude": latitude, "longitude": longitude}
    )
    return found


def make_person(name: str = "Ewa Kos", **fields: Any) -> Person:
    first, _space, last = name.partition(" ")
    number = next(_numbers)
    fields = {"phone": f"+4860020{number:04}", "channel": "sms", **fields}
    return Person.objects.create(first_name=first, last_name=last, **fields)


def make_volunteer(
    name: str = "Ewa Kos", *, with_agreement: bool = True, windows: bool = True, **fields: Any
) -> VolunteerProfile:
    """An active adult who can help on every day from eight to eight, by an agreement."""
    person = fields.pop("person", None) or make_person(name)
    fields = {
        "status": "active", "skills": ["company", "shopping"], "languages": ["pl"],
        "district": fields.pop("district", None) or make_district(), "weekly_hours": 5, **fields,
    }  # fmt: skip
    profile = VolunteerProfile.objects.create(person=person, **fields)
    if windows:
        starts, ends = ALL_DAY
        AvailabilityWindow.objects.bulk_create(
            AvailabilityWindow(profile=profile, weekday=day, starts=starts, ends=ends)
            for day in range(7)
        )
    if with_agreement:
        make_agreement(profile)
    return profile


def make_agreement(profile: VolunteerProfile, **fields: Any) -> VolunteerAgreement:
    today = timezone.localdate()
    fields = {"starts_on": today - timedelta(days=40), "signed_on": today, **fields}
    return VolunteerAgreement.objects.create(profile=profile, **fields)


def make_check(profile: VolunteerProfile, recheck_on: date, **fields: Any) -> BackgroundCheck:
    """A background check that was done a month ago."""
    fields = {
        "status": "verified", "checked_on": timezone.localdate() - timedelta(days=30),
        "has_residence_statement": True, "checked_by": uuid4(), **fields,
    }  # fmt: skip
    return BackgroundCheck.objects.create(profile=profile, recheck_on=recheck_on, **fields)


def make_request(**fields: Any) -> HelpRequest:
    """Somebody wants company for an hour, in ten days at ten; organisers are looking already."""
    starts_at = fields.pop("starts_at", None) or in_days(10)
    fields = {
        "kind": "company", "languages": ["pl"], "status": "searching",
        "requester": fields.pop("requester", None) or make_person("Halina Nowak"),
        "district": fields.pop("district", None) or make_district(),
        "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1),
        "idempotency_key": uuid4(), "code": new_code(), **fields,
    }  # fmt: skip
    return HelpRequest.objects.create(**fields)


def make_invitation(
    request: HelpRequest, profile: VolunteerProfile, status: str = "sent", **fields: Any
) -> Invitation:
    now = timezone.now()
    fields = {"sent_at": now, "expires_at": now + timedelta(days=2), **fields}
    return Invitation.objects.create(request=request, profile=profile, status=status, **fields)


def make_assignment(
    request: HelpRequest, profile: VolunteerProfile, status: str = "accepted", **fields: Any
) -> Assignment:
    fields = {"slot": 1, "starts_at": request.starts_at, "ends_at": request.ends_at, **fields}
    return Assignment.objects.create(request=request, profile=profile, status=status, **fields)


def make_opportunity(title: str = "Paczki dla seniorów", **fields: Any) -> Opportunity:
    fields = {
        "slug": f"oferta-{next(_numbers)}", "status": "published", "lead": "Pakujemy i rozwozimy.",
        "description": "W każdą sobotę.", "published_at": timezone.now(),
        "chooses_volunteers": False, **fields,
    }  # fmt: skip
    return Opportunity.objects.create(title=title, **fields)


def make_shift(opportunity: Opportunity | None = None, *, places: int = 5, **fields: Any) -> Shift:
    starts_at = fields.pop("starts_at", None) or in_days(7)
    return Shift.objects.create(
        opportunity=opportunity or make_opportunity(),
        pool=CapacityPool.objects.create(capacity=places),
        starts_at=starts_at,
        ends_at=fields.pop("ends_at", starts_at + timedelta(hours=3)),
        **fields,
    )
