"""Opportunities as the public list shows them."""

from datetime import datetime

from django.db.models import F, OuterRef, Subquery, Sum
from django.utils import timezone

from volunteering.models import Opportunity, Shift
from volunteering.models.opportunity import OpportunityQuerySet


def listed_opportunities(now: datetime | None = None) -> OpportunityQuerySet:
    """What is public, for ``volunteering/opportunities/_list.html``: what is soonest comes first,
    then what has no shift with a free place.

    Each has ``next_start`` (of the first shift with a free place, or None) and ``free`` (places
    left in all shifts to come, None without any). One query, whatever their number.
    """
    now = now or timezone.now()
    to_come = Shift.objects.filter(
        opportunity=OuterRef("pk"), cancelled_at=None, starts_at__gt=now
    ).order_by()
    with_places = to_come.filter(pool__taken__lt=F("pool__capacity"))
    free = to_come.values("opportunity").annotate(
        number=Sum(F("pool__capacity") - F("pool__taken"))
    )
    return (
        Opportunity.objects.public()
        .select_related("organisation", "place")
        .annotate(
            next_start=Subquery(with_places.order_by("starts_at").values("starts_at")[:1]),
            free=Subquery(free.values("number")),
        )
        .order_by(F("next_start").asc(nulls_last=True), "-published_at", "id")
    )
