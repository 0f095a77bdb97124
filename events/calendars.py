"""Calendar files (RFC 5545, RFC 7986), for people's own calendars.

One VEVENT for each date and every time in UTC: Outlook misreads recurrence with exceptions in a
zone of its own, and nobody misreads UTC. Every word and number comes from the data, so the same
data give the same bytes; no name of anybody who takes part is ever in one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from events.models import Session
from events.models.session import SessionQuerySet
from events.rules_in_words import fee
from portal.notifications.links import absolute
from portal.places.models import Contact, Place
from portal.places.reach import reach
from tenants.binding import current_tenant
from tenants.formats import moment

CONTENT_TYPE = "text/calendar; charset=utf-8"
# Calendars that forget what is over, or cancelled, too early show it as still to come.
KEPT = timedelta(days=90)
REFRESHED_EVERY = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Entry:
    """A date, and what it is to whose calendar it goes into."""

    session: Session
    sequence: int
    # Not certain yet: on the waiting list, or to be confirmed.
    uncertain: str = ""
    lines: tuple[str, ...] = ()


def within_window(sessions: SessionQuerySet) -> SessionQuerySet:
    """What a subscribed calendar shows: everything to come, and what was over or cancelled of late.

    Counted from midnight, so that two requests of one day get the same.
    """
    day = timezone.localdate() - KEPT
    since = timezone.make_aware(datetime.combine(day, time()))
    return sessions.filter(Q(ends_at__gte=since) | Q(cancelled_at__gte=since)).in_order()


def calendar_of(sessions: Iterable[Session], *, name: str, url: str) -> bytes:
    """What is public about some dates, in the language being read.

    Args:
        sessions: of any query; what is missing of each is fetched for all at once.
        name: what the calendar is called in whoever's calendar program.
        url: the page that shows the same.
    """
    return calendar_with([Entry(each, each.sequence) for each in sessions], name=name, url=url)


def session_calendar(session: Session) -> bytes:
    """One date, for a message or a button „add to my calendar”."""
    return calendar_of([session], name=session.activity.title, url=absolute(_page_of(session)))


def calendar_with(entries: list[Entry], *, name: str, url: str) -> bytes:
    """:func:`calendar_of` where there is more to say about each date."""
    sessions = [entry.session for entry in entries]
    prefetch_related_objects(
        sessions, "activity__texts", "place", "room",
        Prefetch("activity__contact", Contact.objects.with_phones()),
    )  # fmt: skip
    calendar = Calendar()
    calendar.add("prodid", "-//Gromada//events//PL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):
        calendar.add(
            key, vText(_plain(name))
        )  # of these the library does not know that they are text
    calendar.add("url", url)
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESHED_EVERY // timedelta(hours=1)}H")
    site, phone = absolute(""), reach().phone
    for entry in entries:
        calendar.add_component(_event(entry, site=site, phone=phone))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, *, site: str, phone: str) -> Event:
    session = entry.session
    event = Event()
    changed_at = _changed_at(session)
    page = f"{site}{_page_of(session)}"
    event.add("uid", session.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("created", session.created_at.astimezone(UTC))
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("summary", _plain(_summary(entry)))
    event.add("status", _status(entry))
    # Who is free is free: a cancelled date keeps nobody busy.
    event.add("transp", "TRANSPARENT" if session.is_cancelled else "OPAQUE")
    event.add("categories", [str(session.activity.get_audience_display())])
    event.add("url", page)
    event.add("description", _plain("\n".join(_description(entry, page=page, phone=phone))))
    if session.place:
        event.add("location", _plain(", ".join(_location(session, session.place))))
        if session.place.latitude is not None and session.place.longitude is not None:
            event.add("geo", (float(session.place.latitude), float(session.place.longitude)))
    return event


def _plain(words: str) -> str:
    """Without signs that are not seen: some programs take them for the end of a line."""
    lines = ("".join(map(_seen, line)) for line in words.splitlines())
    return "\n".join(lines)


def _seen(sign: str) -> str:
    if sign.isprintable():
        return sign
    return " " if sign.isspace() else ""


def _page_of(session: Session) -> str:
    return reverse("events:activity", args=[session.activity.slug])


def _changed_at(session: Session) -> datetime:
    """When anything that the entry says was last changed."""
    text = session.activity.text
    published_at = text.last_published_at if text else None
    changes = (session.changed_at, session.activity.changed_at, published_at)
    return max(each for each in changes if each).astimezone(UTC)


def _summary(entry: Entry) -> str:
    """Not every program shows the status, so the first word says it too."""
    title = entry.session.activity.title
    if entry.session.is_cancelled:
        return _("CANCELLED: %(title)s") % {"title": title}
    if entry.uncertain:
        return f"{title} ({entry.uncertain})"
    return title


def _status(entry: Entry) -> str:
    if entry.session.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.uncertain else "CONFIRMED"


def _location(session: Session, place: Place) -> list[str]:
    return [place.name, *([str(session.room)] if session.room else []), *place.address_lines]


def _description(entry: Entry, *, page: str, phone: str) -> list[str]:
    session = entry.session
    activity, text = session.activity, session.activity.text
    lines = [*entry.lines]
    if session.note:
        lines.append(session.note)
    if session.status == Session.Status.RESCHEDULED and session.previous_start:
        lines.append(
            _("Moved: it was to begin on %(when)s.") % {"when": moment(session.previous_start)}
        )
    if text and text.lead:
        lines.append(text.lead)
    lines.append(f"{fee(activity)}.")
    contact = activity.contact
    number = next((line.number for line in contact.numbers), "") if contact else ""
    if number or phone:
        lines.append(_("Questions? Call: %(phone)s.") % {"phone": number or phone})
    lines.append(page)
    return lines


def site_name() -> str:
    return _("Events: %(site)s") % {"site": current_tenant().name}
