"""What was kept long enough goes at night, by itself."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from portal.accounts.actions.add_person import add_person
from portal.accounts.actions.give_consent import give_consent
from portal.accounts.actions.withdraw_consent import withdraw_consent
from portal.accounts.models import Consent, Invitation, Person, User
from portal.accounts.privacy import declarations
from tenants.binding import bind
from tenants.keys import uuid7
from tenants.models import Tenant
from tests.accounts.people import add


@pytest.fixture
def bound(srem: Tenant) -> Iterator[None]:
    with bind(srem):
        yield


def nightly() -> None:
    for declaration in declarations():
        if declaration.retain:
            declaration.retain()


def login(email: str, *, days_ago: int, person: Person | None = None) -> User:
    user = User.objects.create_user(email=email, person=person or add(email=email))
    User.objects.filter(pk=user.pk).update(joined_at=timezone.now() - timedelta(days=days_ago))
    return user


def test_invitations_go_thirty_days_after_they_expired(bound: None) -> None:
    for days in (-7, 29, 31):
        Invitation.objects.create(
            email="a@b.pl", role="osl", token_digest=f"{days}", invited_by=uuid7(),
            expires_at=timezone.now() - timedelta(days=days),
        )  # fmt: skip
    nightly()
    assert set(Invitation.objects.values_list("token_digest", flat=True)) == {"-7", "29"}


def test_a_login_nobody_ever_used_goes_with_its_person(bound: None, srem: Tenant) -> None:
    unused, recent = login("unused@b.pl", days_ago=31), login("recent@b.pl", days_ago=29)
    used, proven = login("used@b.pl", days_ago=99), login("proven@b.pl", days_ago=99)
    User.objects.filter(pk=used.pk).update(last_login=timezone.now())
    EmailAddress.objects.create(user=proven, email="proven@b.pl", verified=True, primary=True)
    osl = User.objects.get(email=f"osl@{srem.schema_name}.example")
    User.objects.update(joined_at=timezone.now() - timedelta(days=99), last_login=None)
    User.objects.filter(pk=used.pk).update(last_login=timezone.now())
    User.objects.filter(pk=recent.pk).update(joined_at=timezone.now() - timedelta(days=29))
    known = add_person(details={"first_name": "Anna", "last_name": "Żak"}, acting_user=osl)
    second = login("second@b.pl", days_ago=31, person=known)
    nightly()
    left = set(User.objects.values_list("email", flat=True))
    assert {"unused@b.pl", second.email}.isdisjoint(left)
    assert {"recent@b.pl", "used@b.pl", "proven@b.pl", osl.email} <= left
    assert not Person.objects.filter(pk=unused.person_id).exists()
    assert Person.objects.filter(pk=known.pk).exists()


def test_the_proof_of_a_consent_goes_after_six_years_at_the_end_of_the_year(bound: None) -> None:
    year = timezone.localdate().year
    for years_ago, purpose in ((6, "news"), (7, "photos")):
        consent = give_consent(person=add("Anna"), purpose=purpose, means="paper", acting_user=None)
        withdraw_consent(consent=consent, acting_user=None)
        Consent.objects.filter(pk=consent.pk).update(
            withdrawn_at=timezone.now().replace(year=year - years_ago, month=3, day=1)
        )
    give_consent(person=add("Ewa"), purpose="news", means="paper", acting_user=None)
    nightly()
    assert sorted(Consent.objects.values_list("purpose", flat=True)) == ["news", "news"]
