"""What a caller asks for besides a place: to be driven, and what they need on the spot."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from events.actions.change_booking import change_booking
from events.models import Booking, Participation
from events.party import Transport
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.looking import note_listed, note_needs
from portal.panel.participants.finding import booking_or_404
from portal.panel.participants.forms import NeedsForm, TransportForm
from portal.panel.refusing import refusals_told


def _people(found: Booking) -> list[Participation]:
    active = found.participations.active().select_related("person").prefetch_related("needs")
    return list(active.order_by("ordinal"))


@requires(Permission.RUN_EVENTS)
def transport(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Begins with the address on the card."""
    found = booking_or_404(pk)
    people = _people(found)
    if not people:
        return _nobody(request, pk)
    note_listed([found.booker_id], request.user)
    known = getattr(found, "transport", None)
    form = TransportForm(
        request.POST or None,
        instance=known,
        most=len(people),
        initial={}
        if known
        else {"people": len(people), "street": found.booker.street, "city": found.booker.city},
    )
    if request.method == "POST" and form.is_valid():
        asked = Transport(**{name: form.cleaned_data[name] for name in form.Meta.fields})
        with refusals_told(request):
            change_booking(booking=found, transport=asked, acting_user=request.user)
            messages.success(request, _("The transport is asked for."))
        return redirect("panel:participants:booking", pk)
    return TemplateResponse(
        request, "panel/participants/booking_transport.html", {"form": form, "booking": found}
    )


@requires(Permission.SEE_NEEDS)
def needs(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = booking_or_404(pk)
    people = _people(found)
    if not people:
        return _nobody(request, pk)
    note_needs([one.person_id for one in people if one.needs.all()], request.user)
    form = NeedsForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            change_booking(booking=found, needs=form.needs, acting_user=request.user)
            messages.success(request, _("What they need is written down."))
        return redirect("panel:participants:booking", pk)
    return TemplateResponse(
        request, "panel/participants/booking_needs.html", {"form": form, "booking": found}
    )


def _nobody(request: OwnRequest, pk: UUID) -> HttpResponse:
    messages.info(request, _("Nobody of this booking is on the list any more."))
    return redirect("panel:participants:booking", pk)
