"""One page for everything about a booking that cannot be done: the code, the status, the sentence,
and what to do next. What was typed goes along, so that trying again asks nothing twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.refusals import BookingRefused, Busy
from events.views.booking.facts import Facts

_HEADINGS: dict[str, Promise] = {
    "OpportunityIsFull": gettext_lazy("All places are taken"),
    "HasInsufficientCapacity": gettext_lazy("There are not enough places"),
    "CapacityIsReservedByLease": gettext_lazy("The place is kept for somebody"),
    "already_booked": gettext_lazy("Already on the list"),
    "age_not_allowed": gettext_lazy("The activity is for another age"),
    "not_open": gettext_lazy("Booking has not begun yet"),
    "closed": gettext_lazy("You cannot book on the site any more"),
    "CancellationNotPermitted": gettext_lazy("It is too late to do this on the site"),
    "link_expired": gettext_lazy("This link does not work any more"),
    "offer_expired": gettext_lazy("The time to answer has passed"),
    "busy": gettext_lazy("Please wait a moment"),
    "hold_expired": gettext_lazy("The places are gone"),
    "too_many_holds": gettext_lazy("You are filling in two bookings already"),
}
_NOT_TYPED = "csrfmiddlewaretoken"


@dataclass(frozen=True, slots=True)
class WayOn:
    """A link, or a button that sends what was typed with it."""

    words: str
    url: str
    sends: Sequence[tuple[str, str]] | None = None

    @property
    def is_button(self) -> bool:
        return self.sends is not None


def refused(
    request: HttpRequest,
    refusal: BookingRefused,
    *,
    facts: Facts | None = None,
    ways: Sequence[WayOn] = (),
    template: str = "events/booking/refused.html",
    **context: object,
) -> TemplateResponse:
    headers = {}
    if isinstance(refusal, Busy):
        headers["Retry-After"] = str(ceil(refusal.RETRY_AFTER.total_seconds()))
        ways = [again(request), *ways]
    return TemplateResponse(
        request,
        template,
        {
            "refusal": refusal,
            "heading": _HEADINGS.get(refusal.code, gettext_lazy("This cannot be done now")),
            "facts": facts,
            "ways": ways,
            **context,
        },
        status=refusal.status,
        headers=headers,
    )


def again(request: HttpRequest) -> WayOn:
    """The same request once more, with everything that was typed."""
    words = _("Try again")
    if request.method != "POST":
        return WayOn(words, request.get_full_path())
    return WayOn(words, request.path, sends=typed(request))


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != _NOT_TYPED
        for value in values
    ]


def too_many(request: HttpRequest, wait: timedelta) -> HttpResponse:
    """Too many tries from one address, or messages to one: how long to wait, and whom to call."""
    seconds = max(1, ceil(wait.total_seconds()))
    return TemplateResponse(
        request,
        "events/booking/too_many.html",
        {"minutes": ceil(seconds / 60)},
        status=429,
        headers={"Retry-After": str(seconds)},
    )
