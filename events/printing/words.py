"""What several documents say in the same way: the sheet's frame, days, places, phone numbers."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.holidays import is_red
from events.models import Activity, Session
from events.printing.drawings import crest
from events.templatetags.sessions import day_in_full, on_a_leaf
from portal.places.models import Contact
from portal.places.reach import reach
from tenants.binding import current_tenant
from tenants.formats import day, hours
from tenants.funding import funding_marks
from tenants.models import Project
from tenants.theme import palette


def frame(title: str, *, project: UUID | None = None) -> dict[str, Any]:
    """What every document has: title and language, whose it is, the marks of who pays."""
    tenant = current_tenant()
    colours = palette(tenant.colour).light
    place = tenant.official_place
    return {
        "language": get_language() or "pl",
        "document": title,
        "office": tenant.name,
        "gmina": "" if place == tenant.name else place,
        "colours": asdict(colours),
        "crest": crest(tenant, colours),
        **_funding(project),
    }


def _funding(project: UUID | None) -> dict[str, Any]:
    """Of the project that pays; what no project pays for carries nobody's marks."""
    found = Project.objects.filter(pk=project).first() if project else None
    if found is None:
        return {"marks": [], "project": ""}
    marks = funding_marks(found.funding_period)
    return {
        "marks": [{"kind": mark.kind, "lines": list(mark.lines)} for mark in marks],
        "project": _("Project: %(title)s") % {"title": found.title},
    }


def leaf(session: Session) -> dict[str, Any]:
    """The leaf of a calendar: the date is the picture."""
    on = timezone.localtime(session.starts_at).date()
    return {
        "weekday": on_a_leaf(on),
        "day": str(on.day),
        "month": date_format(on, "E"),
        "red": is_red(on),
    }


def day_in_words(session: Session) -> str:
    """``wtorek, 1 grudnia 2026 r.``"""
    return day_in_full(timezone.localtime(session.starts_at).date())


def hours_of(session: Session) -> str:
    """``10:00–12:00``; of what lasts into the next days, their dates too."""
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    shown = hours(starts.time(), ends.time())
    if (session.ends_at - session.starts_at).days < 1:
        return shown
    return f"{starts.hour}:{starts:%M} – {day(ends.date())}, {ends.hour}:{ends:%M}"


def where(session: Session) -> list[str]:
    """The building and the room, then the address."""
    if session.place is None:
        return []
    name = ", ".join([session.place.name, *([str(session.room)] if session.room else [])])
    address = ", ".join(session.place.address_lines)
    return [name, address] if address else [name]


def phone_of(activity: Activity) -> str:
    """Whom to call about it, or else the office."""
    if activity.contact_id is not None:
        contact = Contact.objects.with_phones().filter(pk=activity.contact_id).first()
        if contact and contact.numbers:
            return contact.numbers[0].number
    return reach().phone
