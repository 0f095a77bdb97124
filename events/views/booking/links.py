"""A new link for whoever has lost theirs. The answer is the same whether or not we know them."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from events.actions.send_new_link import send_new_link
from events.forms.links import LinkForm
from events.links import LASTS_AFTER_THE_END
from events.models import Booking
from events.views.booking.limits import ask_for_link, link_to
from events.views.booking.refusing import too_many
from portal.accounts.limits import TooManyTries

# Of one person at once; the office helps whoever has more.
_MOST = 5


@never_cache
def new_link(request: HttpRequest) -> HttpResponseBase:
    form = LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_link(request)
        except TooManyTries as tries:
            return too_many(request, tries.wait)
        for booking in _bookings_meant(form):
            _send(booking)
        return redirect(f"{reverse('events:new_link')}?wyslane=1")
    return _page(request, form)


def _page(request: HttpRequest, form: LinkForm) -> HttpResponse:
    return TemplateResponse(
        request,
        "events/booking/new_link.html",
        {"form": form, "was_sent": "wyslane" in request.GET and not form.is_bound},
        status=422 if form.errors else 200,
    )


def _send(booking: Booking) -> None:
    try:
        link_to(str(booking.booker_id))
    except TooManyTries:
        # To say so would tell that there is such a booking.
        return
    send_new_link(booking=booking)


def _bookings_meant(form: LinkForm) -> list[Booking]:
    """With the number of one of them, that one; with a contact, those of that booker."""
    if form.code:
        meant = Q(code=form.code)
    elif form.email:
        meant = Q(booker__email=form.email)
    elif form.phone:
        meant = Q(booker__phone=form.phone)
    else:
        return []
    since = timezone.now() - LASTS_AFTER_THE_END
    lasting = Q(pool__session__ends_at__gt=since) | Q(pool__course__sessions__ends_at__gt=since)
    found = (
        Booking.objects.filter(meant, booker__erased_at=None)
        .filter(lasting)
        .select_related("booker", "pool")
    )
    return list(found.distinct().order_by("-created_at")[:_MOST])
