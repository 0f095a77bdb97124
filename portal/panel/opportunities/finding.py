"""From the id in an address to the row; what is not of this site is not there."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from volunteering.models import Application, Assignment, Opportunity, Shift
from volunteering.shift_lines import with_everything


def opportunity_or_404(pk: UUID) -> Opportunity:
    return get_object_or_404(Opportunity.objects.select_related("organisation", "place"), pk=pk)


def shift_or_404(pk: UUID) -> Shift:
    return get_object_or_404(with_everything(Shift.objects.all()), pk=pk)


def application_or_404(pk: UUID) -> Application:
    return get_object_or_404(Application, pk=pk)


def task_or_404(pk: UUID) -> Assignment:
    """Of a shift."""
    tasks = Assignment.objects.select_related("shift", "profile")
    return get_object_or_404(tasks, pk=pk, shift__isnull=False)
