"""One question on its page; the answers wait in the session until all of them are sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from portal.accounts.limits import TooManyTries
from tenants.binding import current_tenant
from volunteering.emergency import sounds_like_emergency
from volunteering.forms.asking import (
    DayForm,
    DetailsForm,
    ForWhomForm,
    HoursForm,
    KindForm,
    LanguageForm,
    PlaceForm,
)
from volunteering.forms.asking_people import ContactForm, HelpedForm, NameForm
from volunteering.models import District
from volunteering.views.asking.drafts import Draft, draft_of, keep
from volunteering.views.asking.journey import (
    CONTACT,
    DAY,
    DETAILS,
    FOR_WHOM,
    HELPED,
    HOURS,
    KIND,
    LANGUAGE,
    NAME,
    PLACE,
    Journey,
)
from volunteering.views.asking.limits import begin_form, message_to
from volunteering.views.asking.refusing import too_many
from volunteering.vocabulary import Kind

Answer = dict[str, Any]
Make = Callable[[Any, Journey, Answer], forms.Form]
P = ParamSpec("P")
JourneyView = Callable[Concatenate[HttpRequest, Journey, P], HttpResponseBase]
NOT_EMERGENCY = "not_emergency"


def _details(data: Any, journey: Journey, before: Answer) -> forms.Form:
    is_needed = journey.answer(KIND).get("kind") == Kind.OTHER
    return DetailsForm(data, is_needed=is_needed, initial=before)


_FORMS: dict[str, tuple[Make, str]] = {
    KIND: (lambda data, _journey, before: KindForm(data, initial=before), "kind"),
    DAY: (
        lambda data, _journey, before: DayForm(data, initial=DayForm.initial_of(before)),
        "day",
    ),
    HOURS: (
        lambda data, _journey, before: HoursForm(data, initial=HoursForm.initial_of(before)),
        "hours",
    ),
    PLACE: (
        lambda data, journey, before: PlaceForm(data, districts=journey.districts, initial=before),
        "place",
    ),
    LANGUAGE: (
        lambda data, journey, before: LanguageForm(
            data, initial=before or {"languages": [journey.draft.language]}
        ),
        "language",
    ),
    HELPED: (
        lambda data, journey, before: HelpedForm(data, known=journey.close_people, initial=before),
        "helped",
    ),
    NAME: (lambda data, _journey, before: NameForm(data, initial=before), "name"),
    CONTACT: (
        lambda data, _journey, before: ContactForm(data, initial=ContactForm.initial_of(before)),
        "contact",
    ),
    DETAILS: (_details, "details"),
}


def journey_of(request: HttpRequest, draft: Draft) -> Journey:
    me = request.user.person if request.user.is_authenticated else None
    return Journey(draft, me, list(District.objects.all()))


def of_open_draft(view: JourneyView[P]) -> Callable[..., HttpResponseBase]:
    """A page of a form that is being filled in; one that was sent shows its confirmation."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        draft = draft_of(request)
        if draft is None:
            return redirect("volunteering:ask")
        if draft.sent is not None:
            return redirect("volunteering:asked")
        journey = journey_of(request, draft)
        if not journey.districts:
            return _by_phone_only()
        try:
            return view(request, journey, *args, **kwargs)
        except TooManyTries as tries:
            return too_many(request, tries.wait)

    return wrapped


@never_cache
def start(request: HttpRequest) -> HttpResponseBase:
    """For whom. Nothing is kept before it is answered; a form that was sent is not taken up
    again."""
    begun = draft_of(request)
    draft = begun if begun is not None and begun.sent is None else Draft.new()
    journey = journey_of(request, draft)
    if not journey.districts:
        return _by_phone_only()
    data = request.POST if request.method == "POST" else None
    form = ForWhomForm(data, initial=journey.answer(FOR_WHOM))
    if request.method != "POST" or not form.is_valid():
        return question(request, journey, FOR_WHOM, form, "for_whom")
    try:
        if draft is not begun:
            begin_form(request)
    except TooManyTries as tries:
        return too_many(request, tries.wait)
    return _answered(request, journey, FOR_WHOM, form.answer)


@of_open_draft
def step(request: HttpRequest, journey: Journey, step: str) -> HttpResponseBase:
    if step not in _FORMS:
        raise Http404
    if step not in journey.steps or not _is_reached(journey, step):
        return redirect(journey.url(journey.next))
    make, template = _FORMS[step]
    before = journey.answer(step)
    form = make(request.POST if request.method == "POST" else None, journey, before)
    if request.method != "POST" or not form.is_valid():
        return question(request, journey, step, form, template)
    answer: Answer = form.answer  # type: ignore[attr-defined]
    if step == CONTACT:
        message_to(answer, before)
    response = _answered(request, journey, step, answer)
    if step == DETAILS and NOT_EMERGENCY not in request.POST:
        # The answer is kept, so that nothing is lost whichever way they go on.
        return _emergency(request, journey) or response
    return response


def question(
    request: HttpRequest, journey: Journey, step: str, form: forms.Form, template: str
) -> HttpResponse:
    return TemplateResponse(
        request,
        f"volunteering/asking/{template}.html",
        {
            "form": form,
            "journey": journey,
            "number": journey.number_of(step),
            "total": journey.total,
            "back": journey.before(step),
        },
        status=422 if form.errors else 200,
    )


def _by_phone_only() -> HttpResponse:
    """
    Raises:
        Http404: a leader's site has no help at all.
    """
    if current_tenant().is_leader:
        raise Http404
    return redirect("volunteering:help")


def _is_reached(journey: Journey, step: str) -> bool:
    """Everything before it is answered; what comes later may be looked at again."""
    before = journey.steps[: journey.steps.index(step)]
    return all(journey.is_answered(one) for one in before)


def _answered(request: HttpRequest, journey: Journey, step: str, answer: Answer) -> HttpResponse:
    draft = journey.draft
    draft.answers[step] = answer
    keep(request, draft)
    journey = journey_of(request, draft)
    return redirect(journey.url(journey.next))


def _emergency(request: HttpRequest, journey: Journey) -> HttpResponse | None:
    """Whom to call, where what was written sounds like danger; None where it does not."""
    if not sounds_like_emergency(journey.details):
        return None
    return TemplateResponse(
        request,
        "volunteering/asking/emergency.html",
        {"words": journey.details, "back": journey.url(DETAILS)},
    )
