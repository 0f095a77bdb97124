"""The office's word on a booking that needs it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.actions.approve_booking import approve_booking
from events.actions.confirm_booking import confirm_booking
from events.actions.refuse_booking import refuse_booking
from events.models import Booking
from events.refusals import AlreadyChanged, LinkExpired
from portal.accounts.models import User
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.participants.finding import booking_or_404
from portal.panel.participants.forms import RefusalForm
from portal.panel.refusing import refusals_told


@require_POST
@requires(Permission.RUN_EVENTS)
def approve(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = booking_or_404(pk)
    with refusals_told(request):
        approve_booking(booking=found, acting_user=request.user)
        messages.success(request, _("Confirmed. %(name)s is told.") % {"name": found.booker})
    return redirect("panel:participants:booking", pk)


@requires(Permission.RUN_EVENTS)
def refuse(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = booking_or_404(pk)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            refuse_booking(
                booking=found, reason=form.cleaned_data["reason"], acting_user=request.user
            )
            messages.success(request, _("Refused. %(name)s is told why.") % {"name": found.booker})
        return redirect("panel:participants:booking", pk)
    return TemplateResponse(
        request, "panel/participants/booking_refuse.html", {"form": form, "booking": found}
    )


@require_POST
@requires(Permission.RUN_EVENTS)
def confirm(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Somebody says on the telephone what they were to say by the link."""
    found = booking_or_404(pk)
    with refusals_told(request):
        _confirm(found, request.user)
        messages.success(request, _("The booking is confirmed."))
    return redirect("panel:participants:booking", pk)


def _confirm(found: Booking, acting_user: User) -> None:
    try:
        confirm_booking(booking=found, acting_user=acting_user)
    except LinkExpired:
        # Staff hold no link; what has expired is the time.
        raise AlreadyChanged(
            _("The time to confirm has passed, and the places went to others.")
        ) from None
