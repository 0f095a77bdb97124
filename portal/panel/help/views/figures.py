"""Neighbourly help in numbers; also for those who may see figures alone."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission, may
from portal.audit.models import record
from portal.entrance.doors import forbidden, logged_in
from portal.entrance.requests import OwnRequest
from portal.panel.help.figures import PeriodForm, figures, period_of, supporting_activities
from portal.panel.participants.papers import file_response
from portal.panel.participants.views.papers import XLSX
from portal.panel.spreadsheets import csv_text, xlsx_bytes


def _may_see(request: OwnRequest) -> bool:
    return any(may(request.user, one) for one in (Permission.SEE_HELP, Permission.SEE_FIGURES))


@require_safe
@logged_in
def help_figures(request: OwnRequest) -> HttpResponse:
    """``?od=``, ``?do=``: days."""
    if not _may_see(request):
        return forbidden(request)
    form = PeriodForm(request.GET)
    period = period_of(form)
    return TemplateResponse(
        request,
        "panel/help/figures.html",
        {
            "form": form,
            "period": period,
            "figures": figures(period),
            "supporting": list(supporting_activities(period))[1:],
        },
    )


@require_safe
@logged_in
def csv(request: OwnRequest) -> HttpResponse:
    if not _may_see(request):
        return forbidden(request)
    content = csv_text(_rows(request))
    return file_response(content, "text/csv; charset=utf-8", "dzialania-wspierajace.csv")


@require_safe
@logged_in
def xlsx(request: OwnRequest) -> HttpResponse:
    if not _may_see(request):
        return forbidden(request)
    content = xlsx_bytes(_rows(request), sheet=_("Supporting activities"))
    return file_response(content, XLSX, "dzialania-wspierajace.xlsx")


def _rows(request: OwnRequest) -> list[list[str]]:
    rows = list(supporting_activities(period_of(PeriodForm(request.GET))))
    record("help.figures_exported", actor=request.user.pk, entries=len(rows) - 1)
    return rows
