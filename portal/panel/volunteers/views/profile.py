"""One volunteer: what they said, what the law still asks, what they do; and who they are to us."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.refusing import refusals_told
from portal.panel.volunteers import card
from portal.panel.volunteers.answering import form_answer, sent
from portal.panel.volunteers.finding import profile_or_404
from portal.panel.volunteers.forms import BreakForm, LeaveForm
from volunteering.actions.admit_volunteer import admit_volunteer
from volunteering.actions.leave_volunteering import leave_volunteering
from volunteering.actions.pause_profile import pause_profile
from volunteering.actions.resume_profile import resume_profile
from volunteering.gaps import gaps_of
from volunteering.models import VolunteerProfile


@require_safe
@requires(Permission.SEE_VOLUNTEERS)
def profile(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = profile_or_404(pk)
    has_ended = found.status == VolunteerProfile.Status.ENDED
    check = getattr(found, "background_check", None)
    return TemplateResponse(
        request,
        "panel/volunteers/profile.html",
        {
            "profile": found,
            "gaps": [] if has_ended else gaps_of(found),
            "said": card.said(found),
            "week": card.week(found),
            "absences": found.absences.filter(last_on__gte=timezone.localdate()),
            "agreements": card.agreements(found),
            "covers": found.covers.all(),
            "check": check,
            "checked_by": card.name_of(check.checked_by) if check else "",
            "consents": found.guardian_consents.select_related("guardian"),
            "is_minor": found.is_minor_on(timezone.localdate()),
            "tasks": card.tasks(found),
            "hours": card.hours(found),
        },
    )


@require_POST
@requires(Permission.ADMIT_VOLUNTEERS)
def admit(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Next comes the agreement: without one nobody may be sent anywhere."""
    found = profile_or_404(pk)
    with refusals_told(request):
        admit_volunteer(profile=found, acting_user=request.user)
        messages.success(
            request,
            _("%(name)s is a volunteer now and is told so. Write down the agreement next.")
            % {"name": found.person},
        )
        if not found.agreements.exists():
            return redirect("panel:volunteers:agreement", pk)
    return redirect("panel:volunteers:profile", pk)


@requires(Permission.EDIT_VOLUNTEERS)
def pause(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = profile_or_404(pk)
    form = BreakForm(sent(request), initial={"until": found.paused_until})
    return form_answer(
        request, "pause", form,
        write=lambda: pause_profile(
            profile=found, until=form.cleaned_data["until"], acting_user=request.user
        ),
        done=_("%(name)s has a break: nobody asks them anything.") % {"name": found.person},
        to=reverse("panel:volunteers:profile", args=[pk]), context={"profile": found},
    )  # fmt: skip


@require_POST
@requires(Permission.EDIT_VOLUNTEERS)
def resume(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = profile_or_404(pk)
    with refusals_told(request):
        resume_profile(profile=found, acting_user=request.user)
        messages.success(request, _("%(name)s helps again.") % {"name": found.person})
    return redirect("panel:volunteers:profile", pk)


@requires(Permission.EDIT_VOLUNTEERS)
def leave(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = profile_or_404(pk)
    form = LeaveForm(sent(request))
    return form_answer(
        request, "leave", form,
        write=lambda: leave_volunteering(profile=found, acting_user=request.user),
        done=_("%(name)s is no volunteer any more.") % {"name": found.person},
        to=reverse("panel:volunteers:profile", args=[pk]), context={"profile": found},
    )  # fmt: skip
