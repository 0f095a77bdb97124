"""Two cards of one person become one, and nothing of either is lost."""

from collections.abc import Iterator
from functools import partial

import pytest
from django.utils import timezone

from portal.accounts.actions.add_guardian import add_guardian
from portal.accounts.actions.dismiss_duplicate import dismiss_duplicate
from portal.accounts.actions.erase_person import erase_person
from portal.accounts.actions.give_consent import give_consent
from portal.accounts.actions.merge_people import (
    AlreadyMerged,
    GuardianAndWard,
    PersonErased,
    SamePerson,
    merge_people,
)
from portal.accounts.actions.share_household import share_household
from portal.accounts.actions.withdraw_consent import withdraw_consent
from portal.accounts.merging import current_person, move_what_came_late, predecessors_of
from portal.accounts.models import (
    Consent,
    DifferentPeople,
    FormerDetail,
    Guardianship,
    Household,
    Person,
    User,
)
from portal.audit.models import AuditEntry
from portal.notifications.models import Delivery
from portal.notifications.promise import promise
from portal.notifications.rendering import Words
from tenants.binding import bind
from tenants.keys import uuid7
from tenants.models import Tenant
from tests.accounts.at_once import at_once
from tests.accounts.people import add

HOME = {"street": "ul. Długa 3", "postcode": "63-100", "city": "Śrem"}
WORDS: dict[str, Words] = {"pl": {"subject": "Tak", "text": "Tak", "html": "", "sms": "Tak"}}


@pytest.fixture
def osl(srem: Tenant) -> Iterator[User]:
    with bind(srem):
        yield User.objects.get(email=f"osl@{srem.schema_name}.example")


def test_blanks_are_filled_and_what_differs_is_remembered(osl: User) -> None:
    kept = add("Anna", "Żak", phone="+48600100200", channel="phone")
    merged = add("Anna", "Zak", phone="+48600100299", email="anna@example.pl", **HOME)
    login = User.objects.create_user(email="anna@example.pl", person=merged, last_name="Zak")
    result = merge_people(kept=kept, merged=merged, acting_user=osl)
    assert (result.email, result.city, str(result.phone)) == (
        "anna@example.pl", "Śrem", "+48600100200",
    )  # fmt: skip
    former = set(FormerDetail.objects.filter(person=kept).values_list("kind", "value"))
    assert former == {("name", "Anna Zak"), ("phone", "+48600100299")}
    login.refresh_from_db()
    assert (login.person_id, login.last_name) == (kept.pk, "Żak")
    merged.refresh_from_db()
    assert (merged.merged_into_id, merged.full_name, merged.email) == (kept.pk, "", "")
    entry = AuditEntry.objects.get(action="person.merged")
    assert (entry.object_id, entry.person) == (merged.pk, kept.pk)
    assert entry.details["moved"] == {"accounts.user": 1}
    assert "Zak" not in str(entry.details)


def test_what_both_have_becomes_one_without_losing_either(osl: User, srem: Tenant) -> None:
    kept, merged = add("Anna", "Żak", **HOME), add("Anna", "Żak", **HOME)
    ward, other = add("Ola", "Żak"), add("Ewa", "Inna")
    for one in (kept, merged):
        add_guardian(ward=ward, guardian=one, kind="parent", acting_user=osl)
        give_consent(person=one, purpose="news", means="paper", acting_user=osl)
        dismiss_duplicate(first=one, second=other, acting_user=osl)
        FormerDetail.objects.create(person=one, kind="name", value="Anna Panna")
    dismiss_duplicate(first=kept, second=merged, acting_user=osl)
    share_household(person=merged, other=ward, acting_user=osl)
    promise("mail", to=[kept, merged], content=WORDS)
    merge_people(kept=kept, merged=merged, acting_user=osl)
    assert Guardianship.objects.get(ward=ward).guardian == kept
    assert FormerDetail.objects.get(person=kept).value == "Anna Panna"
    pair = DifferentPeople.objects.get()
    assert {pair.first_id, pair.second_id} == {kept.pk, other.pk}
    kept.refresh_from_db()
    assert kept.household == Household.objects.get()
    later, earlier = Consent.objects.filter(person=kept)
    assert (later.withdrawn_at, earlier.withdrawn_at) == (None, later.given_at)
    assert not Consent.objects.filter(person=merged).exists()
    assert not Delivery.objects.filter(person=merged, state="waiting").exists()
    assert Delivery.objects.filter(person=kept).count() == 1


def test_the_last_word_about_a_consent_counts(osl: User) -> None:
    kept, merged = add("Anna", "Żak"), add("Anna", "Żak")
    give_consent(person=kept, purpose="news", means="paper", acting_user=osl)
    refused = give_consent(person=merged, purpose="news", means="paper", acting_user=osl)
    withdraw_consent(consent=refused, acting_user=osl)
    merge_people(kept=kept, merged=merged, acting_user=osl)
    assert Consent.objects.filter(person=kept).count() == 2
    assert not Consent.objects.valid().filter(person=kept).exists()


