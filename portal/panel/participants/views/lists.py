"""Who is on the list of a date, and everything that waits."""

from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission, may
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from portal.panel.looking import note_listed, note_needs
from portal.panel.participants import attention, lists
from portal.panel.participants.finding import session_or_404
from portal.panel.participants.heads import head_of
from portal.panel.participants.lists import Party
from portal.panel.views.people import asked

# Parties on a page.
SIZE = 40


@require_safe
@requires(Permission.SEE_PARTICIPANTS)
def participants(request: OwnRequest, pk: UUID) -> HttpResponse:
    """``?q=``: a name or a code."""
    head = head_of(session_or_404(pk))
    if head.pool is None:
        return TemplateResponse(request, "panel/participants/no_booking.html", {"head": head})
    question = asked(request)
    bookings = lists.booked(head.pool)
    page = page_of(lists.narrowed(bookings, question) if question else bookings, request, SIZE)
    is_first = page.number == 1 and not question
    to_approve = lists.parties(lists.to_approve(head.pool)) if is_first else []
    booked = lists.parties(page)
    in_line = lists.in_line(head.pool) if is_first else []
    gone = lists.given_back(head.pool)[: lists.SHOWN_GIVEN_BACK] if is_first else []
    shown = [*to_approve, *booked, *(row.party for row in in_line)]
    _note(shown, request)
    return TemplateResponse(
        request,
        "panel/participants/participants.html",
        {
            "head": head,
            "question": question,
            "is_first": is_first,
            "pages": page,
            "booked": booked,
            "to_approve": to_approve,
            "in_line": in_line,
            "given_back": gone,
        },
    )


def _note(shown: list[Party], request: OwnRequest) -> None:
    """Whose contact, and whose needs, stood on the page."""
    note_listed([party.booking.booker_id for party in shown], request.user)
    if may(request.user, Permission.SEE_NEEDS):
        with_needs = [one.person_id for party in shown for one in party.people if one.needs.all()]
        note_needs(with_needs, request.user)


@require_safe
@requires(Permission.RUN_EVENTS)
def to_do(request: OwnRequest) -> HttpResponse:
    """All of what the Today page shows the first of."""
    blocks = [block for build in attention.ALL if (block := build(attention.EVERY)).count]
    return TemplateResponse(request, "panel/participants/to_do.html", {"blocks": blocks})
