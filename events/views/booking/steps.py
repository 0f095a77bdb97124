"""The questions that change nothing but the form: contact, sharing, needs, transport."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from events.actions.answer_step import answer_step
from events.forms.contact import BookerForm, ContactForm, SharingForm
from events.forms.needs import NeedsStepForm, TransportForm
from events.models import BookingDraft
from events.views.booking.asking import question
from events.views.booking.drafts import of_open_draft
from events.views.booking.journey import (
    BOOKER,
    CONTACT,
    NEEDS,
    PARTY,
    SHARING,
    TRANSPORT,
    Journey,
)
from events.views.booking.limits import message_to
from events.views.booking.needs_asked import consent_to_needs, people_named

AnyForm = BookerForm | ContactForm | SharingForm | NeedsStepForm | TransportForm


def _booker(data: Any, journey: Journey) -> AnyForm:
    return BookerForm(data, initial=journey.answers.get(CONTACT, {}))


def _contact(data: Any, journey: Journey) -> AnyForm:
    return ContactForm(data, initial=ContactForm.initial_of(journey.answers.get(CONTACT, {})))


def _sharing(data: Any, journey: Journey) -> AnyForm:
    return SharingForm(data, initial=journey.answers.get(CONTACT, {}))


def _needs(data: Any, journey: Journey) -> AnyForm:
    initial = NeedsStepForm.initial_of(journey.answers.get(NEEDS, {}))
    return NeedsStepForm(data, people=people_named(journey.form.attendees), initial=initial)


def _transport(data: Any, journey: Journey) -> AnyForm:
    """Where they live is where we come to, if they have said it already."""
    contact = journey.answers.get(CONTACT, {})
    known: Any = journey.me or contact
    home = {
        name: getattr(known, name, "") if journey.me else contact.get(name, "")
        for name in ("street", "city")
    }
    given = TransportForm.initial_of(journey.answers.get(TRANSPORT, {}))
    return TransportForm(data, size=journey.size, initial={"people": journey.size, **home, **given})


# The form, and whether its answer is part of what is known of the booker.
_FORMS: dict[str, tuple[Callable[[Any, Journey], AnyForm], str]] = {
    BOOKER: (_booker, "events/booking/booker.html"),
    CONTACT: (_contact, "events/booking/contact.html"),
    SHARING: (_sharing, "events/booking/sharing.html"),
    NEEDS: (_needs, "events/booking/needs.html"),
    TRANSPORT: (_transport, "events/booking/transport.html"),
}
_OF_THE_BOOKER = {BOOKER, CONTACT, SHARING}


@of_open_draft
def step(request: HttpRequest, draft: BookingDraft, step: str) -> HttpResponseBase:
    if step not in _FORMS:
        raise Http404
    journey = Journey(draft)
    if step not in journey.steps or not journey.is_answered(PARTY):
        return redirect(journey.url(journey.next))
    make, template = _FORMS[step]
    form = make(request.POST if request.method == "POST" else None, journey)
    if request.method == "POST" and form.is_valid():
        key, answer = step, form.answer
        if step in _OF_THE_BOOKER:
            before = journey.answers.get(CONTACT, {})
            key, answer = CONTACT, {**before, **answer}
            message_to(answer, before)
        journey = Journey(answer_step(draft=draft, answers={key: answer}))
        return redirect(journey.url(journey.next))
    return question(
        request, journey, step, form, template,
        consent=consent_to_needs() if step == NEEDS else "",
    )  # fmt: skip
