from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from events.addresses import languages_of, paths_of
from events.availability import State, office_phone
from events.models import Activity, ActivityText, Session
from events.models.session import SessionQuerySet
from events.shown import Shown, foreign, show
from events.structured_data import events
from portal.page_cache import live_page
from portal.paging import page_of
from portal.places.models import AccessFacts, Contact, Place, Room
from tenants.binding import current_tenant

DATES_ON_A_PAGE = 8
# All of them, however many a series may make.
DATES_OF_A_COURSE = 200
PICTURE = "width-1000"


@live_page
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, when and where, whether there is a place; everything needed to come."""
    found = get_object_or_404(
        Activity.objects.published()
        .select_related("organisation")
        .prefetch_related(
            Prefetch("texts", ActivityText.objects.select_related("picture")),
            Prefetch("contact", Contact.objects.with_phones()),
        ),
        slug=slug,
    )
    sessions = Session.objects.public().filter(activity=found)
    return TemplateResponse(request, "events/activity.html", page_context(request, found, sessions))


def page_context(
    request: HttpRequest, activity: Activity, sessions: SessionQuerySet
) -> dict[str, Any]:
    """What the page of an activity shows. A course shows all of its dates, everything else those
    that are not over."""
    shown = sessions if activity.is_course else sessions.upcoming()
    size = DATES_OF_A_COURSE if activity.is_course else DATES_ON_A_PAGE
    dates = page_of(shown.in_order().with_everything(), request, size)
    items = show(dates)
    to_come = [item for item in items if item.availability.state != State.OVER]
    text, photo = activity.text, _photo(activity)
    context = {
        "activity": activity,
        "text": text,
        "text_language": foreign(text),
        "dates": dates,
        "items": items,
        "to_come": to_come,
        "next": next((item for item in to_come if not item.session.is_cancelled), None),
        "bookable": [item for item in to_come if item.is_bookable],
        "has_places": any(item.availability.can_book for item in to_come),
        "venues": _venues(items),
        "phone": office_phone(activity),
        "photo": photo,
        "last": None if items else sessions.in_order().last(),
    }
    paths = paths_of("events:activity", languages_of(activity), activity.slug)
    page = {language: request.build_absolute_uri(path) for language, path in paths.items()}
    read_in = text.language if text else next(iter(page))
    return context | {
        "canonical": page[read_in],
        "alternates": page if len(page) > 1 else {},
        "structured_data": events(
            to_come,
            page=request.build_absolute_uri(request.path),
            site=request.build_absolute_uri("/"),
            organiser=str(activity.organisation or current_tenant().name),
            picture=request.build_absolute_uri(photo.url) if photo else "",
        )
        if to_come
        else None,
    }


def _photo(activity: Activity) -> Any:
    """That of the words being read, or of another language: pictures need no translation."""
    here = get_language()
    texts = sorted(activity.texts.all(), key=lambda text: text.language != here)
    picture = next((text.picture for text in texts if text.live and text.picture), None)
    return picture.get_rendition(PICTURE) if picture else None


@dataclass(frozen=True)
class Venue:
    """A building where some of the dates are, and the rooms of it that are known apart."""

    place: Place
    rooms: list[tuple[Room, AccessFacts]]


def _venues(items: list[Shown]) -> list[Venue]:
    rooms: dict[Place, dict[Room, AccessFacts]] = {}
    for item in items:
        place, room = item.session.place, item.session.room
        if place is None or item.session.is_cancelled:
            continue
        known = rooms.setdefault(place, {})
        for facts in place.access_facts.all():
            if room is not None and facts.room_id == room.pk:
                known[room] = facts
    return [Venue(place, list(known.items())) for place, known in rooms.items()]
