"""Applying for an opportunity, taking a shift, giving it back: for whoever is logged in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from events.forms_editing.refusing import form_page
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from volunteering.actions.apply_for import apply_for
from volunteering.actions.change_contact_shown import change_contact_shown
from volunteering.actions.give_shift_back import give_shift_back
from volunteering.actions.take_shift import take_shift
from volunteering.actions.withdraw_application import withdraw_application
from volunteering.forms.opportunities import ApplyForm
from volunteering.models import Application, Assignment, Opportunity, Shift, VolunteerProfile
from volunteering.opportunity_in_words import requirements
from volunteering.refusals import TOLD, Told
from volunteering.shift_lines import ShiftLine
from volunteering.shift_refusals import ApplyFirst, ShiftOver
from volunteering.views.opportunities.finding import (
    opportunity_or_404,
    own_task_or_404,
    shift_for,
)
from volunteering.views.profile.finding import profile_of

_HEADINGS: dict[str, Promise] = {
    "shift_full": gettext_lazy("This shift is full"),
    "shift_over": gettext_lazy("Nobody is needed at this time any more"),
    "time_overlap": gettext_lazy("You are busy at that time"),
    "apply_first": gettext_lazy("First, a few words"),
    "wait_for_answer": gettext_lazy("The organiser has not answered yet"),
    "not_admitted_yet": gettext_lazy("First we meet"),
    "has_begun": gettext_lazy("It is too late to do this on the site"),
}


@logged_in
def apply(request: OwnRequest, slug: str) -> HttpResponse:
    found = opportunity_or_404(slug)
    profile = profile_of(request.user.person)
    if profile is None:
        return _not_a_volunteer(request, found)
    known = Application.objects.filter(opportunity=found, profile=profile).first()
    if request.method != "POST" and known is not None and _is_answered(known):
        return TemplateResponse(
            request,
            "volunteering/opportunities/applied.html",
            {"opportunity": found, "application": known},
        )
    form = ApplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            apply_for(
                opportunity=found, profile=profile, acting_user=request.user, **form.cleaned_data
            )
        except TOLD as refusal:
            return _refused(request, refusal, found)
        return redirect("volunteering:apply", slug)
    return form_page(request, "volunteering/opportunities/apply.html", form, opportunity=found)


@require_POST
@logged_in
def withdraw(request: OwnRequest, slug: str) -> HttpResponse:
    found, application = _own_application(request, slug)
    try:
        withdraw_application(application=application, acting_user=request.user)
    except TOLD as refusal:
        return _refused(request, refusal, found)
    messages.success(request, _("Your application is taken back."))
    return redirect("volunteering:apply", slug)


@require_POST
@logged_in
def contact(request: OwnRequest, slug: str) -> HttpResponse:
    """``shows_contact`` is "on" where the organiser may see how to reach the volunteer."""
    _found, application = _own_application(request, slug)
    shows = request.POST.get("shows_contact") == "on"
    change_contact_shown(application=application, shows_contact=shows, acting_user=request.user)
    messages.success(request, _("Saved."))
    return redirect("volunteering:apply", slug)


def _own_application(request: OwnRequest, slug: str) -> tuple[Opportunity, Application]:
    found = opportunity_or_404(slug)
    own = Application.objects.filter(profile=profile_of(request.user.person))
    return found, get_object_or_404(own, opportunity=found, profile__isnull=False)


def _is_answered(application: Application) -> bool:
    return application.status != Application.Status.WITHDRAWN


@logged_in
def shift(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Take it, or look at one's own."""
    profile = profile_of(request.user.person)
    found = shift_for(profile, pk)
    if profile is None:
        return _not_a_volunteer(request, found.opportunity)
    if request.method == "POST":
        return _take(request, found, profile)
    mine = Assignment.objects.filter(shift=found, profile=profile)
    task = mine.order_by("-created_at", "-id").first()
    if task is not None and task.status != Assignment.Status.CANCELLED_BY_VOLUNTEER:
        return _page(request, "own_shift", found, task=task)
    return _offer(request, found, profile)


def _take(request: OwnRequest, found: Shift, profile: VolunteerProfile) -> HttpResponse:
    try:
        take_shift(shift=found, profile=profile, acting_user=request.user)
    except TOLD as refusal:
        return _refused(request, refusal, found.opportunity)
    return redirect("volunteering:shift", found.pk)


def _offer(request: OwnRequest, found: Shift, profile: VolunteerProfile) -> HttpResponse:
    """Asks whether they take it; where the organiser chooses, first whether they would help."""
    if not ShiftLine(found).is_to_come:
        return _refused(request, ShiftOver(), found.opportunity)
    if found.opportunity.chooses_volunteers and not _is_accepted(profile, found.opportunity):
        return redirect("volunteering:apply", found.opportunity.slug)
    return _page(request, "shift", found, requirements=requirements(found.opportunity))


def _is_accepted(profile: VolunteerProfile, opportunity: Opportunity) -> bool:
    return Application.objects.filter(
        opportunity=opportunity, profile=profile, status=Application.Status.ACCEPTED
    ).exists()


@logged_in
def give_back(request: OwnRequest, pk: UUID) -> HttpResponse:
    profile = profile_of(request.user.person)
    found = shift_for(profile, pk)
    task = own_task_or_404(profile, found)
    if request.method != "POST":
        is_theirs = task.is_active and not ShiftLine(found).has_begun
        return (
            _page(request, "give_back", found) if is_theirs else redirect("volunteering:shift", pk)
        )
    try:
        give_shift_back(assignment=task, acting_user=request.user)
    except TOLD as refusal:
        return _refused(request, refusal, found.opportunity)
    messages.success(request, _("You have given the shift back. Thank you for telling us."))
    return redirect("volunteering:given_back", pk)


@require_safe
@logged_in
def given_back(request: OwnRequest, pk: UUID) -> HttpResponse:
    """After giving back, whatever became of the opportunity meanwhile."""
    profile = profile_of(request.user.person)
    found = shift_for(profile, pk)
    own_task_or_404(profile, found)
    return _page(request, "given_back", found)


def _page(request: OwnRequest, name: str, found: Shift, **more: object) -> HttpResponse:
    return TemplateResponse(
        request,
        f"volunteering/opportunities/{name}.html",
        {"shift": found, "line": ShiftLine(found), "opportunity": found.opportunity, **more},
    )


def _not_a_volunteer(request: OwnRequest, opportunity: Opportunity) -> HttpResponse:
    """To be led to the questions for volunteers, and back."""
    return TemplateResponse(
        request,
        "volunteering/opportunities/join_first.html",
        {"opportunity": opportunity, "come_back": request.get_full_path()},
        status=200 if request.method != "POST" else 403,
    )


def _refused(request: OwnRequest, refusal: Told, opportunity: Opportunity) -> HttpResponse:
    return TemplateResponse(
        request,
        "volunteering/opportunities/refused.html",
        {
            "refusal": refusal,
            "heading": _HEADINGS.get(refusal.code, gettext_lazy("This cannot be done now")),
            "opportunity": opportunity,
            "is_public": opportunity.status == Opportunity.Status.PUBLISHED,
            "can_apply": isinstance(refusal, ApplyFirst),
        },
        status=refusal.status,
    )
