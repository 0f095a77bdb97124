"""From the id in an address to the row; what is not of this site is not there."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

from volunteering.models import (
    Assignment,
    HelpRequest,
    Invitation,
    MatchRun,
    Proposal,
    VolunteerProfile,
)

M = TypeVar("M", bound=Model)


def request_or_404(pk: UUID) -> HelpRequest:
    requests = HelpRequest.objects.exclude(status=HelpRequest.Status.DRAFT)
    return get_object_or_404(
        requests.select_related("requester", "asked_by", "district"), pk=pk
    )  # fmt: skip


def profile_or_404(pk: UUID) -> VolunteerProfile:
    return get_object_or_404(_with_person(VolunteerProfile.objects.all()), pk=pk)


def invitation_or_404(pk: UUID) -> Invitation:
    return get_object_or_404(_of_request(Invitation.objects.all()), pk=pk)


def task_or_404(pk: UUID) -> Assignment:
    """Help only; a shift has pages of its own."""
    tasks = Assignment.objects.filter(request__isnull=False)
    return get_object_or_404(_of_request(tasks), pk=pk)


def run_or_404(pk: UUID) -> MatchRun:
    return get_object_or_404(MatchRun, pk=pk)


def proposal_or_404(pk: UUID) -> Proposal:
    return get_object_or_404(_of_request(Proposal.objects.all()), pk=pk)


def _of_request(rows: QuerySet[M]) -> QuerySet[M]:
    return rows.select_related(
        "request__requester", "request__asked_by", "request__district", "profile__person",
        "profile__district",
    )  # fmt: skip


def _with_person(profiles: QuerySet[VolunteerProfile]) -> QuerySet[VolunteerProfile]:
    return profiles.select_related("person", "district")
