"""The places kept for a form: longer, once more, or no longer."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from events.actions.drop_draft import drop_draft
from events.actions.extend_hold import extend_hold
from events.actions.hold_places import hold_places
from events.models import BookingDraft
from events.views.booking.drafts import of_open_draft
from events.views.booking.facts import facts_of
from events.views.booking.journey import PARTY, Journey, journey_of


@require_POST
@of_open_draft
def extend(request: HttpRequest, draft: BookingDraft) -> HttpResponseBase:
    extend_hold(draft=draft)
    return redirect(_where_they_were(request, journey_of(draft)))


@require_POST
@of_open_draft
def hold_again(request: HttpRequest, draft: BookingDraft) -> HttpResponseBase:
    """The time has passed: as many places, if they are still free."""
    journey = journey_of(draft)
    if not journey.party:
        return redirect(journey.url(PARTY))
    hold_places(
        draft=draft,
        party_size=journey.size,
        takes_wheelchair_place=bool(journey.party.get("wheelchair")),
    )
    return redirect(_where_they_were(request, journey))


@of_open_draft
def drop(request: HttpRequest, draft: BookingDraft) -> HttpResponseBase:
    journey = journey_of(draft)
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
