"""Neighbourly help in numbers: totals of the gmina, and nobody's name."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission
from portal.audit.models import record
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.help.figures import PeriodForm, figures, period_of, supporting_activities
from portal.panel.participants.papers import file_response
from portal.panel.participants.views.papers import XLSX
from portal.panel.spreadsheets import csv_text, xlsx_bytes


@require_safe
@requires(Permission.SEE_HELP)
def help_figures(request: OwnRequest) -> HttpResponse:
    """``?od=``, ``?do=``: days."""
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
@requires(Permission.SEE_HELP)
def csv(request: OwnRequest) -> HttpResponse:
    content = csv_text(_rows(request))
    return file_response(content, "text/csv; charset=utf-8", "dzialania-wspierajace.csv")


@require_safe
@requires(Permission.SEE_HELP)
def xlsx(request: OwnRequest) -> HttpResponse:
    content = xlsx_bytes(_rows(request), sheet=_("Supporting activities"))
    return file_response(content, XLSX, "dzialania-wspierajace.xlsx")


def _rows(request: OwnRequest) -> list[list[str]]:
    rows = list(supporting_activities(period_of(PeriodForm(request.GET))))
    record("help.figures_exported", actor=request.user.pk, entries=len(rows) - 1)
    return rows
