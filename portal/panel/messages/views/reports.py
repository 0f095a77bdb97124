"""Messages somebody has reported: read one, decide. Nothing around it is shown, only itself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.messaging.actions.decide_report import decide_report
from portal.messaging.models import Report
from portal.paging import page_of
from portal.panel.messages.finding import report_or_404
from portal.panel.messages.forms import DecisionForm
from portal.panel.messages.thread import names_of
from portal.panel.refusing import refusals_told

EVERYTHING = "wszystkie"


@require_safe
@requires(Permission.MODERATE_MESSAGES)
def reports(request: OwnRequest) -> HttpResponse:
    """Those to look at, the oldest first; ``?pokaz=wszystkie`` also those decided on."""
    shows_all = request.GET.get("pokaz") == EVERYTHING
    found = Report.objects.select_related("message__conversation", "message__author", "reporter")
    if shows_all:
        found = found.order_by("-created_at", "-id")
    else:
        found = found.filter(state=Report.State.OPEN).order_by("created_at", "id")
    return TemplateResponse(
        request,
        "panel/messages/reports.html",
        {"pages": page_of(found, request), "shows_all": shows_all},
    )


@requires(Permission.MODERATE_MESSAGES)
def decide(request: OwnRequest, pk: UUID) -> HttpResponse:
    report = report_or_404(pk)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            decide_report(report=report, remove=form.removes, acting_user=request.user)
            if form.removes:
                messages.success(request, _("The message is removed."))
            else:
                messages.success(request, _("The message stays."))
        return redirect("panel:messages:reports")
    return TemplateResponse(
        request,
        "panel/messages/decide.html",
        {
            "form": form,
            "report": report,
            "message": report.message,
            "handled_by": names_of([report.handled_by]).get(report.handled_by, "")
            if report.handled_by
            else "",
        },
        status=422 if form.is_bound else 200,
    )
