"""Becoming a volunteer: nine short questions, a look at the answers, and one button."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.entrance.ways import next_page
from volunteering.actions.become_volunteer import become_volunteer
from volunteering.joining_refusals import YOUNGEST, NotOpenYet, TooYoungToJoin
from volunteering.models import District, VolunteerProfile
from volunteering.questions import QUESTIONS, answered
from volunteering.refusals import VolunteeringRefused
from volunteering.views.joining.journey import CHECK, Journey, is_too_young

P = ParamSpec("P")
_CAME_FROM = "joining_from"


def of_newcomer(
    view: Callable[Concatenate[OwnRequest, Journey, P], HttpResponseBase],
) -> Callable[Concatenate[OwnRequest, P], HttpResponseBase]:
    """Whoever is a volunteer goes to their profile; where the office has not opened volunteering,
    everybody is told so before they log in."""

    @logged_in
    def entered(request: OwnRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        profile = VolunteerProfile.objects.filter(person=request.user.person).first()
        if profile is not None and profile.status != VolunteerProfile.Status.ENDED:
            return redirect(next_page(request) or "my_volunteering:profile")
        return view(request, Journey(request, profile), *args, **kwargs)

    @never_cache
    @wraps(view)
    def wrapped(request: OwnRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not District.objects.exists():
            return refused(request, NotOpenYet())
        return entered(request, *args, **kwargs)

    return wrapped


@require_safe
@of_newcomer
def join(request: OwnRequest, journey: Journey) -> HttpResponseBase:
    """To where they were with the questions; afterwards to what they came from, a shift perhaps."""
    if wanted := next_page(request):
        request.session[_CAME_FROM] = wanted
    return redirect(journey.url(journey.next))


@of_newcomer
def question(request: OwnRequest, journey: Journey, slug: str) -> HttpResponseBase:
    if slug not in QUESTIONS:
        raise Http404
    if not journey.may_ask(slug):
        return redirect(journey.url(journey.next))
    form = journey.form(slug, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if is_too_young(form, YOUNGEST):
            return refused(request, TooYoungToJoin(), back=journey.url(slug))
        journey.keep(slug, form)
        return redirect(journey.url(journey.next))
    return TemplateResponse(
        request,
        "volunteering/joining/question.html",
        {
            "form": form,
            "question": QUESTIONS[slug],
            "number": journey.number_of(slug),
            "total": journey.total,
            "back": journey.before(slug),
        },
        status=422 if form.errors else 200,
    )


@of_newcomer
def check(request: OwnRequest, journey: Journey) -> HttpResponseBase:
    if journey.next != CHECK:
        return redirect(journey.url(journey.next))
    if request.method == "POST":
        try:
            become_volunteer(
                person=request.user.person, answers=journey.answers, acting_user=request.user
            )
        except VolunteeringRefused as refusal:
            return refused(request, refusal, back=journey.url(CHECK))
        journey.forget()
        return redirect("volunteering:join_done")
    return TemplateResponse(
        request,
        "volunteering/joining/check.html",
        {
            "answers": answered(journey.answers),
            "person": request.user.person,
            "number": journey.number_of(CHECK),
            "total": journey.total,
            "back": journey.before(CHECK),
        },
    )


@require_safe
@logged_in
def done(request: OwnRequest) -> HttpResponseBase:
    profile = VolunteerProfile.objects.filter(person=request.user.person).first()
    if profile is None or profile.status == VolunteerProfile.Status.ENDED:
        return redirect("volunteering:join")
    if profile.status != VolunteerProfile.Status.APPLIED:
        return redirect("my_volunteering:profile")
    return TemplateResponse(
        request,
        "volunteering/joining/done.html",
        {"profile": profile, "came_from": request.session.get(_CAME_FROM, "")},
    )


def refused(request: HttpRequest, refusal: VolunteeringRefused, *, back: str = "") -> HttpResponse:
    """Why not, and whom to call."""
    return TemplateResponse(
        request,
        "volunteering/joining/refused.html",
        {"refusal": refusal, "back": back or reverse("volunteering:home")},
        status=refusal.status,
    )
