"""Hours volunteers have written down: confirmed or to be cleared up, and how many there are."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import Permission
from portal.audit.models import record
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from portal.panel.participants.papers import file_response
from portal.panel.participants.views.papers import XLSX
from portal.panel.refusing import refusals_told
from portal.panel.spreadsheets import csv_text, xlsx_bytes
from portal.panel.volunteers.finding import entry_or_404, profile_or_404
from portal.panel.volunteers.hours import Entry, by_volunteer, disputed, months, waiting
from portal.panel.volunteers.tables import hours_table
from volunteering.actions.decide_hours import decide_hours

# Entries on a page.
SIZE = 40


@require_safe
@requires(Permission.SEE_VOLUNTEERS)
def hours(request: OwnRequest) -> HttpResponse:
    page = page_of(waiting(), request, SIZE)
    return TemplateResponse(
        request,
        "panel/volunteers/hours.html",
        {
            "pages": page,
            "groups": by_volunteer(page),
            "disputed": [Entry(entry) for entry in disputed()[:SIZE]],
            "months": months(),
        },
    )


@require_POST
@requires(Permission.EDIT_VOLUNTEERS)
def confirm(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, is_confirmed=True, done=_("The hours are confirmed."))


@require_POST
@requires(Permission.EDIT_VOLUNTEERS)
def dispute(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Something does not fit; nobody's hours are changed without a talk."""
    done = _("The hours stay in the list of those to be cleared up. Talk to the volunteer.")
    return _decide(request, pk, is_confirmed=False, done=done)


def _decide(request: OwnRequest, pk: UUID, *, is_confirmed: bool, done: str) -> HttpResponse:
    entry = entry_or_404(pk)
    with refusals_told(request):
        decide_hours(entry=entry, is_confirmed=is_confirmed, acting_user=request.user)
        messages.success(request, done)
    return redirect("panel:volunteers:hours")


@require_POST
@requires(Permission.EDIT_VOLUNTEERS)
def confirm_all(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Those of one volunteer that stood on the page, ``entry``: nobody confirms what they have not
    seen. What somebody has decided meanwhile stays."""
    profile = profile_or_404(pk)
    number = 0
    for entry in waiting().filter(profile=profile, pk__in=_ids(request)):
        with refusals_told(request):
            decide_hours(entry=entry, is_confirmed=True, acting_user=request.user)
            number += 1
    messages.success(
        request,
        ngettext("%(number)d entry is confirmed.", "%(number)d entries are confirmed.", number)
        % {"number": number},
    )
    return redirect("panel:volunteers:hours")


def _ids(request: OwnRequest) -> list[UUID]:
    try:
        return [UUID(one) for one in request.POST.getlist("entry")]
    except ValueError:
        return []


@require_safe
@requires(Permission.SEE_VOLUNTEERS)
def csv(request: OwnRequest) -> HttpResponse:
    return file_response(csv_text(_rows(request)), "text/csv; charset=utf-8", _name("csv"))


@require_safe
@requires(Permission.SEE_VOLUNTEERS)
def xlsx(request: OwnRequest) -> HttpResponse:
    return file_response(xlsx_bytes(_rows(request), sheet=_("Hours")), XLSX, _name("xlsx"))


def _rows(request: OwnRequest) -> list[list[str]]:
    table = hours_table(months(most=None))
    record("hours.exported", actor=request.user.pk, entries=len(table) - 1)
    return table


def _name(ending: str) -> str:
    return f"godziny-wolontariuszy-{timezone.localdate().isoformat()}.{ending}"
