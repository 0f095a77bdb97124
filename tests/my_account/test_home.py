import pytest
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import Organisation, OrganisationMember, Person, User
from portal.notifications.promise import promise
from portal.notifications.rendering import Content
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.my_account.reading import words

QUERIES = 20


def test_resident_is_greeted_by_name_and_shown_the_way(resident: SiteClient) -> None:
    text = words(resident.get("/en/konto/"))
    assert "Good day, Resident" in text
    assert "nothing new" in text
    for part in ("Messages", "My data", "Consents and privacy", "Security", "Log out"):
        assert part in text
    assert "staff panel" not in text
    assert "Edit the pages" not in text


def test_somebody_without_a_name_is_greeted_all_the_same(
    srem: Tenant, resident: SiteClient
) -> None:
    with bind(srem):
        Person.objects.filter(logins__email__startswith="resident@").update(first_name="")
    assert words(resident.get("/en/konto/")).startswith("My account")


@pytest.mark.parametrize(
    ("role", "panel", "pages"),
    [("osl", True, False), ("editor", True, True), ("director", True, True), ("dpo", True, False)],
)
def test_staff_are_shown_where_they_work(
    role: str, panel: bool, pages: bool, srem: Tenant, as_site: type[SiteClient]
) -> None:
    client = as_site(srem)
    client.log_in(role)
    text = words(client.get("/en/konto/"))
    assert ("Go to the staff panel" in text) is panel
    assert ("Edit the pages of the site" in text) is pages


def test_member_finds_every_organisation_of_theirs(
    srem: Tenant, coordinator: SiteClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with bind(srem):
        user = User.objects.get(email__startswith="ngo_member@")
        for number in range(5):
            organisation = Organisation.objects.create(name=f"Klub {number}", kind="club")
            OrganisationMember.objects.create(organisation=organisation, user=user)
    with django_assert_max_num_queries(QUERIES):
        text = words(coordinator.get("/en/konto/"))
    assert "Koło Gospodyń" in text
    assert "Klub 4" in text


def test_new_messages_are_counted(srem: Tenant, resident: SiteClient) -> None:
    with bind(srem):
        person = Person.objects.get(logins__email__startswith="resident@")
        for number in range(3):
            promise("panel/written", to=[person], content=letter(f"List {number}"))
    assert "You have 3 messages you have not read yet." in words(resident.get("/en/konto/"))


def test_public_pages_lead_to_the_account_without_knowing_anybody(
    srem: Tenant, as_site: type[SiteClient], resident: SiteClient
) -> None:
    stranger, known = as_site(srem).get("/en/"), resident.get("/en/")
    assert 'href="/en/konto/"' in stranger.content.decode()
    assert stranger.content == known.content
    assert not stranger.cookies


def letter(subject: str, text: str = "Treść") -> Content:
    return {"pl": {"subject": subject, "text": text, "sms": subject}}
