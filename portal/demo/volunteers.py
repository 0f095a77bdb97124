"""Volunteers of the demo, where they live, and what the law asks of them."""

from collections.abc import Sequence
from datetime import date, timedelta

from portal.accounts.models import Person, User
from portal.demo.made_up import email_of, key_of, mail_domain, name_of, phone
from portal.demo.town import Town, content
from tenants.models import Tenant
from tenants.polish import sort_key
from volunteering.models import (
    AvailabilityWindow,
    BackgroundCheck,
    District,
    InsuranceCover,
    VolunteerAgreement,
    VolunteerProfile,
)

# Numbers below, and above the next thirty, are other people's.
FIRST_NUMBER = 60
SIGNED_AGO, SHORT_AGO, SHORT_DAYS = timedelta(days=200), timedelta(days=5), 25
CHECKED_AGO, CHECKED_FOR = timedelta(days=100), timedelta(days=365)


def settle_districts(tenant: Tenant) -> list[District]:
    points = content()["points"]
    latitude, longitude = points.get(str(tenant.municipality_id or "")[:2], points["30"])
    rows = [
        District(
            pk=key_of(f"district {name}", tenant), name=name, sort_key=sort_key(name),
            latitude=round(latitude + north / 100, 2), longitude=round(longitude + east / 100, 2),
        )
        for name, north, east in content()["districts"]
    ]  # fmt: skip
    District.objects.bulk_create(rows, ignore_conflicts=True)
    return rows


def settle_volunteers(tenant: Tenant, districts: Sequence[District]) -> list[VolunteerProfile]:
    lines = content()["volunteers"]["people"]
    sample = User.objects.get(email=f"wolontariusz@{mail_domain(tenant)}").person
    people = [sample, *(_person(number, tenant) for number in range(1, len(lines)))]
    Person.objects.bulk_create(people[1:], ignore_conflicts=True)
    profiles = [
        VolunteerProfile(
            pk=key_of(f"volunteer {number}", tenant), person=person, status=state,
            skills=skills.split(), languages=languages.split(), district=districts[district],
            radius_km=radius or None, transport=transport, weekly_hours=hours,
            with_children="c" in gates,
        )
        for number, (person, line) in enumerate(zip(people, lines, strict=True))
        for district, radius, transport, hours, _week, skills, languages, gates, state in [line]
    ]  # fmt: skip
    VolunteerProfile.objects.bulk_create(profiles, ignore_conflicts=True)
    AvailabilityWindow.objects.bulk_create(
        (
            AvailabilityWindow(
                pk=key_of(f"window {number} {day}", tenant), profile=profile, weekday=day,
                starts=week["from"] * 60, ends=week["to"] * 60,
            )
            for number, profile in enumerate(profiles)
            for week in [content()["weeks"][lines[number][4]]]
            for day in week["days"]
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    return profiles


def _person(number: int, tenant: Tenant) -> Person:
    name = name_of(FIRST_NUMBER + number, tenant, is_woman=number % 3 != 0)
    channel = ("sms", "email", "phone")[number % 3]
    person = Person(
        pk=key_of(f"volunteering person {number}", tenant),
        first_name=name[0], last_name=name[1], channel=channel,
        phone="" if channel == "email" else phone(FIRST_NUMBER + number),
        email=email_of(name, tenant) if channel == "email" else "",
    )  # fmt: skip
    person.set_keys()
    return person


def open_gates(town: Town, today: date) -> None:
    """What the law asks for: there for most, short or missing for some."""
    gates = [line[7] for line in content()["volunteers"]["people"]]
    agreements, covers, checks = [], [], []
    for number, (profile, letters) in enumerate(zip(town.profiles, gates, strict=True)):
        if "l" in letters:
            starts_on, ends_on = today - SIGNED_AGO, None
        else:
            starts_on = today - SHORT_AGO
            ends_on = starts_on + timedelta(days=SHORT_DAYS)
        if set("lsu") & set(letters):
            agreements.append(
                VolunteerAgreement(
                    pk=key_of(f"agreement {number}", town.tenant), profile=profile,
                    starts_on=starts_on, ends_on=ends_on, signed_on=starts_on,
                    recorded_by=town.clerk.pk,
                )
            )  # fmt: skip
        if "s" in letters and ends_on is not None:
            covers.append(
                InsuranceCover(
                    pk=key_of(f"cover {number}", town.tenant), profile=profile, starts_on=starts_on,
                    ends_on=ends_on, recorded_by=town.clerk.pk,
                )
            )  # fmt: skip
        if "c" in letters:
            checks.append(
                BackgroundCheck(
                    pk=key_of(f"check {number}", town.tenant), profile=profile, status="verified",
                    checked_on=today - CHECKED_AGO, recheck_on=today + CHECKED_FOR,
                    has_residence_statement=True, checked_by=town.clerk.pk,
                )
            )  # fmt: skip
    VolunteerAgreement.objects.bulk_create(agreements, ignore_conflicts=True)
    InsuranceCover.objects.bulk_create(covers, ignore_conflicts=True)
    BackgroundCheck.objects.bulk_create(checks, ignore_conflicts=True)
