"""What people take along: a slip to print, an entry for their calendar."""

from django.http import HttpResponse
from django.urls import reverse

from events.calendars import CONTENT_TYPE, calendar_of
from events.models import Booking
from events.views.booking.facts import Facts
from portal.notifications.links import absolute


def pdf_file(content: bytes, booking: Booking | None) -> HttpResponse:
    name = f"zapis-{booking.code}" if booking else "zapis"
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def calendar_file(facts: Facts) -> HttpResponse:
    """Every date of the booking; what it says is public."""
    url = absolute(reverse("events:activity", args=[facts.activity.slug]))
    content = calendar_of(facts.sessions, name=facts.title, url=url)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{facts.activity.slug}.ics"'
    return response
