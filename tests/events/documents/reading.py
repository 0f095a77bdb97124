"""Calendar files as another program reads them, and documents as a screen reader does."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

WARSAW = ZoneInfo("Europe/Warsaw")


def events_of(content: bytes) -> list[Any]:
    calendar = Calendar.from_ical(content)
    assert not calendar.errors
    events = list(calendar.walk("VEVENT"))
    assert not any(event.errors for event in events)
    return events


def only_event(content: bytes) -> Any:
    (event,) = events_of(content)
    return event


def titles(content: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in events_of(content)]


def in_warsaw(moment: datetime) -> str:
    return f"{moment.astimezone(WARSAW):%Y-%m-%d %H:%M}"
