"""A break, days away, and leaving."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.entrance.requests import OwnRequest
from volunteering.actions.leave_volunteering import leave_volunteering
from volunteering.actions.pause_profile import pause_profile
from volunteering.actions.plan_absence import plan_absence
from volunteering.actions.remove_absence import remove_absence
from volunteering.actions.resume_profile import resume_profile
from volunteering.forms.breaks import AbsenceForm, BreakForm
from volunteering.models import VolunteerProfile
from volunteering.refusals import AlreadyChanged, VolunteeringRefused
from volunteering.views.profile.finding import of_volunteer

Status = VolunteerProfile.Status


@of_volunteer
def pause(request: OwnRequest, own: VolunteerProfile) -> HttpResponseBase:
    if own.status == Status.APPLIED:
        # Nobody asks them anything yet.
        return redirect("my_volunteering:profile")
    form = BreakForm(
        request.POST if request.method == "POST" else None,
        initial=BreakForm.initial_of(own.paused_until),
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            pause_profile(profile=own, until=form.cleaned_data["until"], acting_user=request.user)
        except ValidationError as contradiction:
            form.add_error(None, contradiction.messages)
        except VolunteeringRefused as refused:
            refusal = refused
        else:
            messages.success(request, _("Have a good rest. We will not ask you during the break."))
            return redirect("my_volunteering:profile")
    return TemplateResponse(
        request,
        "volunteering/profile/pause.html",
        {
            "form": form,
            "refusal": refusal,
            "has_tasks": own.assignments.active().exists(),
        },
        status=refusal.status if refusal else 422 if form.errors else 200,
    )


@require_POST
@of_volunteer
def resume(request: OwnRequest, own: VolunteerProfile) -> HttpResponseBase:
    try:
        resume_profile(profile=own, acting_user=request.user)
    except AlreadyChanged as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Good to have you back."))
    return redirect("my_volunteering:profile")


@of_volunteer
def add_absence(request: OwnRequest, own: VolunteerProfile) -> HttpResponseBase:
    form = AbsenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            absence = plan_absence(profile=own, acting_user=request.user, **form.cleaned_data)
        except ValidationError as contradiction:
            form.add_error(None, contradiction.messages)
        else:
            messages.success(request, _("Saved. We will not ask you about those days."))
            if own.assignments.active().filter(
                starts_at__date__lte=absence.last_on, ends_at__date__gte=absence.first_on
            ).exists():  # fmt: skip
                messages.error(
                    request,
                    _("You have a task on those days. If you cannot do it, give it back, so that "
                      "we can find somebody else."),
                )  # fmt: skip
            return redirect("my_volunteering:profile")
    return TemplateResponse(
        request,
        "volunteering/profile/absence.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@require_POST
@of_volunteer
def drop_absence(request: OwnRequest, own: VolunteerProfile, pk: UUID) -> HttpResponseBase:
    absence = get_object_or_404(own.absences, pk=pk)
    remove_absence(absence=absence, acting_user=request.user)
    messages.success(request, _("Removed. We may ask you about those days again."))
    return redirect("my_volunteering:profile")


@of_volunteer
def leave(request: OwnRequest, own: VolunteerProfile) -> HttpResponseBase:
    """Asks first."""
    refusal = None
    if request.method == "POST":
        try:
            leave_volunteering(profile=own, acting_user=request.user)
        except VolunteeringRefused as refused:
            refusal = refused
        else:
            messages.success(
                request, _("You have left volunteering. Thank you for all the time you gave.")
            )
            return redirect("my_volunteering:profile")
    return TemplateResponse(
        request,
        "volunteering/profile/leave.html",
        {"profile": own, "refusal": refusal},
        status=refusal.status if refusal else 200,
    )
