"""The places kept for a form: longer, once more, or no longer."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from events.actions.drop_draft import drop_draft
from events.actions.extend_hold import extend_hold
from events.actions.hold_places import hold_places
from events.models import BookingDraft
from events.views.booking.drafts import of_open_draft
from events.views.booking.facts import facts_of
from events.views.booking.journey import Journey


@of_open_draft
def extend(request: HttpRequest, draft: BookingDraft) -> HttpResponseBase:
    """Once. Whoever presses the button too late wants the same as :func:`hold_again` does."""
    journey = Journey(draft)
    if request.method == "POST" and journey.has_lapsed:
        _hold(journey)
    elif request.method == "POST":
        extend_hold(draft=draft)
    return redirect(_where_they_were(request, journey))


@of_open_draft
def hold_again(request: HttpRequest, draft: BookingDraft) -> HttpResponseBase:
    """The time has passed: as many places, if they are still free."""
    journey = Journey(draft)
    if request.method == "POST" and journey.has_lapsed:
        _hold(journey)
    return redirect(_where_they_were(request, journey))


def _hold(journey: Journey) -> None:
    hold_places(
        draft=journey.draft,
        party_size=journey.size,
        takes_wheelchair_place=bool(journey.party.get("wheelchair")),
    )


@of_open_draft
def drop(request: HttpRequest, draft: BookingDraft) -> HttpResponseBase:
    journey = Journey(draft)
    if request.method == "POST":
        drop_draft(draft=draft)
        return redirect("events:activity", journey.activity.slug)
    return TemplateResponse(
        request,
        "events/booking/drop.html",
        {
            "journey": journey,
            "facts": facts_of(journey.occasion),
            "draft": draft,
            "back": _where_they_were(request, journey),
        },
    )


def _where_they_were(request: HttpRequest, journey: Journey) -> str:
    """The question whose page the button stands on."""
    step = request.POST.get("krok") or request.GET.get("krok") or ""
    return journey.url(step if step in journey.steps else journey.next)
