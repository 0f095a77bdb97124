"""Agreements, insurances, checks and consents that the law asks for.

An agreement proves that an accident happened to a volunteer, or that a volunteer did harm: claims
lapse after six years (art. 118 of the Civil Code), so it is kept as long, even after an erasure.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Declaration, Lock
from volunteering.models import (
    BackgroundCheck,
    GuardianConsent,
    InsuranceCover,
    VolunteerAgreement,
    VolunteerProfile,
)

CLAIMS_LAPSE = timedelta(days=6 * 365 + 2)


def agreements_still_needed(person: Person | None = None) -> "QuerySet[VolunteerAgreement]":
    """Signed ones that are in force, or ended less than six years ago."""
    signed = VolunteerAgreement.objects.filter(status__in=["signed", "ended"])
    if person is not None:
        signed = signed.filter(profile__person__in=everybody_who_is(person))
    ended_after = timezone.localdate() - CLAIMS_LAPSE
    return signed.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=ended_after))


def export(person: Person) -> dict[str, Any]:
    of_person = {"profile__person__in": everybody_who_is(person)}
    return {
        "agreements": [
            {
                "with": row.organisation.name if row.organisation else None,
                "state": str(row.get_status_display()),
                "signed_on": row.signed_on,
                "from": row.starts_on,
                "until": row.ends_on,
            }
            for row in VolunteerAgreement.objects.filter(**of_person).select_related("organisation")
        ],
        "insurances": [
            {
                "kind": str(row.get_kind_display()),
                "policy": row.policy,
                "from": row.starts_on,
                "until": row.ends_on,
            }
            for row in InsuranceCover.objects.filter(**of_person)
        ],
        "background_check": [
            {
                "state": str(row.get_status_display()),
                "checked_on": row.checked_on,
                "check_again_on": row.recheck_on,
            }
            for row in BackgroundCheck.objects.filter(**of_person)
        ],
        "guardians_consents": [
            {"given_on": row.given_on, "until": row.ends_on}
            for row in GuardianConsent.objects.filter(**of_person)
        ],
    }


def erase(person: Person) -> None:
    everybody = everybody_who_is(person)
    for model in (InsuranceCover, BackgroundCheck, GuardianConsent):
        model._default_manager.filter(profile__person__in=everybody).delete()
    GuardianConsent.objects.filter(guardian__in=everybody).delete()
    kept = agreements_still_needed(person).values("pk")
    VolunteerAgreement.objects.filter(profile__person__in=everybody).exclude(pk__in=kept).delete()


def locks(person: Person) -> list[Lock]:
    rows = list(agreements_still_needed(person))
    if not rows:
        return []
    until = max(row.ends_on or timezone.localdate() for row in rows) + CLAIMS_LAPSE
    return [
        _lock(VolunteerAgreement._meta.db_table, until),
        _lock(VolunteerProfile._meta.db_table, until),
    ]


def _lock(table: str, until: date) -> Lock:
    return Lock(
        table=table,
        label=_("The agreement about your volunteering"),
        basis=_("it proves rights of both sides until claims lapse (art. 118 of the Civil Code)"),
        until=until,
    )


def retain() -> None:
    before = timezone.localdate() - CLAIMS_LAPSE
    VolunteerAgreement.objects.filter(ends_on__lt=before).delete()
    InsuranceCover.objects.filter(ends_on__lt=before).delete()
    GuardianConsent.objects.filter(ends_on__lt=before).delete()


DECLARATION = Declaration(
    key="volunteering_gates",
    label=_("Agreements, insurance and checks of a volunteer"),
    basis=_("a legal duty: the act on volunteering and the act on the protection of minors"),
    kept_for=_("an agreement: six years after its end; the rest as long as you are a volunteer"),
    tables=(
        "volunteering_volunteeragreement",
        "volunteering_insurancecover",
        "volunteering_backgroundcheck",
        "volunteering_guardianconsent",
    ),
    export=export,
    erase=erase,
    locks=locks,
    retain=retain,
    names={
        "agreements": _("Agreements"),
        "with": _("With whom"),
        "signed_on": _("Signed on"),
        "insurances": _("Insurances"),
        "kind": _("Kind"),
        "policy": _("Number of the policy"),
        "background_check": _("Background check"),
        "checked_on": _("Checked on"),
        "check_again_on": _("Check again on"),
        "guardians_consents": _("Consents of a guardian"),
        "given_on": _("Given on"),
    },
)
