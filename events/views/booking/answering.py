"""What the holder of the link says to us: yes, no, I am coming, I am not coming."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from events.actions.accept_offer import accept_offer
from events.actions.cancel_booking import cancel_booking
from events.actions.confirm_booking import confirm_booking
from events.actions.decline_offer import decline_offer
from events.actions.leave_waiting_list import leave_waiting_list
from events.links import manage_path
from events.models import Booking, Offer, Participation
from events.refusals import CancellationNotPermitted, OfferExpired
from events.views.booking.managed import Managed, of_link, user_of


def back_to(booking: Booking, done: str) -> HttpResponse:
    return redirect(f"{manage_path(booking)}?zrobione={done}")


@of_link
def confirm(request: HttpRequest, booking: Booking) -> HttpResponse:
    if request.method != "POST":
        return redirect(manage_path(booking))
    confirm_booking(booking=booking, acting_user=None)
    return back_to(booking, "potwierdzone")


@of_link
def accept(request: HttpRequest, booking: Booking) -> HttpResponse:
    if request.method != "POST":
        return redirect(manage_path(booking))
    accept_offer(offer=_offer(booking), acting_user=user_of(request))
    return back_to(booking, "przyjete")


@of_link
def decline(request: HttpRequest, booking: Booking) -> HttpResponseBase:
    """Asks first: the place goes to somebody else at once."""
    offer = _offer(booking)
    if request.method == "POST":
        decline_offer(offer=offer, acting_user=user_of(request))
        return back_to(booking, "lista")
    if offer.state != Offer.State.OPEN:
        raise OfferExpired
    return _ask(request, booking, "events/booking/decline.html")


@of_link
def leave(request: HttpRequest, booking: Booking) -> HttpResponseBase:
    """The line; asks first, because the way back is to its end."""
    managed = Managed(booking)
    if managed.entry is None or not managed.waits:
        return redirect(manage_path(booking))
    if request.method == "POST":
        leave_waiting_list(entry=managed.entry, acting_user=user_of(request))
        return back_to(booking, "lista")
    return _ask(request, booking, "events/booking/leave.html")


@of_link
def cancel(request: HttpRequest, booking: Booking) -> HttpResponseBase:
    """Nobody comes."""
    return _cancel(request, booking, Managed(booking).active)


@of_link
def cancel_one(request: HttpRequest, booking: Booking, pk: UUID) -> HttpResponseBase:
    """One of them does not come."""
    managed = Managed(booking)
    one = next((one for one in managed.everybody if one.pk == pk), None)
    if one is None:
        raise Http404
    return _cancel(request, booking, [one] if one in managed.active else [])


def _cancel(
    request: HttpRequest, booking: Booking, going: Sequence[Participation]
) -> HttpResponseBase:
    managed = Managed(booking)
    if not going:
        return redirect(manage_path(booking))
    if not managed.can_give_back:
        raise CancellationNotPermitted(managed.facts.office)
    if request.method == "POST":
        cancel_booking(booking=booking, participations=going, acting_user=user_of(request))
        return back_to(booking, "odwolane")
    staying = [one for one in managed.active if one not in going]
    return _ask(request, booking, "events/booking/cancel.html", going=going, staying=staying)


def _ask(request: HttpRequest, booking: Booking, template: str, **context: object) -> HttpResponse:
    managed = Managed(booking)
    return TemplateResponse(
        request,
        template,
        {
            "managed": managed,
            "booking": booking,
            "facts": managed.facts,
            "back": manage_path(booking),
            **context,
        },
    )


def _offer(booking: Booking) -> Offer:
    """
    Raises:
        OfferExpired: there is none, or it went on to somebody else.
    """
    offer = Managed(booking).offer
    if offer is None:
        raise OfferExpired
    return offer
