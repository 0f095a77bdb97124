"""What a page says about its dates to machines: schema.org Events, as JSON-LD."""

from typing import Any

from django.utils import timezone

from events.availability import State
from events.models import Activity, Session
from events.shown import Shown
from portal.places.models import Place

_SCHEMA = "https://schema.org/"
# Where nobody can be booked in, nothing is offered.
_OFFERED = {
    State.OPEN: "InStock",
    State.NOT_OPEN: "PreOrder",
    State.FULL: "SoldOut",
    State.WAITING_LIST_FULL: "SoldOut",
    State.CLOSED: "SoldOut",
    State.CANCELLED: "Discontinued",
}


def events(items: list[Shown], *, page: str, site: str, organiser: str, picture: str) -> Any:
    """One Event for each date, to stand in the page of its activity.

    Args:
        page: absolute address of that page, like ``site`` and ``picture``; no picture is "".
        organiser: who runs it.
    """
    return {
        "@context": "https://schema.org",
        "@graph": [
            event(item, page=page, site=site, organiser=organiser, picture=picture)
            for item in items
        ],
    }


def event(shown: Shown, *, page: str, site: str, organiser: str, picture: str) -> dict[str, Any]:
    session, activity, text = shown.session, shown.activity, shown.text
    offered = _OFFERED.get(shown.availability.state)
    facts = {
        "@type": "Event",
        "@id": f"{page}#{session.pk}",
        "url": page,
        "name": shown.title,
        "description": text.lead if text else "",
        "inLanguage": text.language if text else "",
        "image": picture,
        "startDate": shown.times.starts.isoformat(),
        "endDate": shown.times.ends.isoformat(),
        "eventStatus": _SCHEMA + _status(session),
        "previousStartDate": _previous_start(shown),
        "eventAttendanceMode": f"{_SCHEMA}OfflineEventAttendanceMode",
        "location": _place(session.place, site),
        "organizer": {"@type": "Organization", "name": organiser, "url": _url(activity, site)},
        "isAccessibleForFree": activity.is_free,
        "typicalAgeRange": _age_range(activity),
        "offers": _offer(shown, offered, page) if offered else None,
    }
    return {name: fact for name, fact in facts.items() if fact not in ("", None)}


def _status(session: Session) -> str:
    if session.is_cancelled:
        return "EventCancelled"
    is_moved = session.status == Session.Status.RESCHEDULED
    return "EventRescheduled" if is_moved else "EventScheduled"


def _previous_start(shown: Shown) -> str:
    moved_from = shown.session.previous_start
    return timezone.localtime(moved_from).isoformat() if shown.is_moved and moved_from else ""


def _place(place: Place | None, site: str) -> dict[str, Any]:
    """A date without a place is told about on the site itself."""
    if place is None:
        return {"@type": "VirtualLocation", "url": site}
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.street,
        "postalCode": place.postcode,
        "addressLocality": place.city,
        "addressCountry": "PL",
    }
    facts: dict[str, Any] = {
        "@type": "Place",
        "name": place.name,
        "address": {name: fact for name, fact in address.items() if fact},
    }
    if place.latitude is not None and place.longitude is not None:
        facts["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(place.latitude),
            "longitude": float(place.longitude),
        }
    return facts


def _url(activity: Activity, site: str) -> str:
    return "" if activity.organisation_id else site


def _age_range(activity: Activity) -> str:
    if not activity.has_ages:
        return ""
    return f"{activity.age_min or 0}-{'' if activity.age_max is None else activity.age_max}"


def _offer(shown: Shown, availability: str, page: str) -> dict[str, Any]:
    offer = {
        "@type": "Offer",
        "url": page,
        "price": f"{shown.activity.fee:.2f}",
        "priceCurrency": "PLN",
        "availability": _SCHEMA + availability,
    }
    opens = shown.availability.opens_at
    if opens is not None:
        offer["validFrom"] = timezone.localtime(opens).isoformat()
    return offer
