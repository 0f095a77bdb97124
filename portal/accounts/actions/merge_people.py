from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.merging import move_everything
from portal.accounts.models import Consent, FormerDetail, Guardianship, Person, User
from portal.accounts.refusals import Refused
from portal.accounts.withdrawal import follow_withdrawal
from portal.audit.models import record

_ADDRESS = ("street", "postcode", "city")
_EMPTY = {
    **dict.fromkeys(("first_name", "last_name", "phone", "email", *_ADDRESS, "channel"), ""),
    "household": None,
    "notice": None,
}


class SamePerson(Refused):
    """Somebody cannot be merged with themselves."""


class AlreadyMerged(Refused):
    """One of them points at somebody else by now."""


class PersonErased(Refused):
    """What the law keeps of an erased person stays as it is."""


class GuardianAndWard(Refused):
    """One acts for the other, so they are two."""


@transaction.atomic
def merge_people(*, kept: Person, merged: Person, acting_user: User) -> Person:
    """Make two cards one: what was ``merged``'s becomes ``kept``'s, old links lead there.

    Raises:
        SamePerson, AlreadyMerged, PersonErased, GuardianAndWard: with a sentence.
    """
    if kept.pk == merged.pk:
        raise SamePerson(_("This is one and the same card. Choose another one to merge it with."))
    kept, merged = _locked(kept.pk, merged.pk)
    _check(kept, merged)
    household, channel = merged.household, merged.channel
    known_as = _other_details(kept, merged)
    _fill_blanks(kept, merged)
    _leave_a_pointer(merged, kept)
    moved = move_everything(merged=merged, kept=kept)
    for kind, value in known_as:
        FormerDetail.objects.get_or_create(person=kept, kind=kind, value=value)
    _end_what_was_refused_later(kept)
    kept.sign_logins()
    if household is not None and household != kept.household:
        household.end_if_alone()
    record(
        "person.merged",
        actor=acting_user.pk,
        of=merged,
        person=kept.pk,
        moved=moved,
        channel=channel,
        household=str(household.pk) if household else None,
    )
    return kept


def _locked(kept: UUID, merged: UUID) -> tuple[Person, Person]:
    """Both rows, locked in one order whoever is merged into whom."""
    rows = Person.objects.select_for_update(of=("self",)).select_related("household")
    found = {row.pk: row for row in rows.filter(pk__in=[kept, merged]).order_by("pk")}
    if len(found) < 2:
        raise PersonErased(_("One of these cards was erased in the meantime."))
    return found[kept], found[merged]


def _check(kept: Person, merged: Person) -> None:
    if kept.merged_into_id or merged.merged_into_id:
        raise AlreadyMerged(_("One of these cards was merged already. Look the person up again."))
    if kept.erased_at or merged.erased_at:
        raise PersonErased(_("One of these cards was erased in the meantime."))
    pair = [kept.pk, merged.pk]
    if Guardianship.objects.filter(ward__in=pair, guardian__in=pair).exists():
        raise GuardianAndWard(
            _("One of them is the other's guardian, so they are two people. If that is a mistake,"
              " remove the guardian first.")
        )  # fmt: skip


def _other_details(kept: Person, merged: Person) -> list[tuple[FormerDetail.Kind, str]]:
    """What the merged person was known by and the kept one is not."""
    kinds = {
        FormerDetail.Kind.NAME: "full_name",
        FormerDetail.Kind.PHONE: "phone",
        FormerDetail.Kind.EMAIL: "email",
        FormerDetail.Kind.ADDRESS: "address",
    }
    return [
        (kind, str(of_merged))
        for kind, attribute in kinds.items()
        if (of_merged := getattr(merged, attribute))
        and (of_kept := getattr(kept, attribute))
        and str(of_merged) != str(of_kept)
    ]


def _fill_blanks(kept: Person, merged: Person) -> None:
    if not kept.full_name:
        kept.first_name, kept.last_name = merged.first_name, merged.last_name
    if not kept.address:
        for name in _ADDRESS:
            setattr(kept, name, getattr(merged, name))
    for name in ("phone", "email", "household", "notice"):
        if not getattr(kept, name):
            setattr(kept, name, getattr(merged, name))
    if not kept.channel:
        kept.channel = merged.channel
    kept.created_at = min(kept.created_at, merged.created_at)
    kept.save()


def _leave_a_pointer(merged: Person, kept: Person) -> None:
    for name, value in _EMPTY.items():
        setattr(merged, name, value)
    merged.merged_into = kept
    merged.save()


def _end_what_was_refused_later(kept: Person) -> None:
    """Consent on one card and a later withdrawal on the other: the last word counts."""
    for consent in Consent.objects.valid().filter(person=kept):
        later = (
            Consent.objects.filter(
                person=kept, purpose=consent.purpose, withdrawn_at__gt=consent.given_at
            )
            .order_by("withdrawn_at")
            .last()
        )
        if later is not None:
            consent.withdrawn_at = later.withdrawn_at
            consent.withdrawal_recorded_by = later.withdrawal_recorded_by
            consent.save(update_fields=["withdrawn_at", "withdrawal_recorded_by"])
            follow_withdrawal(consent)
