"""What is typed about a person is checked in plain sentences, at the field."""

from collections.abc import Iterator

import pytest

from portal.accounts.actions import (
    add_guardian,
    leave_household,
    remove_guardian,
    share_household,
)
from portal.accounts.actions.add_person import add_person
from portal.accounts.actions.change_person import PersonIsGone, change_person
from portal.accounts.forms import PersonForm
from portal.accounts.models import Household, Person, User
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.accounts.people import add

ANNA = {"first_name": "Anna", "last_name": "Żak", "channel": "", "language": "pl"}


@pytest.fixture
def osl(srem: Tenant) -> Iterator[User]:
    with bind(srem):
        yield User.objects.get(email=f"osl@{srem.schema_name}.example")


def form(**typed: str) -> PersonForm:
    return PersonForm(ANNA | typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("600100200", "+48600100200"),
        ("600 100 200", "+48600100200"),
        ("+48 600-100-200", "+48600100200"),
        ("0048600100200", "+48600100200"),
        ("(0-61) 283 01 22", "+48612830122"),
        ("+380 44 279 00 00", "+380442790000"),
        ("", ""),
    ],
)
def test_a_phone_may_be_typed_in_any_usual_way(osl: User, typed: str, kept: str) -> None:
    checked = form(phone=typed)
    assert checked.is_valid(), checked.errors
    assert checked.cleaned_data["phone"] == kept


@pytest.mark.parametrize("typed", ["12345", "60010020", "sześćset", "112", "600 100 2000", "--"])
def test_a_phone_that_cannot_be_is_refused_with_an_example(osl: User, typed: str) -> None:
    [sentence] = form(phone=typed).errors["phone"]
    assert "9 digits" in sentence
    assert "600 100 200" in sentence


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"channel": "email"}, "channel", "Give the e-mail address too."),
        ({"channel": "sms"}, "channel", "Give the phone number too."),
        ({"channel": "phone"}, "channel", "Give the phone number too."),
        ({"channel": "sms", "phone": "61 283 01 22"}, "channel", "landline"),
        ({"channel": "letter", "city": "Śrem"}, "channel", "Give the address too"),
        ({"email": "anna@"}, "email", "looks like this"),
        ({"postcode": "6310"}, "postcode", "five digits"),
        ({"first_name": "", "last_name": ""}, "first_name", "Write a first name"),
        ({"channel": "pigeon"}, "channel", "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_at_the_field(
    osl: User, typed: dict[str, str], field: str, words: str
) -> None:
    errors = form(**typed).errors
    assert list(errors) == [field]
    assert words in errors[field][0]


def test_a_form_without_the_channel_says_it_at_the_means(osl: User) -> None:
    person = add("Anna", "Żak", phone="+48600100200", channel="sms")
    checked = PersonForm({"phone": ""}, instance=person)
    for name in set(checked.fields) - {"phone"}:
        del checked.fields[name]
    assert checked.errors == {"phone": ["Give the phone number too."]}


def test_what_the_form_accepts_the_database_keeps(osl: User) -> None:
    checked = form(
        phone="600 100 200",
        email="Anna@Example.PL",
        postcode="63 100",
        city="Śrem",
        channel="letter",
    )
    assert checked.is_valid(), checked.errors
    person = add_person(details=checked.cleaned_data, acting_user=osl)
    person.refresh_from_db()
    assert (person.email, person.postcode, str(person.phone)) == (
        "anna@example.pl", "63-100", "+48600100200",
    )  # fmt: skip
    assert person.notice is not None
    entry = AuditEntry.objects.get(action="person.added")
    assert (entry.actor, entry.person, entry.details) == (osl.pk, person.pk, {})


def test_only_what_was_typed_anew_is_written_and_named_in_the_trail(osl: User) -> None:
    person = add("Anna", "Żak", phone="+48600100200")
    login = User.objects.create_user(email="anna@example.pl", person=person, first_name="Anna")
    shown = PersonForm(instance=person)
    assert 'value="600 100 200"' in str(shown["phone"])
    checked = PersonForm(
        ANNA | {"phone": "+48 600 100 200", "last_name": "Żak-Nowa"}, instance=person
    )
    assert checked.is_valid(), checked.errors
    assert checked.changes == {"last_name": "Żak-Nowa"}
    Person.objects.filter(pk=person.pk).update(city="Śrem")  # somebody else, meanwhile
    changed = change_person(person=person, changes=checked.changes, acting_user=osl)
    login.refresh_from_db()
    assert (changed.last_name, changed.city, login.last_name) == ("Żak-Nowa", "Śrem", "Żak-Nowa")
    entry = AuditEntry.objects.get(action="person.changed")
    assert entry.details == {"fields": ["last_name"]}


def test_a_change_of_nothing_leaves_no_trail(osl: User) -> None:
    person = add("Anna", "Żak")
    change_person(person=person, changes={"first_name": "Anna"}, acting_user=osl)
    assert not AuditEntry.objects.filter(action="person.changed").exists()


def test_a_card_merged_meanwhile_is_not_changed(osl: User) -> None:
    person, kept = add("Anna", "Żak"), add("Anna", "Żak")
    Person.objects.filter(pk=person.pk).update(first_name="", last_name="", merged_into=kept)
    with pytest.raises(PersonIsGone, match="Look the person up again"):
        change_person(person=person, changes={"first_name": "Ewa"}, acting_user=osl)


def test_people_of_one_home_and_their_guardians(osl: User) -> None:
    anna, jan, ola = add("Anna"), add("Jan"), add("Ola")
    home = share_household.share_household(person=anna, other=jan, acting_user=osl)
    assert share_household.share_household(person=ola, other=anna, acting_user=osl) == home
    with pytest.raises(share_household.LivesWithThemselves):
        share_household.share_household(person=ola, other=ola, acting_user=osl)
    assert home.people.count() == 3
    leave_household.leave_household(person=anna, acting_user=osl)
    leave_household.leave_household(person=anna, acting_user=osl)
    leave_household.leave_household(person=jan, acting_user=osl)
    assert not Household.objects.exists()
    link = add_guardian.add_guardian(ward=ola, guardian=anna, kind="parent", acting_user=osl)
    again = add_guardian.add_guardian(ward=ola, guardian=anna, kind="legal", acting_user=osl)
    assert (again.pk, again.kind) == (link.pk, "legal")
    with pytest.raises(add_guardian.GuardiansOfEachOther, match="Remove that first"):
        add_guardian.add_guardian(ward=anna, guardian=ola, kind="carer", acting_user=osl)
    with pytest.raises(add_guardian.OwnGuardian):
        add_guardian.add_guardian(ward=anna, guardian=anna, kind="carer", acting_user=osl)
    for _again in range(2):
        remove_guardian.remove_guardian(guardianship=again, acting_user=osl)
    entries = AuditEntry.objects.exclude(action__startswith="role.")
    assert set(entries.values_list("action", flat=True)) == {
        "household.joined", "household.left", "guardian.added", "guardian.changed",
        "guardian.removed",
    }  # fmt: skip
