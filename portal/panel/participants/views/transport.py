"""Who is driven to a date, and by when the driver comes."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.actions.decide_transport import decide_transport
from events.models import CapacityPool, Participation, Session, TransportRequest
from events.printing.transport import transport_pdf
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.looking import note_listed
from portal.panel.participants.finding import session_of, session_or_404, transport_or_404
from portal.panel.participants.forms import NoTransportForm, PickupForm
from portal.panel.participants.heads import head_of
from portal.panel.participants.papers import pdf_response
from portal.panel.refusing import refusals_told

State = TransportRequest.State


def _asked(session: Session) -> "QuerySet[TransportRequest]":
    """Of parties with a place, in the order of the ride."""
    has_place = Participation.objects.with_a_place().filter(booking=OuterRef("booking"))
    return (
        TransportRequest.objects.filter(Exists(has_place), booking__pool=session.places)
        .select_related("booking__booker")
        .order_by("pickup_at", "city", "street")
    )


@require_safe
@requires(Permission.RUN_EVENTS)
def requests(request: OwnRequest, pk: UUID) -> HttpResponse:
    session = session_or_404(pk)
    rows = list(_asked(session)) if session.places else []
    note_listed([row.booking.booker_id for row in rows], request.user)
    return TemplateResponse(
        request,
        "panel/participants/transport.html",
        {
            "head": head_of(session),
            "groups": [
                (state, mine)
                for state in (State.REQUESTED, State.ARRANGED, State.DECLINED)
                if (mine := [row for row in rows if row.state == state])
            ],
            "people": sum(row.people for row in rows if row.state == State.ARRANGED),
        },
    )


@require_safe
@requires(Permission.RUN_EVENTS)
def for_the_driver(request: OwnRequest, pk: UUID) -> HttpResponse:
    session = session_or_404(pk)
    rows = list(_asked(session)) if session.places else []
    note_listed([row.booking.booker_id for row in rows], request.user)
    return pdf_response(transport_pdf(session, rows), f"dowoz-{session}.pdf")


@requires(Permission.RUN_EVENTS)
def arrange(request: OwnRequest, pk: UUID) -> HttpResponse:
    asked = transport_or_404(pk)
    form = PickupForm(request.POST or None, initial={"pickup_at": asked.pickup_at})
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            decide_transport(
                request=asked,
                state=State.ARRANGED,
                pickup_at=form.cleaned_data["pickup_at"],
                acting_user=request.user,
            )
            messages.success(
                request,
                _("The transport is arranged. %(name)s is told.") % {"name": asked.booking.booker},
            )
        return _to_list(asked.booking.pool)
    note_listed([asked.booking.booker_id], request.user)
    return _page(request, "transport_arrange", asked, form)


@requires(Permission.RUN_EVENTS)
def decline(request: OwnRequest, pk: UUID) -> HttpResponse:
    asked = transport_or_404(pk)
    form = NoTransportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            decide_transport(
                request=asked,
                state=State.DECLINED,
                words=form.cleaned_data["words"],
                acting_user=request.user,
            )
            messages.success(
                request,
                _("%(name)s is told that it is not possible.") % {"name": asked.booking.booker},
            )
        return _to_list(asked.booking.pool)
    return _page(request, "transport_decline", asked, form)


def _page(
    request: OwnRequest, name: str, asked: TransportRequest, form: PickupForm | NoTransportForm
) -> HttpResponse:
    session = session_of(asked.booking.pool)
    if session is None:
        raise Http404
    return TemplateResponse(
        request,
        f"panel/participants/{name}.html",
        {"form": form, "asked": asked, "head": head_of(session_or_404(session.pk))},
    )


def _to_list(pool: CapacityPool) -> HttpResponse:
    session = session_of(pool)
    if session is None:
        raise Http404
    return redirect("panel:participants:transport", session.pk)
