import pytest

from portal.accounts.models import Guardianship, Household, Person
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.my_account.reading import title, words


def me(tenant: Tenant) -> Person:
    with bind(tenant):
        return Person.objects.get(logins__email__startswith="resident@")


def test_resident_sees_what_is_kept_and_what_is_missing(resident: SiteClient) -> None:
    text = words(resident.get("/en/konto/dane/"))
    assert "Resident Przykładowa" in text
    assert "By e-mail to resident@" in text
    assert "Address not given" in text
    assert "you log in with is changed separately" in text


@pytest.mark.parametrize(
    ("part", "typed", "kept"),
    [
        ("imie", {"first_name": "Halina", "last_name": "Nowak"}, {"first_name": "Halina"}),
        (
            "kontakt",
            {"channel": "sms", "phone": "600 100 200", "email": ""},
            {"channel": "sms", "email": ""},
        ),
        (
            "adres",
            {"street": "Długa 3", "postcode": "63100", "city": "Śrem"},
            {"postcode": "63-100", "city": "Śrem"},
        ),
        ("jezyk", {"language": "uk"}, {"language": "uk"}),
    ],
)
def test_resident_changes_one_thing_at_a_time(
    part: str, typed: dict[str, str], kept: dict[str, str], srem: Tenant, resident: SiteClient
) -> None:
    before = me(srem)
    assert resident.get(f"/en/konto/dane/{part}/").status_code == 200
    response = resident.post(f"/en/konto/dane/{part}/", typed, follow=True)
    assert response.redirect_chain == [("/en/konto/dane/", 302)]
    assert "Saved." in words(response)
    after = me(srem)
    assert {name: getattr(after, name) for name in kept} == kept
    untouched = {"first_name", "last_name", "street", "language"} - typed.keys()
    assert all(getattr(after, name) == getattr(before, name) for name in untouched)
    with bind(srem):
        entry = AuditEntry.objects.get(action="person.changed", person=before.pk)
    assert "Halina" not in str(entry.details)


def test_same_change_twice_is_one_change(srem: Tenant, resident: SiteClient) -> None:
    for _time in range(2):
        resident.post("/en/konto/dane/imie/", {"first_name": "Halina", "last_name": "Nowak"})
    with bind(srem):
        assert AuditEntry.objects.filter(action="person.changed").count() == 1


def test_wrong_answers_are_said_at_the_field_and_kept(resident: SiteClient) -> None:
    response = resident.post(
        "/en/konto/dane/kontakt/", {"channel": "sms", "phone": "12 34", "email": "jan@example.pl"}
    )
    body = response.content.decode()
    assert title(response).startswith("Error:")
    assert 'href="#id_phone"' in body
    assert 'id="id_phone_error"' in body
    assert 'value="12 34"' in body
    assert "all 9 digits" in words(response)


def test_resident_cannot_ask_for_letters_without_an_address(resident: SiteClient) -> None:
    response = resident.post(
        "/en/konto/dane/kontakt/", {"channel": "letter", "phone": "", "email": ""}
    )
    assert "Give the address too" in words(response)


def test_resident_who_gets_letters_cannot_take_the_address_away(
    srem: Tenant, resident: SiteClient
) -> None:
    with bind(srem):
        Person.objects.filter(pk=me(srem).pk).update(
            channel="letter", street="Długa 3", postcode="63-100", city="Śrem"
        )
    response = resident.post("/en/konto/dane/adres/", {"street": "", "postcode": "", "city": ""})
    assert response.status_code == 200
    assert "Give the address too" in words(response)
    assert me(srem).city == "Śrem"


def test_parts_that_are_not_asked_for_are_not_found(resident: SiteClient) -> None:
    assert resident.get("/en/konto/dane/pesel/").status_code == 404


def test_form_of_one_part_changes_no_other_field(srem: Tenant, resident: SiteClient) -> None:
    resident.post(
        "/en/konto/dane/imie/",
        {"first_name": "Halina", "last_name": "Nowak", "email": "obcy@example.org", "city": "X"},
    )
    assert me(srem).email.startswith("resident@")
    assert me(srem).city == ""


def test_household_and_guardians_are_shown(srem: Tenant, resident: SiteClient) -> None:
    with bind(srem):
        household = Household.objects.create()
        Person.objects.filter(pk=me(srem).pk).update(household=household)
        Person.objects.create(first_name="Jan", last_name="Nowak", household=household)
        carer = Person.objects.create(first_name="Ewa", last_name="Kowal")
        Guardianship.objects.create(guardian=carer, ward=me(srem), kind="carer")
        Guardianship.objects.create(guardian=me(srem), ward=carer, kind="legal")
    text = words(resident.get("/en/konto/dane/"))
    assert "You live with: Jan Nowak." in text
    assert "Ewa Kowal may act for you, as a carer." in text
    assert "You may act for Ewa Kowal, as a legal guardian." in text
    assert "Only the office can change this." in text
