"""What the law asks of one volunteer on one day. ``matching.edges`` asks the same of everybody at
once, in the database; a test holds the two together."""

from datetime import date

from django.db.models import Q

from volunteering.matching.edges import SHORT_AGREEMENT_DAYS
from volunteering.models import (
    BackgroundCheck,
    InsuranceCover,
    VolunteerAgreement,
    VolunteerProfile,
)

# Codes of ``matching.edges.RULES``, in its order.
GATES = (
    "not_active", "age_below_minimum", "guardian_consent_required", "agreement_required",
    "insurance_missing", "check_required", "check_lapsed",
)  # fmt: skip


def missing_gates(
    profile: VolunteerProfile, *, day: date, last_day: date, min_age: int, with_minors: bool
) -> list[str]:
    """Codes of the gates that are closed to the volunteer, in the order of :data:`GATES`.

    Args:
        day, last_day: when the task begins and ends, by the clock in Poland.
    """
    age = profile.age_on(day)
    closed = {
        "not_active": profile.status != VolunteerProfile.Status.ACTIVE,
        "age_below_minimum": age is not None and age < min_age,
        "guardian_consent_required": profile.is_minor_on(day) and not _has_consent(profile, day),
        **_agreement_gates(profile, day),
        **(_check_gates(profile, last_day) if with_minors else {}),
    }
    return [code for code in GATES if closed.get(code)]


def _has_consent(profile: VolunteerProfile, day: date) -> bool:
    lasts = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return profile.guardian_consents.filter(lasts, given_on__lte=day).exists()


def _agreement_gates(profile: VolunteerProfile, day: date) -> dict[str, bool]:
    in_force = list(
        profile.agreements.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            status=VolunteerAgreement.Status.SIGNED,
            starts_on__lte=day,
        )
    )
    is_insured = any(map(_is_long, in_force)) or _has_cover(profile, day)
    return {
        "agreement_required": not in_force,
        # Without any agreement the code above says what is missing.
        "insurance_missing": bool(in_force) and not is_insured,
    }


def _is_long(agreement: VolunteerAgreement) -> bool:
    """The state insures whoever helps by an agreement for more than 30 days."""
    ends_on = agreement.ends_on
    return ends_on is None or (ends_on - agreement.starts_on).days >= SHORT_AGREEMENT_DAYS


def _has_cover(profile: VolunteerProfile, day: date) -> bool:
    return profile.covers.filter(
        kind=InsuranceCover.Kind.ACCIDENT, starts_on__lte=day, ends_on__gte=day
    ).exists()


def _check_gates(profile: VolunteerProfile, last_day: date) -> dict[str, bool]:
    verified = BackgroundCheck.objects.filter(
        profile=profile, status=BackgroundCheck.Status.VERIFIED
    ).first()
    return {
        "check_required": verified is None,
        "check_lapsed": verified is not None
        and verified.recheck_on is not None
        and verified.recheck_on <= last_day,
    }
