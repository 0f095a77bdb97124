"""The confirmation: what was booked, and what happens next. The link to the booking is not on it:
that goes to the contact we know."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from events.actions.cancel_booking import cancel_booking
from events.actions.note_given_back import note_given_back
from events.models import BookingDraft
from events.refusals import CancellationNotPermitted
from events.views.booking.answered import comers, contact_words, transport_words
from events.views.booking.drafts import of_sent_draft
from events.views.booking.files import calendar_file, pdf_file
from events.views.booking.journey import Journey
from events.views.booking.sent import Sent


@require_safe
@of_sent_draft
def done(request: HttpRequest, draft: BookingDraft) -> HttpResponse:
    sent = _sent(draft)
    journey = sent.journey
    return TemplateResponse(
        request,
        "events/booking/done.html",
        {
            "sent": sent,
            "draft": draft,
            "booking": sent.booking,
            "facts": sent.facts,
            "comers": comers(journey),
            "contact": contact_words(journey.me or journey.form.contact),
            "channel": (journey.me or journey.form.contact).channel,
            "wants_transport": journey.form.transport is not None,
            "transport": transport_words(journey.form.transport),
        },
    )


@require_safe
@of_sent_draft
def slip(request: HttpRequest, draft: BookingDraft) -> HttpResponse:
    return pdf_file(_sent(draft).slip(), draft.booking)


@require_safe
@of_sent_draft
def ics(request: HttpRequest, draft: BookingDraft) -> HttpResponse:
    return calendar_file(_sent(draft).facts)


@of_sent_draft
def give_back(request: HttpRequest, draft: BookingDraft) -> HttpResponseBase:
    """The whole booking, from the browser it was made in; asks first."""
    sent = _sent(draft)
    if sent.is_given_back:
        return redirect("events:done", draft.pk)
    if not sent.can_give_back:
        # Said before anybody looks at the list, so that it is said to everybody alike.
        raise CancellationNotPermitted(sent.facts.office)
    if request.method == "POST":
        cancel_booking(
            booking=sent.booking,
            acting_user=request.user if request.user.is_authenticated else None,
        )
        note_given_back(draft=draft)
        return redirect("events:done", draft.pk)
    return TemplateResponse(
        request,
        "events/booking/give_back.html",
        {"sent": sent, "draft": draft, "facts": sent.facts, "booking": sent.booking},
    )


def _sent(draft: BookingDraft) -> Sent:
    if draft.booking is None:
        raise BookingDraft.DoesNotExist
    return Sent(Journey(draft), draft.booking)
