"""Reports of danger, for the two who read them; every look is written down."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.models import Person
from portal.audit.models import record
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from portal.panel.looking import note_opened
from portal.panel.refusing import refusals_told
from portal.panel.safety.doors import readers_only
from portal.panel.safety.forms import OutcomeForm
from volunteering.actions.close_danger_report import close_danger_report
from volunteering.actions.keep_people_apart import keep_people_apart
from volunteering.actions.take_up_danger_report import take_up_danger_report
from volunteering.apart import blocks_between
from volunteering.models import SafetyReport
from volunteering.safety import reports_open_to


@require_safe
@readers_only
def reports(request: OwnRequest) -> HttpResponse:
    record("danger.listed", actor=request.user.pk)
    # Not closed comes first: an empty day sorts last.
    rows = reports_open_to(request.user).order_by("-closed_at", "created_at", "id")
    return TemplateResponse(request, "panel/safety/reports.html", {"pages": page_of(rows, request)})


@require_safe
@readers_only
def report(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = _report_or_404(request, pk)
    record("danger.viewed", actor=request.user.pk, of=found)
    if found.reporter:
        note_opened(found.reporter, request.user)
    return TemplateResponse(
        request,
        "panel/safety/report.html",
        {
            "report": found,
            "handled_by": _name_of(found.handled_by),
            "are_apart": _are_apart(found),
        },
    )


@require_POST
@readers_only
def take_up(request: OwnRequest, pk: UUID) -> HttpResponse:
    take_up_danger_report(report=_report_or_404(request, pk), acting_user=request.user)
    messages.success(request, _("It is written down that you are looking into it."))
    return redirect("panel:safety:report", pk)


@require_POST
@readers_only
def separate(request: OwnRequest, pk: UUID) -> HttpResponse:
    """The two are not brought together again, although the reporter has not asked for it."""
    keep_people_apart(report=_report_or_404(request, pk), acting_user=request.user)
    messages.success(request, _("They are not brought together again. Neither is told."))
    return redirect("panel:safety:report", pk)


@readers_only
def close(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = _report_or_404(request, pk)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            close_danger_report(
                report=found, outcome=form.cleaned_data["outcome"], acting_user=request.user
            )
            messages.success(request, _("The report is closed."))
        return redirect("panel:safety:report", pk)
    return TemplateResponse(
        request,
        "panel/safety/close.html",
        {"form": form, "report": found},
        status=422 if form.errors else 200,
    )


def _report_or_404(request: OwnRequest, pk: UUID) -> SafetyReport:
    rows = reports_open_to(request.user).select_related(
        "reporter", "about", "assignment__request__district", "assignment__shift__opportunity"
    )
    return get_object_or_404(rows, pk=pk)


def _are_apart(report: SafetyReport) -> bool:
    """None could be, where nobody in particular is meant."""
    if report.reporter is None or report.about is None:
        return True
    return blocks_between([report.reporter.pk], [report.about.pk]).exists()


def _name_of(user: UUID | None) -> str:
    person = Person.objects.filter(logins=user).first() if user else None
    return str(person or "")
