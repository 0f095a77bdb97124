"""What becomes of a request: looked at, searched for, taken over, closed, called off."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.permissions import Permission
from portal.accounts.refusals import Refused
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.help.finding import request_or_404
from portal.panel.help.forms import CloseForm, TriageForm
from portal.panel.refusing import refusals_told
from volunteering.actions.cancel_request import cancel_request
from volunteering.actions.close_request import close_request
from volunteering.actions.escalate_request import escalate_request
from volunteering.actions.send_wave import send_wave
from volunteering.actions.start_search import start_search
from volunteering.actions.triage_request import triage_request
from volunteering.models import HelpRequest

UNPROCESSABLE = 422


@requires(Permission.RUN_HELP)
def triage(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = request_or_404(pk)
    form = TriageForm(request.POST or None, of=found)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                triage_request(request=found, facts=form.facts, acting_user=request.user)
            except ValidationError as problem:
                form.add_error(None, problem.messages)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = getattr(refusal, "status", 409)
            else:
                messages.success(request, _("Written down."))
                return redirect("panel:help:request", pk)
        if status == 200:
            status = UNPROCESSABLE
    return TemplateResponse(
        request, "panel/help/triage.html", {"form": form, "asked": found}, status=status
    )


@require_POST
@requires(Permission.RUN_HELP)
def search(request: OwnRequest, pk: UUID) -> HttpResponse:
    """From the beginning; also again, once the office has taken it over."""
    found = request_or_404(pk)
    with refusals_told(request):
        start_search(request=found, acting_user=request.user)
        messages.success(request, _("The search begins. The first volunteers are asked soon."))
    return redirect("panel:help:request", pk)


@require_POST
@requires(Permission.RUN_HELP)
def wave(request: OwnRequest, pk: UUID) -> HttpResponse:
    """The next wave at once, and a larger one."""
    found = request_or_404(pk)
    with refusals_told(request):
        asked = send_wave(request=found, is_urgent=True, acting_user=request.user)
        if asked:
            messages.success(request, _("Volunteers asked just now: %(number)d.")
                             % {"number": len(asked)})  # fmt: skip
        else:
            messages.warning(
                request,
                _("Nobody can be asked just now: it is night, or all who may help were asked."),
            )
    return redirect("panel:help:request", pk)


@require_POST
@requires(Permission.RUN_HELP)
def escalate(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = request_or_404(pk)
    with refusals_told(request):
        escalate_request(request=found, acting_user=request.user)
        messages.success(request, _("The office sees to it now. Search again, or close it."))
    return redirect("panel:help:request", pk)


@requires(Permission.RUN_HELP)
def close(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Handed on, or closed without help; the latter once the office has taken it over."""
    found = request_or_404(pk)
    form = CloseForm(request.POST or None)
    if HelpRequest.Status.CLOSED_UNMET not in HelpRequest.FOLLOWS[found.status]:
        form.fields["how"].choices = form.fields["how"].choices[:1]  # type: ignore[attr-defined]
        form.initial["how"] = "referred"
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            close_request(
                request=found, is_referred=form.cleaned_data["how"] == "referred",
                reason=form.cleaned_data["reason"], acting_user=request.user,
            )  # fmt: skip
            messages.success(request, _("The request is closed. Call whoever asked."))
        return redirect("panel:help:request", pk)
    return TemplateResponse(
        request, "panel/help/close.html", {"form": form, "asked": found},
        status=UNPROCESSABLE if form.errors else 200,
    )  # fmt: skip


@requires(Permission.RUN_HELP)
def cancel(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = request_or_404(pk)
    if request.method != "POST":
        return TemplateResponse(request, "panel/help/cancel.html", {"asked": found})
    with refusals_told(request):
        cancel_request(request=found, acting_user=request.user, by_requester=False)
        messages.success(request, _("Called off. Everybody concerned is told."))
    return redirect("panel:help:request", pk)
