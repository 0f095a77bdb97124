"""What concerns safety, for the Today page of those whose business it is."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.panel.attention import SHOWN, Block, Line, first_of
from portal.panel.moments import since
from tenants.formats import moment
from volunteering.models import SafetyReport
from volunteering.safety import are_readers_missing, reports_open_to, tasks_to_part


def reports_to_read(user: User) -> Block:
    """Empty for everybody but the two who read them; no word of what they say."""
    waiting = reports_open_to(user).exclude(status=SafetyReport.Status.CLOSED)
    shown, count = first_of(waiting.order_by("created_at", "id"))
    return Block(
        key="danger",
        heading=_("Reports of danger"),
        count=count,
        url=reverse("panel:safety:reports"),
        lines=[
            Line(
                due=since(report.created_at),
                kind=str(report.get_status_display()),
                title=_("Somebody felt in danger, or saw danger"),
                url=reverse("panel:safety:report", args=[report.pk]),
                is_late=report.status == SafetyReport.Status.NEW,
            )
            for report in shown
        ],
    )


def nobody_reads_reports() -> Block:
    is_missing = are_readers_missing()
    url = reverse("panel:safety:contacts")
    line = Line(
        due="",
        kind=_("to be set up"),
        title=_("Name two people who read reports of danger"),
        note=_("Until then nobody of the office can read what volunteers and residents report."),
        url=url,
    )
    return Block(
        key="safety_contacts",
        heading=_("Safety"),
        count=int(is_missing),
        url=url,
        lines=[line] if is_missing else [],
    )


def tasks_apart(user: User) -> Block:
    """Somebody has to part them, by a call to each; for those who may see whom it is about."""
    tasks = tasks_to_part(user)
    url = reverse("panel:safety:blocks")
    return Block(
        key="apart",
        heading=_("Arranged help of two people to be kept apart"),
        count=len(tasks),
        url=url,
        lines=[
            Line(
                due=moment(task.starts_at),
                kind=str(task.request),
                title=str(task.profile.person),
                note=_("Find somebody else, and call both."),
                url=reverse("panel:help:request", args=[task.request_id]),
                is_late=True,
            )
            for task in tasks[:SHOWN]
        ],
    )
