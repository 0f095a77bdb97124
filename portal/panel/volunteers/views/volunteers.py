"""Who helps, or wants to: the list, and the same as a file."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission
from portal.audit.models import record
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from portal.panel.participants.papers import file_response
from portal.panel.participants.views.papers import XLSX
from portal.panel.spreadsheets import csv_text, xlsx_bytes
from portal.panel.volunteers import listing
from portal.panel.volunteers.tables import volunteers_table
from volunteering.gaps import GAPS
from volunteering.models import District
from volunteering.vocabulary import Skill


@require_safe
@requires(Permission.SEE_VOLUNTEERS)
def volunteers(request: OwnRequest) -> HttpResponse:
    what = listing.wanted(request)
    page = page_of(listing.found(what), request)
    districts = District.objects.all()
    return TemplateResponse(
        request,
        "panel/volunteers/list.html",
        {
            "wanted": what,
            "pages": page,
            "rows": listing.rows_of(list(page)),
            "statuses": listing.Status.choices,
            "districts": [(str(one.pk), one.name) for one in districts],
            "skills": Skill.choices,
            "gaps": [
                (listing.ANY, _("something")),
                (listing.SOON, _("something ends within 30 days")),
                *((gap.code, gap.label) for gap in GAPS),
            ],
        },
    )


@require_safe
@requires(Permission.SEE_VOLUNTEERS)
def csv(request: OwnRequest) -> HttpResponse:
    content = csv_text(_rows(request))
    return file_response(content, "text/csv; charset=utf-8", _name("csv"))


@require_safe
@requires(Permission.SEE_VOLUNTEERS)
def xlsx(request: OwnRequest) -> HttpResponse:
    content = xlsx_bytes(_rows(request), sheet=_("Volunteers"))
    return file_response(content, XLSX, _name("xlsx"))


def _rows(request: OwnRequest) -> list[list[str]]:
    """Those of the list, all of them; that they were downloaded is noted."""
    found = listing.found(listing.wanted(request))
    found = found.select_related("background_check").prefetch_related("agreements")
    table = volunteers_table(listing.rows_of(found))
    record("volunteers.exported", actor=request.user.pk, entries=len(table) - 1)
    return table


def _name(ending: str) -> str:
    return f"wolontariusze-{timezone.localdate().isoformat()}.{ending}"
