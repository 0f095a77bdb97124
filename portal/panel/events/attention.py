"""What organisations propose, for the Today page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Activity
from portal.panel.attention import Block, Line, first_of
from portal.panel.moments import since


def proposals() -> Block:
    """What waits longest comes first."""
    waiting = Activity.objects.to_review().order_by("changed_at", "id")
    shown, count = first_of(waiting.select_related("organisation").with_texts())
    return Block(
        key="proposals",
        heading=_("Activities proposed by organisations"),
        count=count,
        url=f"{reverse('panel:events:activities')}?stan=submitted",
        lines=[
            Line(
                due=since(activity.changed_at),
                kind=str(activity.get_kind_display()),
                title=activity.title,
                note=str(activity.organisation or ""),
                url=reverse("panel:events:activity", args=[activity.pk]),
            )
            for activity in shown
        ],
    )
