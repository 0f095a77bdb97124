"""Addresses of the editors' pages, what is typed there, and what becomes of it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from events.models import Activity, Session
from portal.notifications.models import Delivery
from portal.places.models import Place, Room
from tenants.binding import bind
from tenants.models import Tenant
from tests.jobs import do_due_jobs

WARSAW = ZoneInfo("Europe/Warsaw")
BASE = "/en/panel/wydarzenia/"
PLACES = {"capacity": "12", "waitlist_limit": "", "desk": "0", "wheelchair": "0"}


def one(activity: Activity, rest: str = "") -> str:
    """Below the address of an activity."""
    return f"{BASE}zajecia/{activity.pk}/{rest}"


def date_of(session: Session, rest: str = "") -> str:
    """Below the address of a date."""
    return f"{BASE}data/{session.pk}/{rest}"


def page(answer: Any) -> str:
    return str(answer.content.decode())


def typed(moment: datetime, place: Place | None = None, room: Room | None = None) -> dict[str, Any]:
    local = moment.astimezone(WARSAW)
    where = f"room:{room.pk}" if room else f"place:{place.pk}" if place else ""
    return {
        "day": local.date().isoformat(), "starts": f"{local:%H:%M}",
        "ends": f"{local + timedelta(hours=2):%H:%M}", "where": where,
    }  # fmt: skip


def told(srem: Tenant, kind: str) -> list[str]:
    """Who was told something, after the jobs that are due."""
    do_due_jobs()
    with bind(srem):
        copies = Delivery.objects.filter(message__kind__startswith=kind).exclude(channel="inbox")
        return sorted(copies.values_list("person__first_name", flat=True))


# What an organisation types

PROPOSED_RULES = {
    "kind": "one_off", "audience": "everybody", "age_min": "", "age_max": "", "fee": "0",
    "fee_note": "", "takes_bookings": "on", "party_limit": "4", "opens_days_before": "",
    "closes_hours_before": "2", "cancel_hours_before": "24", "course_places": "",
}  # fmt: skip
WORDS = {"title": "Pierogi razem", "lead": "Lepimy i śpiewamy.", "body": "Fartuchy są."}


def when(**more: str) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=9)
    return {
        "day": day.isoformat(), "starts": "16:00", "ends": "18:00", "weeks": "1", "where": "",
        "capacity": "10", "waitlist_limit": "", **more,
    }  # fmt: skip
