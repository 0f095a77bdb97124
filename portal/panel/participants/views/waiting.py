"""The waiting list, and what people on it answer by telephone."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.actions.accept_offer import accept_offer
from events.actions.decline_offer import decline_offer
from events.actions.leave_waiting_list import leave_waiting_list
from events.actions.make_offer import make_offer
from events.models import CapacityPool
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.looking import note_listed
from portal.panel.participants import lists
from portal.panel.participants.finding import (
    entry_or_404,
    offer_or_404,
    session_of,
    session_or_404,
)
from portal.panel.participants.heads import head_of
from portal.panel.refusing import refusals_told
from tenants.formats import moment


@require_safe
@requires(Permission.SEE_PARTICIPANTS)
def waiting_list(request: OwnRequest, pk: UUID) -> HttpResponse:
    head = head_of(session_or_404(pk))
    if head.pool is None:
        return TemplateResponse(request, "panel/participants/no_booking.html", {"head": head})
    rows = lists.in_line(head.pool)
    note_listed([row.party.booking.booker_id for row in rows], request.user)
    return TemplateResponse(
        request, "panel/participants/waiting.html", {"head": head, "in_line": rows}
    )


def _to_list(pool: CapacityPool) -> HttpResponse:
    session = session_of(pool)
    if session is None:
        raise Http404
    return redirect("panel:participants:waiting", session.pk)


@require_POST
@requires(Permission.RUN_EVENTS)
def offer(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Keep free places for this party, whoever stands before it."""
    entry = entry_or_404(pk)
    with refusals_told(request):
        made = make_offer(entry=entry, acting_user=request.user)
        messages.success(
            request,
            _("Kept for %(name)s until %(moment)s.")
            % {"name": entry.booking.booker, "moment": moment(made.expires_at)},
        )
    return _to_list(entry.pool)


@requires(Permission.RUN_EVENTS)
def leave(request: OwnRequest, pk: UUID) -> HttpResponse:
    entry = entry_or_404(pk)
    if request.method != "POST":
        return TemplateResponse(request, "panel/participants/entry_leave.html", {"entry": entry})
    with refusals_told(request):
        leave_waiting_list(entry=entry, acting_user=request.user)
        messages.success(
            request,
            _("%(name)s is off the waiting list.") % {"name": entry.booking.booker},
        )
    return _to_list(entry.pool)


@require_POST
@requires(Permission.RUN_EVENTS)
def accept(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Somebody said yes on the telephone."""
    made = offer_or_404(pk)
    booking = made.entry.booking
    with refusals_told(request):
        accept_offer(offer=made, acting_user=request.user)
        messages.success(request, _("%(name)s has the place.") % {"name": booking.booker})
    return redirect("panel:participants:booking", booking.pk)


@requires(Permission.RUN_EVENTS)
def decline(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Somebody said no on the telephone; the next in line is asked."""
    made = offer_or_404(pk)
    if request.method != "POST":
        return TemplateResponse(request, "panel/participants/offer_decline.html", {"offer": made})
    with refusals_told(request):
        decline_offer(offer=made, acting_user=request.user)
        messages.success(
            request,
            _("%(name)s does not take the place.") % {"name": made.entry.booking.booker},
        )
    return _to_list(made.entry.pool)
