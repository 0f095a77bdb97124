"""The last question: is all of it right. Its button makes the booking."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from events.actions.finish_draft import finish_draft
from events.conflicts import overlapping
from events.models import BookingDraft
from events.refusals import HoldExpired, OpportunityIsInConflict
from events.views.booking.answered import comers, contact_words, transport_words
from events.views.booking.asking import question
from events.views.booking.drafts import late_form_of, of_open_draft
from events.views.booking.journey import CHECK, Journey
from events.views.booking.ways import told_of_late_form


@never_cache
def check(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    if request.method == "POST" and (late := late_form_of(request, draft)):
        return told_of_late_form(request, HoldExpired(), late)
    return _check(request, draft=draft)


@of_open_draft
def _check(request: HttpRequest, draft: BookingDraft) -> HttpResponseBase:
    journey = Journey(draft)
    wanted = journey.missing if request.method == "POST" else journey.next
    if wanted != CHECK:
        return redirect(journey.url(wanted))
    if request.method != "POST":
        return _page(request, journey)
    try:
        finish_draft(draft=draft)
    except ValidationError as contradiction:
        return _page(request, journey, problems=contradiction.messages)
    return redirect("events:done", draft.pk)


def _page(
    request: HttpRequest, journey: Journey, problems: list[str] | None = None
) -> HttpResponse:
    response = question(
        request,
        journey,
        CHECK,
        None,
        "events/booking/check.html",
        problems=problems or [],
        comers=comers(journey),
        contact=contact_words(journey.me or journey.form.contact),
        transport=transport_words(journey.form.transport),
        conflict=_conflict(journey),
    )
    response.status_code = 422 if problems else 200
    return response


def _conflict(journey: Journey) -> OpportunityIsInConflict | None:
    """A warning for somebody logged in who comes too; a guest would learn whether it is true of
    whoever's name they type."""
    if journey.me is None or not journey.comes_too:
        return None
    busy = overlapping(journey.me, journey.occasion.sessions)
    return OpportunityIsInConflict(busy[0].activity.title) if busy else None
