"""What organisations propose, and who would like to help, for the Today page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.panel.attention import Block, Line, first_of
from portal.panel.moments import since
from volunteering.models import Application, Opportunity


def proposals() -> Block:
    """What was begun first comes first."""
    waiting = Opportunity.objects.to_review().order_by("created_at", "id")
    shown, count = first_of(waiting.select_related("organisation"))
    return Block(
        key="opportunities",
        heading=_("Opportunities for volunteers proposed by organisations"),
        count=count,
        url=f"{reverse('panel:opportunities:list')}?stan=submitted",
        lines=[
            Line(
                due=since(opportunity.created_at),
                kind=_("opportunity"),
                title=opportunity.title,
                note=str(opportunity.organisation or ""),
                url=reverse("panel:opportunities:opportunity", args=[opportunity.pk]),
            )
            for opportunity in shown
        ],
    )


def applications() -> Block:
    """Whoever would like to help with something of the office's own, and waits for an answer."""
    waiting = Application.objects.filter(
        status=Application.Status.APPLIED,
        opportunity__status=Opportunity.Status.PUBLISHED,
        opportunity__organisation=None,
    ).order_by("applied_at", "id")
    shown, count = first_of(waiting.select_related("profile__person", "opportunity"))
    return Block(
        key="applications",
        heading=_("Volunteers who would like to help with something of ours"),
        count=count,
        url=reverse("panel:opportunities:list"),
        lines=[
            Line(
                due=since(application.applied_at),
                kind=_("application"),
                title=str(application.profile),
                note=application.opportunity.title,
                url=reverse("panel:opportunities:applicants", args=[application.opportunity_id]),
            )
            for application in shown
        ],
    )