def test_old_links_follow_every_merge(osl: User) -> None:
    first, second, third = add("A", "B"), add("A", "B"), add("A", "B")
    merge_people(kept=second, merged=first, acting_user=osl)
    merge_people(kept=third, merged=second, acting_user=osl)
    for old in (first, second, third):
        assert current_person(old.pk) == third
    assert set(predecessors_of(third)) == {first, second}
    with pytest.raises(Person.DoesNotExist):
        current_person(uuid7())
    erase_person(person=third, acting_user=osl)
    with pytest.raises(Person.DoesNotExist):
        current_person(first.pk)


def test_what_cannot_be_merged_is_refused_in_words(osl: User) -> None:
    kept, merged, ward = add("A", "B"), add("A", "B"), add("C", "D")
    with pytest.raises(SamePerson, match="same card"):
        merge_people(kept=kept, merged=kept, acting_user=osl)
    add_guardian(ward=ward, guardian=kept, kind="carer", acting_user=osl)
    for pair in ({"kept": kept, "merged": ward}, {"kept": ward, "merged": kept}):
        with pytest.raises(GuardianAndWard, match="two people"):
            merge_people(**pair, acting_user=osl)
    merge_people(kept=kept, merged=merged, acting_user=osl)
    for pair in ({"kept": kept, "merged": merged}, {"kept": merged, "merged": ward}):
        with pytest.raises(AlreadyMerged, match="merged already"):
            merge_people(**pair, acting_user=osl)
    Person.objects.filter(pk=ward.pk).update(erased_at=timezone.now())
    with pytest.raises(PersonErased, match="erased"):
        merge_people(kept=kept, merged=ward, acting_user=osl)


def test_what_was_written_for_a_merged_person_too_late_follows_at_night(osl: User) -> None:
    kept, merged = add("A", "B"), add("A", "B")
    merge_people(kept=kept, merged=merged, acting_user=osl)
    FormerDetail.objects.create(person=merged, kind="name", value="Za późno")
    move_what_came_late()
    assert FormerDetail.objects.get().person == kept


def test_the_neighbouring_gmina_keeps_its_own(osl: User, kety: Tenant, srem: Tenant) -> None:
    kept, merged = add("A", "B"), add("A", "B", phone="+48600100200")
    with bind(kety):
        for person in (kept, merged):
            add("Tam", "Inni", id=person.pk)
    with bind(srem):
        merge_people(kept=kept, merged=merged, acting_user=osl)
    with bind(kety):
        assert Person.objects.get(pk=merged.pk).merged_into is None


# At one moment


@pytest.fixture
def alone(own_database: str) -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


def outcomes(results: list[object]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_merging_each_into_the_other_at_once_ends_with_one_person(alone: Tenant) -> None:
    with bind(alone):
        osl = User.objects.get(email=f"osl@{alone.schema_name}.example")
        for _round in range(5):
            one, two = add("A", "B"), add("A", "B")
            results = at_once(
                alone,
                partial(merge_people, kept=one, merged=two, acting_user=osl),
                partial(merge_people, kept=two, merged=one, acting_user=osl),
            )
            assert outcomes(results) == [
                "AlreadyMerged",
                "Person",
            ]
            assert Person.objects.current().filter(pk__in=[one.pk, two.pk]).count() == 1
            assert current_person(one.pk) == current_person(two.pk)


def test_without_the_lock_they_would_lose_each_other(
    alone: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: with rows read and not locked, both end up merged away."""
    monkeypatch.setattr(
        "portal.accounts.models.person.PersonQuerySet.select_for_update",
        lambda people, **_options: people,
    )
    with bind(alone):
        osl = User.objects.get(email=f"osl@{alone.schema_name}.example")
        for _round in range(20):
            one, two = add("A", "B"), add("A", "B")
            results = at_once(
                alone,
                partial(merge_people, kept=one, merged=two, acting_user=osl),
                partial(merge_people, kept=two, merged=one, acting_user=osl),
            )
            if outcomes(results) != ["AlreadyMerged", "Person"]:
                return
    pytest.fail("twenty rounds without the lock, and nothing went wrong")


def test_consents_given_and_withdrawn_at_once_are_one(alone: Tenant) -> None:
    with bind(alone):
        person = add("A", "B")
        deed = partial(
            give_consent, person=person, purpose="news", means="online", acting_user=None
        )
        given = at_once(alone, *[deed] * 6)
        assert {type(result) for result in given} == {Consent}
        consent = Consent.objects.get(person=person)
        withdrawn = at_once(
            alone, *[partial(withdraw_consent, consent=consent, acting_user=None)] * 6
        )
        assert withdrawn == [None] * 6
        assert AuditEntry.objects.filter(action="consent.withdrawn").count() == 1
        assert AuditEntry.objects.filter(action="consent.given").count() == 1
