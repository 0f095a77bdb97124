from uuid import uuid4

from pytest_django import DjangoAssertNumQueries

from portal.accounts.actions.give_consent import give_consent
from portal.accounts.models import Consent, Person
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.my_account.reading import words

QUERIES = 16


def consent_of(tenant: Tenant, role: str) -> Consent:
    with bind(tenant):
        person = Person.objects.get(logins__email__startswith=f"{role}@")
        return give_consent(person=person, purpose="news", means="paper", acting_user=None)


def test_giving_and_withdrawing_are_one_press_each(
    srem: Tenant, resident: SiteClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = resident.get("/en/konto/zgody/")
    assert "You do not agree" in words(page)
    given = resident.post("/en/konto/zgody/news/daj/", follow=True)
    assert "You agree" in words(given)
    assert "online. Version 1 of the words above." in words(given)
    with bind(srem):
        consent = Consent.objects.get()
        assert consent.means == Consent.Means.ONLINE
        assert consent.recorded_by == consent.person.logins.get().pk
    withdrawn = resident.post(f"/en/konto/zgody/{consent.pk}/wycofaj/", follow=True)
    assert "Your consent is withdrawn." in words(withdrawn)
    assert ", withdrawn on" in words(withdrawn)
    with django_assert_max_num_queries(QUERIES):
        resident.get("/en/konto/zgody/")
    with bind(srem):
        actions = list(AuditEntry.objects.about(consent.person_id).order_by("at"))
    assert [entry.action for entry in actions] == ["consent.given", "consent.withdrawn"]


def test_pressing_twice_gives_and_withdraws_once(srem: Tenant, resident: SiteClient) -> None:
    for _time in range(2):
        assert resident.post("/en/konto/zgody/photos/daj/").status_code == 302
    with bind(srem):
        consent = Consent.objects.get()
    for _time in range(2):
        assert resident.post(f"/en/konto/zgody/{consent.pk}/wycofaj/").status_code == 302
    with bind(srem):
        assert AuditEntry.objects.filter(action="consent.withdrawn").count() == 1


def test_consent_of_somebody_else_is_not_found(
    srem: Tenant, kety: Tenant, resident: SiteClient
) -> None:
    for consent in (consent_of(srem, "osl"), consent_of(kety, "resident")):
        assert resident.post(f"/en/konto/zgody/{consent.pk}/wycofaj/").status_code == 404
    assert resident.post(f"/en/konto/zgody/{uuid4()}/wycofaj/").status_code == 404
    for tenant in (srem, kety):
        with bind(tenant):
            assert Consent.objects.get().withdrawn_at is None


def test_nobody_agrees_to_what_is_not_asked(resident: SiteClient) -> None:
    assert resident.post("/en/konto/zgody/everything/daj/").status_code == 404
