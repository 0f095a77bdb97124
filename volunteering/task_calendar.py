"""A task as a calendar file (RFC 5545) for the volunteer: what, when, which part of the gmina.

Calendars are shared and synchronised: who is helped, and where they live, is never in one.
"""

from datetime import UTC

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from portal.notifications.links import absolute
from portal.places.reach import reach
from volunteering.models import Assignment, HelpRequest
from volunteering.shift_calendar import shift_calendar

CALENDAR_NAME = "zadanie.ics"
_LINES = (
    ("prodid", "-//Gromada//volunteering//PL"),
    ("version", "2.0"),
    ("calscale", "GREGORIAN"),
)


def task_calendar(task: Assignment, page: str) -> bytes:
    """In the language being read; the same data give the same bytes.

    Args:
        task: with its request or shift.
        page: the path at which the volunteer finds it.
    """
    if task.shift is not None:
        return shift_calendar(task.shift)
    if task.request is None:
        raise ValueError("neither help nor a shift")
    calendar = Calendar()
    for key, value in _LINES:
        calendar.add(key, value)
    calendar.add_component(_event(task, task.request, absolute(page)))
    content: bytes = calendar.to_ical()
    return content


def _event(task: Assignment, request: HelpRequest, link: str) -> Event:
    is_cancelled = not task.is_active and task.status.startswith("cancelled_by")
    phone = reach().phone
    event = Event()
    event.add("uid", task.uid)
    event.add("sequence", task.sequence)
    event.add("dtstamp", (task.ended_at or task.created_at).astimezone(UTC))
    event.add("dtstart", task.starts_at.astimezone(UTC))
    event.add("dtend", task.ends_at.astimezone(UTC))
    event.add("summary", _("Neighbourly help: %(kind)s") % {"kind": request.get_kind_display()})
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if is_cancelled else "OPAQUE")
    event.add("url", link)
    lines = [_("Questions? Call: %(phone)s.") % {"phone": phone}] if phone else []
    event.add("description", "\n".join([*lines, link]))
    if not request.is_remote:
        event.add("location", request.district.name)
    return event
