from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.calendars import CONTENT_TYPE
from events.models import CalendarFeed
from events.own_calendar import calendar_of_person, digest_of


@never_cache
@require_safe
def private_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The bookings of whose address this is; one that was revoked, or of another gmina, is none."""
    feed = get_object_or_404(
        CalendarFeed.objects.select_related("person"), token_digest=digest_of(token)
    )
    response = HttpResponse(calendar_of_person(feed.person), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="moje-zapisy.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
