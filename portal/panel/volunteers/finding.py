"""From the id in an address to the row; what is not of this site is not there."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from volunteering.gaps import with_gaps
from volunteering.models import (
    GuardianConsent,
    HoursEntry,
    InsuranceCover,
    VolunteerAgreement,
    VolunteerProfile,
)


def profile_or_404(pk: UUID) -> VolunteerProfile:
    """With what is missing."""
    profiles = VolunteerProfile.objects.select_related("person", "district", "background_check")
    return get_object_or_404(with_gaps(profiles), pk=pk)


def agreement_or_404(pk: UUID) -> VolunteerAgreement:
    rows = VolunteerAgreement.objects.select_related("profile__person", "organisation")
    return get_object_or_404(rows, pk=pk)


def cover_or_404(pk: UUID) -> InsuranceCover:
    return get_object_or_404(InsuranceCover.objects.select_related("profile__person"), pk=pk)


def consent_or_404(pk: UUID) -> GuardianConsent:
    rows = GuardianConsent.objects.select_related("profile__person", "guardian")
    return get_object_or_404(rows, pk=pk)


def entry_or_404(pk: UUID) -> HoursEntry:
    rows = HoursEntry.objects.select_related("profile__person")
    return get_object_or_404(rows, pk=pk)
