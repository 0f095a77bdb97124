"""Organisations: their numbers, decisions about them, their members."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from portal.accounts.actions.decide_on_organisation import (
    DecisionNotPossible,
    ReasonMissing,
    decide_on_organisation,
)
from portal.accounts.actions.remove_member import LastCoordinator, remove_member
from portal.accounts.actions.save_organisation import AlreadyRegistered, save_organisation
from portal.accounts.forms import OrganisationForm
from portal.accounts.models import Organisation, OrganisationMember, User
from portal.accounts.register_numbers import check_krs, check_nip, check_regon
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant

CLUB = {"name": "Klub Sportowy", "kind": "club"}


@pytest.fixture
def osl(srem: Tenant) -> Iterator[User]:
    with bind(srem):
        yield User.objects.get(email=f"osl@{srem.schema_name}.example")


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        (check_nip, "856-734-62-15", "8567346215"),
        (check_nip, "PL 8567346215", "8567346215"),
        (check_regon, "192 598 184", "192598184"),
        (check_regon, "12345678512347", "12345678512347"),
        (check_krs, "KRS 0000123456", "0000123456"),
        (check_nip, " ", ""),
        (check_regon, "", ""),
        (check_krs, "", ""),
    ],
)
def test_numbers_are_kept_as_digits(check: Any, typed: str, kept: str) -> None:
    assert check(typed) == kept


@pytest.mark.parametrize(
    ("check", "typed", "words"),
    [
        (check_nip, "8567346216", "last digit"),
        (check_nip, "856734621", "10 digits"),
        (check_nip, "85673462150", "10 digits"),
        (check_nip, "856734621O", "10 digits"),
        (check_nip, "0000000000", "10 digits"),
        (check_regon, "192598185", "last digit"),
        (check_regon, "12345678512348", "last digit"),
        (check_regon, "12345678612342", "last digit"),
        (check_regon, "19259818", "9 or 14 digits"),
        (check_regon, "1925981841", "9 or 14 digits"),
        (check_regon, "abc", "9 or 14 digits"),
        (check_regon, "000000000", "9 or 14 digits"),
        (check_krs, "123456", "10 digits, with the zeros"),
        (check_krs, "000012345X", "10 digits, with the zeros"),
        (check_krs, "0000000000", "10 digits, with the zeros"),
    ],
)
def test_a_wrong_number_is_named_in_words(osl: User, check: Any, typed: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        check(typed)


@pytest.mark.parametrize("kind", ["parish", "school", "kgw", "informal"])
def test_some_organisations_have_no_numbers(osl: User, kind: str) -> None:
    for _second in range(2):
        form = OrganisationForm({"name": "Bez numerów", "kind": kind})
        assert form.is_valid(), form.errors
        save_organisation(organisation=form.save(commit=False), acting_user=osl)
    assert Organisation.objects.filter(nip="", krs="", kind=kind).count() >= 2


@pytest.mark.parametrize(("field", "number"), [("nip", "856-734-62-15"), ("krs", "0000 123 456")])
def test_a_number_registered_already_names_the_organisation_that_has_it(
    osl: User, field: str, number: str
) -> None:
    first = OrganisationForm(CLUB | {field: number})
    assert first.is_valid(), first.errors
    saved = save_organisation(organisation=first.save(commit=False), acting_user=osl)
    second = OrganisationForm({"name": "Inny", "kind": "ngo", field: number})
    assert second.errors == {
        field: ["Klub Sportowy has this number and is in the register already."]
    }
    with pytest.raises(AlreadyRegistered, match="Klub Sportowy"):  # had they come at one moment
        save_organisation(
            organisation=Organisation(name="Inny", kind="ngo", **{field: getattr(saved, field)}),
            acting_user=osl,
        )
    own = OrganisationForm(CLUB | {field: number, "city": "Śrem"}, instance=saved)
    assert own.is_valid(), own.errors
    save_organisation(organisation=own.save(commit=False), acting_user=osl)
    entry = AuditEntry.objects.get(action="organisation.changed")
    assert (entry.object_id, entry.details) == (saved.pk, {"fields": ["city"]})


def test_what_the_office_decided_is_not_undone_by_a_form_that_was_open(osl: User) -> None:
    stale = Organisation.objects.create(**CLUB)
    decide_on_organisation(organisation=stale, status="verified", acting_user=osl)
    stale.city = "Śrem"
    saved = save_organisation(organisation=stale, acting_user=osl)
    saved.refresh_from_db()
    assert (saved.status, saved.city) == ("verified", "Śrem")


ALLOWED = {
    ("new", "verified"), ("new", "refused"), ("refused", "new"), ("refused", "verified"),
    ("verified", "closed"), ("closed", "new"), ("closed", "verified"),
}  # fmt: skip


@pytest.mark.parametrize("before", Organisation.Status.values)
@pytest.mark.parametrize("after", Organisation.Status.values)
def test_decisions_follow_each_other_in_the_agreed_order(
    osl: User, before: str, after: str
) -> None:
    club = Organisation.objects.create(**CLUB)
    way = {"new": [], "verified": ["verified"], "refused": ["refused"]}
    for step in way.get(before, ["verified", "closed"]):
        decide_on_organisation(organisation=club, status=step, reason="Tak", acting_user=osl)
    if (before, after) not in ALLOWED:
        with pytest.raises(DecisionNotPossible, match="cannot be decided now"):
            decide_on_organisation(organisation=club, status=after, reason="Nie", acting_user=osl)
        return
    decided = decide_on_organisation(
        organisation=club, status=after, reason="Powód", acting_user=osl
    )
    decided.refresh_from_db()
    assert decided.status == after
    assert (decided.reason == "Powód") == (after in {"refused", "closed"})
    assert (decided.decided_by == osl.pk) == (after != "new")


@pytest.mark.parametrize("reason", ["", "  "])
def test_refusing_needs_a_reason(osl: User, reason: str) -> None:
    club = Organisation.objects.create(**CLUB)
    with pytest.raises(ReasonMissing, match="Write the reason"):
        decide_on_organisation(organisation=club, status="refused", reason=reason, acting_user=osl)


def test_the_last_coordinator_cannot_leave(osl: User, srem: Tenant) -> None:
    club = Organisation.objects.create(**CLUB)
    users = [
        User.objects.get(email=f"{role}@{srem.schema_name}.example")
        for role in ("resident", "volunteer", "editor")
    ]
    first, second, member = (
        OrganisationMember.objects.create(organisation=club, user=user, role=role)
        for user, role in zip(users, ("coordinator", "coordinator", "member"), strict=True)
    )
    for _again in range(2):
        remove_member(member=first, acting_user=osl)
    with pytest.raises(LastCoordinator, match="only coordinator"):
        remove_member(member=second, acting_user=osl)
    remove_member(member=member, acting_user=osl)
    assert [one.user_id for one in club.members.all()] == [users[1].pk]
    assert AuditEntry.objects.filter(action="organisation.member_removed").count() == 2
