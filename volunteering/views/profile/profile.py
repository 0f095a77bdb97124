"""``/konto/wolontariat/``: how it stands, what I said, and changing it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from volunteering.actions.change_profile import change_profile
from volunteering.answers import answers_of
from volunteering.models import District, VolunteerProfile
from volunteering.questions import AGE, CHANGED_BY_THEMSELVES, QUESTIONS, answered
from volunteering.views.profile.finding import of_volunteer, profile_of


@require_safe
@logged_in
def profile(request: OwnRequest) -> HttpResponse:
    own = profile_of(request.user.person)
    if own is None:
        return TemplateResponse(
            request, "volunteering/profile/none.html", {"is_open": District.objects.exists()}
        )
    today = timezone.localdate()
    return TemplateResponse(
        request,
        "volunteering/profile/profile.html",
        {
            "profile": own,
            "answers": answered(answers_of(own)),
            "fixed": AGE,
            "absences": own.absences.filter(last_on__gte=today),
            "is_agreed": own.agreements.filter(status="signed").exists(),
            "is_minor": own.is_minor_on(today),
        },
    )


@of_volunteer
def change(request: OwnRequest, own: VolunteerProfile, slug: str) -> HttpResponseBase:
    """One question anew; saved at once."""
    if slug not in CHANGED_BY_THEMSELVES:
        raise Http404
    question = QUESTIONS[slug]
    form = question.form(
        request.POST if request.method == "POST" else None,
        initial=question.form.initial_of(answers_of(own)),
    )
    if request.method == "POST" and form.is_valid():
        change_profile(profile=own, changes=form.answer, acting_user=request.user)
        messages.success(request, _("Saved."))
        return redirect("my_volunteering:profile")
    return TemplateResponse(
        request,
        "volunteering/profile/change.html",
        {"form": form, "question": question},
        status=422 if form.errors else 200,
    )
