"""What a member of an organisation may reach: what is its own. Everything else is not there."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from events.views.organisations.finding import get_organisation_for
from portal.accounts.models import User
from volunteering.models import Application, Assignment, Opportunity, Shift
from volunteering.shift_lines import with_everything


def get_opportunity_for(user: User, organisation: UUID, pk: UUID) -> Opportunity:
    return get_object_or_404(
        Opportunity.objects.select_related("organisation", "place"),
        pk=pk,
        organisation=get_organisation_for(user, organisation),
    )


def get_shift_for(user: User, organisation: UUID, opportunity: UUID, pk: UUID) -> Shift:
    found = get_opportunity_for(user, organisation, opportunity)
    return get_object_or_404(with_everything(Shift.objects.filter(opportunity=found)), pk=pk)


def get_task_for(
    user: User, organisation: UUID, opportunity: UUID, shift: UUID, pk: UUID
) -> Assignment:
    found = get_shift_for(user, organisation, opportunity, shift)
    return get_object_or_404(
        Assignment.objects.select_related("shift", "profile"), pk=pk, shift=found
    )


def get_application_for(user: User, organisation: UUID, opportunity: UUID, pk: UUID) -> Application:
    found = get_opportunity_for(user, organisation, opportunity)
    return get_object_or_404(Application, pk=pk, opportunity=found)
