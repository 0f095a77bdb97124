"""The list on paper and as a table."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Session
from events.printing.sign_in import sign_in_sheet_pdf
from portal.accounts.permissions import Permission, may
from portal.audit.models import record
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.looking import note_listed, note_needs
from portal.panel.participants.finding import session_or_404
from portal.panel.participants.papers import file_response, names, pdf_response, table
from portal.panel.spreadsheets import csv_text, xlsx_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@requires(Permission.SEE_PARTICIPANTS)
def sign_in_sheet(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Names and a column to sign; nothing else about anybody."""
    session = _with_list(pk)
    return pdf_response(sign_in_sheet_pdf(session, names(session)), _name(session, "pdf"))


@require_safe
@requires(Permission.SEE_PARTICIPANTS)
def xlsx(request: OwnRequest, pk: UUID) -> HttpResponse:
    session = _with_list(pk)
    rows = _rows(request, session)
    content = xlsx_bytes(rows, sheet=session.activity.title)
    return file_response(content, XLSX, _name(session, "xlsx"))


@require_safe
@requires(Permission.SEE_PARTICIPANTS)
def csv(request: OwnRequest, pk: UUID) -> HttpResponse:
    session = _with_list(pk)
    content = csv_text(_rows(request, session))
    return file_response(content, "text/csv; charset=utf-8", _name(session, "csv"))


def _with_list(pk: UUID) -> Session:
    session = session_or_404(pk)
    if session.places is None:
        raise Http404
    return session


def _rows(request: OwnRequest, session: Session) -> list[list[str]]:
    """That it was downloaded is noted, and about whom."""
    with_needs = may(request.user, Permission.SEE_NEEDS)
    rows = table(session, with_needs=with_needs)
    pool = session.places
    if pool is not None:
        people = pool.participations.values_list("person", flat=True)
        note_listed(people, request.user)
        if with_needs:
            note_needs(people.filter(needs__isnull=False), request.user)
    record(
        "participants.exported",
        actor=request.user.pk,
        of=session,
        entries=len(rows) - 1,
    )
    return rows


def _name(session: Session, ending: str) -> str:
    """``lista-2026-05-12.xlsx``: the title may have signs that no file name has."""
    return f"lista-{timezone.localdate(session.starts_at).isoformat()}.{ending}"
