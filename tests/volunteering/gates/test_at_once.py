"""Two of the office who press at one moment."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import AuditEntry
from portal.notifications.models import Message
from tenants.models import Tenant
from tests.accounts.at_once import at_once
from tests.volunteering.making import make_volunteer
from volunteering.actions.admit_volunteer import admit_volunteer
from volunteering.actions.record_agreement import record_agreement
from volunteering.actions.record_check import record_check
from volunteering.actions.save_district import save_district
from volunteering.models import BackgroundCheck, District, VolunteerAgreement
from volunteering.refusals import AlreadyChanged

TIMES = 5


@pytest.fixture
def clerk(site: Tenant) -> User:
    return User.objects.get(email__startswith="osl@")


def test_somebody_is_admitted_and_told_once(site: Tenant, clerk: User) -> None:
    new = make_volunteer(status="applied", with_agreement=False)
    results = at_once(
        site, *(lambda: admit_volunteer(profile=new, acting_user=clerk) for _ in range(TIMES))
    )
    assert sum(isinstance(one, AlreadyChanged) for one in results) == TIMES - 1
    assert Message.objects.filter(kind="volunteering/admitted").count() == 1


def test_one_paper_written_down_many_times_is_one(site: Tenant, clerk: User) -> None:
    volunteer, today = make_volunteer(with_agreement=False), timezone.localdate()

    def write(starts_on: date) -> VolunteerAgreement:
        agreement = VolunteerAgreement(profile=volunteer, starts_on=starts_on, signed_on=today)
        return record_agreement(agreement=agreement, acting_user=clerk)

    at_once(site, *(lambda: write(today) for _ in range(TIMES)))
    assert VolunteerAgreement.objects.count() == 1
    assert AuditEntry.objects.filter(action="agreement.recorded").count() == 1
    # Another one is another one.
    write(today.replace(year=today.year + 1))
    assert VolunteerAgreement.objects.count() == 2


def test_first_steps_of_a_check_and_a_name_are_taken_once(site: Tenant, clerk: User) -> None:
    volunteer = make_volunteer()
    checks = at_once(
        site,
        *(
            lambda: record_check(profile=volunteer, status="requested", acting_user=clerk)
            for _ in range(TIMES)
        ),
    )
    assert sum(isinstance(one, BackgroundCheck) for one in checks) == 1
    assert sum(isinstance(one, AlreadyChanged) for one in checks) == TIMES - 1
    named = at_once(
        site,
        *(
            lambda: save_district(
                district=District(name="Nowe", latitude="52.09", longitude="17.01"),
                acting_user=clerk,
            )
            for _ in range(TIMES)
        ),
    )
    assert sum(isinstance(one, District) for one in named) == 1
    assert sum(isinstance(one, ValidationError) for one in named) == TIMES - 1
