"""From an address to the row, and from a login to the volunteer."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from volunteering.models import Assignment, Opportunity, Shift, VolunteerProfile
from volunteering.shift_lines import with_everything


def opportunity_or_404(slug: str) -> Opportunity:
    """Public ones only."""
    return get_object_or_404(
        Opportunity.objects.public().select_related("organisation", "place"), slug=slug
    )


def shift_for(profile: VolunteerProfile | None, pk: UUID) -> Shift:
    """A public one, or one the volunteer had a place in."""
    mine = Assignment.objects.filter(profile=profile).values("shift") if profile else []
    shifts = Shift.objects.filter(
        Q(opportunity__status=Opportunity.Status.PUBLISHED) | Q(pk__in=mine)
    )
    return get_object_or_404(with_everything(shifts), pk=pk)


def public_shift_or_404(pk: UUID) -> Shift:
    return shift_for(None, pk)


def own_task_or_404(profile: VolunteerProfile | None, shift: Shift) -> Assignment:
    """The last one: a shift that was given back may be taken again."""
    found = (
        Assignment.objects.filter(profile=profile, shift=shift)
        .select_related("shift", "profile")
        .order_by("-created_at", "-id")
        .first()
        if profile
        else None
    )
    if found is None:
        raise Http404
    return found
