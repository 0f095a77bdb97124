"""A gmina with many volunteers and many who ask, in tables: what the matching bench asks about."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from portal.accounts.models import Person
from tenants.models import Municipality, Tenant
from tenants.provisioning import SiteOrder, provision
from tenants.roles import as_owner
from volunteering.models import (
    AvailabilityWindow,
    District,
    HelpRequest,
    VolunteerAgreement,
    VolunteerProfile,
)
from volunteering.vocabulary import PREFERRED_FOR, SKILLS_FOR, Kind, Skill, Transport

DISTRICTS = 40
DAYS = 14
# Where the gmina lies, in hundredths of a degree: about 13 by 16 kilometres.
SOUTH, WEST, SPAN_NORTH, SPAN_EAST = 5200, 1690, 12, 24
# Starts of the hour at which people ask for help.
HOURS = range(8, 19)


def make_gmina(number: int) -> Tenant:
    gmina = Municipality.objects.order_by("teryt")[number]
    return provision(
        SiteOrder(
            domain=f"wolontariat{number}.localhost", municipality=gmina, status=Tenant.Status.ACTIVE
        )
    )


def fill_in(volunteers: int, requests: int, *, seed: int = 5) -> list[HelpRequest]:
    """People of the bound site, who help and who ask within the next two weeks."""
    random = Random(seed)  # noqa: S311 (the same gmina in every run)
    districts = District.objects.bulk_create(
        District(
            name=f"Wieś {number}",
            latitude=(SOUTH + random.randrange(SPAN_NORTH)) / 100,
            longitude=(WEST + random.randrange(SPAN_EAST)) / 100,
        )
        for number in range(DISTRICTS)
    )
    people = Person.objects.bulk_create(
        Person(first_name="Ewa", last_name=f"Numer {number}", channel="")
        for number in range(volunteers + requests)
    )
    _make_volunteers(random, people[:volunteers], districts)
    made = _make_requests(random, people[volunteers:], districts)
    # As autovacuum does before long.
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _make_volunteers(
    random: Random, people: Sequence[Person], districts: Sequence[District]
) -> None:
    skills = list(Skill)
    profiles = VolunteerProfile.objects.bulk_create(
        VolunteerProfile(
            person=person, status="active", district=random.choice(districts),
            skills=sorted(random.sample(skills, random.randint(2, 6))),
            languages=["pl"], radius_km=random.choice((1, 3, 3, 5, 5, 10)),
            transport=random.choice(list(Transport)), weekly_hours=random.randint(1, 6),
        )
        for person in people
    )  # fmt: skip
    today = timezone.localdate()
    VolunteerAgreement.objects.bulk_create(
        VolunteerAgreement(
            profile=profile, starts_on=today - timedelta(days=90), signed_on=today
        )
        for profile in profiles
    )  # fmt: skip
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(
            profile=profile, weekday=weekday, starts=starts * 60,
            ends=(starts + random.randint(2, 5)) * 60,
        )
        for profile in profiles
        for weekday in random.sample(range(7), random.randint(1, 4))
        for starts in [random.randint(8, 16)]
    )  # fmt: skip


def _make_requests(
    random: Random, people: Sequence[Person], districts: Sequence[District]
) -> list[HelpRequest]:
    kinds = list(Kind)
    today, now = timezone.localdate(), timezone.now()
    made: list[HelpRequest] = []
    for person in people:
        kind = random.choice(kinds)
        day = today + timedelta(days=random.randint(1, DAYS - 1))
        starts_at = timezone.make_aware(datetime.combine(day, time(random.choice(HOURS))))
        made.append(
            HelpRequest(
                requester=person, kind=kind, district=random.choice(districts),
                starts_at=starts_at, ends_at=starts_at + timedelta(hours=random.randint(1, 2)),
                required_skills=SKILLS_FOR[kind], preferred_skills=PREFERRED_FOR.get(kind, []),
                languages=["pl"], people_needed=random.choice((1, 1, 2)),
                priority=random.choice((1, 1, 1, 2, 3)), status="searching",
                submitted_at=now - timedelta(days=random.randint(0, 10)),
                idempotency_key=uuid4(), code=f"{len(made):08}",
            )
        )  # fmt: skip
    return HelpRequest.objects.bulk_create(made)
