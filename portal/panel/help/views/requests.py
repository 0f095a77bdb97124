"""The board, and the page of one request."""

from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.message_words import when
from portal.accounts.permissions import Permission
from portal.audit.models import record
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from portal.panel.help import card, listing
from portal.panel.help.finding import request_or_404
from portal.panel.help.knowing import details_of, people_to_reach, sees_contacts
from portal.panel.participants.papers import file_response
from portal.panel.participants.views.papers import XLSX
from portal.panel.spreadsheets import csv_text, xlsx_bytes
from volunteering.models import District, HelpRequest
from volunteering.vocabulary import Kind, Language, Skill

Status = HelpRequest.Status


@require_safe
@requires(Permission.SEE_HELP)
def requests(request: OwnRequest) -> HttpResponse:
    """``?stan=``, ``?okolica=``, ``?rodzaj=``."""
    districts = list(District.objects.all())
    asked = listing.wanted(request.GET, districts)
    page = page_of(listing.requests(asked), request)
    return TemplateResponse(
        request,
        "panel/help/requests.html",
        {
            "wanted": asked,
            "states": [(key, label) for key, (label, _statuses) in listing.STATES.items()],
            "districts": [(str(one.pk), one.name) for one in districts],
            "kinds": Kind.choices,
            "pages": page,
            "rows": [listing.Row(one) for one in page],
        },
    )


@require_safe
@requires(Permission.SEE_HELP)
def csv(request: OwnRequest) -> HttpResponse:
    content = csv_text(_table(request))
    return file_response(content, "text/csv; charset=utf-8", _name("csv"))


@require_safe
@requires(Permission.SEE_HELP)
def xlsx(request: OwnRequest) -> HttpResponse:
    content = xlsx_bytes(_table(request), sheet=_("Requests for help"))
    return file_response(content, XLSX, _name("xlsx"))


def _table(request: OwnRequest) -> list[list[str]]:
    """What the filter finds; that it was downloaded is noted."""
    asked = listing.wanted(request.GET, District.objects.all())
    rows = list(listing.table(listing.requests(asked)))
    record("help.exported", actor=request.user.pk, entries=len(rows) - 1)
    return rows


def _name(ending: str) -> str:
    return f"prosby-{timezone.localdate().isoformat()}.{ending}"


@require_safe
@requires(Permission.SEE_HELP)
def request_page(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = request_or_404(pk)
    best, may_help = card.candidates(found)
    return TemplateResponse(
        request,
        "panel/help/request.html",
        {
            "asked": found,
            "when": when(found.starts_at, found.ends_at),
            "skills": [str(Skill(one).label) for one in found.required_skills],
            "preferred": [str(Skill(one).label) for one in found.preferred_skills],
            "languages": [str(Language(one).label) for one in found.languages],
            "details": details_of(found, request.user),
            "people": people_to_reach(found, request.user),
            "sees_contacts": sees_contacts(request.user, found),
            "run": card.run_to_decide_on(found),
            "candidates": best,
            "may_help": may_help,
            "who_cannot": card.who_cannot(found, request.user),
            "waves": card.waves(found),
            "helpers": card.helpers(found),
            "is_ahead": found.starts_at > timezone.now(),
            "is_asking": found.status in (Status.SEARCHING, Status.PENDING),
            "can_be_cancelled": Status.CANCELLED in HelpRequest.FOLLOWS[found.status],
            "can_be_referred": Status.REFERRED in HelpRequest.FOLLOWS[found.status],
        },
    )
