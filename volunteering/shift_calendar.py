"""A shift as a calendar file (RFC 5545): what is public about it, and no name of anybody.

Every time is in UTC, as in ``events.calendars``; the same data give the same bytes.
"""

from datetime import UTC

from icalendar import Calendar, Event

from events.calendars import CONTENT_TYPE
from portal.notifications.promise import File
from volunteering.models import Shift
from volunteering.shift_lines import ShiftLine

CALENDAR_NAME = "dyzur.ics"


def shift_calendar(shift: Shift) -> bytes:
    """In the language being read.

    Args:
        shift: with its opportunity, place and places.
    """
    line = ShiftLine(shift)
    calendar = Calendar()
    calendar.add("prodid", "-//Gromada//volunteering//PL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    event = Event()
    event.add("uid", shift.uid)
    event.add("sequence", shift.sequence)
    changed_at = shift.cancelled_at or shift.opportunity.published_at or shift.starts_at
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("dtstart", shift.starts_at.astimezone(UTC))
    event.add("dtend", shift.ends_at.astimezone(UTC))
    event.add("summary", line.title)
    event.add("status", "CANCELLED" if line.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if line.is_cancelled else "OPAQUE")
    event.add("url", line.link)
    event.add("description", "\n".join(filter(None, [shift.note, line.link])))
    if line.where:
        event.add("location", line.where)
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def calendar_file(shift: Shift) -> File:
    return File(CALENDAR_NAME, CONTENT_TYPE, shift_calendar(shift))
