"""Proofs of consent. Who agreed must stay provable as long as somebody may claim otherwise: claims
expire after six years, at the end of the year (art. 118 of the Civil Code)."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Consent, Person
from portal.accounts.models.privacy import ConsentQuerySet
from portal.accounts.privacy import Declaration, Lock

YEARS_AFTER = 6


def consents_of(person: Person) -> ConsentQuerySet:
    return Consent.objects.filter(person__in=everybody_who_is(person))


def kept_until(withdrawn_at: datetime) -> date:
    return date(timezone.localdate(withdrawn_at).year + YEARS_AFTER, 12, 31)


def export(person: Person) -> list[dict[str, Any]]:
    language = get_language() or "pl"
    return [
        {
            "purpose": str(consent.get_purpose_display()),
            "version": consent.text.version,
            "text": consent.text.texts.get(language) or consent.text.texts["pl"],
            "means": str(consent.get_means_display()),
            "given_at": consent.given_at,
            "withdrawn_at": consent.withdrawn_at,
        }
        for consent in consents_of(person).select_related("text")
    ]


def locks(person: Person) -> list[Lock]:
    # One that is valid ends with the erasure.
    ends = [kept_until(consent.withdrawn_at or timezone.now()) for consent in _provable(person)]
    if not ends:
        return []
    return [
        Lock(
            table=Consent._meta.db_table,
            label=_("Proof of what you agreed to, and when you withdrew it"),
            basis=_("the duty to prove consent, and defence against claims (GDPR art. 7(1) and"
                    " art. 17(3)(e); art. 118 of the Civil Code)"),
            until=max(ends),
        )
    ]  # fmt: skip


def erase(person: Person) -> None:
    consents_of(person).exclude(pk__in=_provable(person)).delete()
    consents_of(person).valid().update(withdrawn_at=timezone.now())
    # The kept proofs are of the one card that keeps the name.
    consents_of(person).update(person=person)


def retain() -> None:
    Consent.objects.exclude(_not_expired()).delete()


def _provable(person: Person) -> ConsentQuerySet:
    return consents_of(person).filter(_not_expired())


def _not_expired() -> Q:
    first_year = timezone.localdate().year - YEARS_AFTER
    return Q(withdrawn_at=None) | Q(withdrawn_at__year__gte=first_year)


DECLARATION = Declaration(
    key="consents",
    label=_("What you agreed to"),
    basis=_("your consent (GDPR art. 6(1)(a)), and the duty to prove it (art. 7(1))"),
    kept_for=_("until you withdraw; the proof, for six more years until the end of the year"),
    tables=("accounts_consent",),
    export=export,
    erase=erase,
    locks=locks,
    retain=retain,
    names={
        "purpose": _("Purpose"),
        "version": _("Version"),
        "text": _("Text"),
        "means": _("How"),
        "given_at": _("Given"),
        "withdrawn_at": _("Withdrawn"),
    },
)
