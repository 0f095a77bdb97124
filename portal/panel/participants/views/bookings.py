"""One booking: what it is, and what may be done with it on behalf of whoever made it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.actions.cancel_booking import cancel_booking
from events.actions.send_new_link import send_new_link
from events.actions.switch_session import switch_session
from events.models import Booking, Participation, Session
from events.printing.slip import slip_pdf
from portal.accounts.permissions import Permission, may
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.looking import note_listed, note_needs
from portal.panel.participants.finding import booking_or_404, session_of, session_or_404
from portal.panel.participants.forms import CancelForm, MoveForm
from portal.panel.participants.heads import head_of
from portal.panel.participants.lists import GIVEN_BACK
from portal.panel.participants.papers import pdf_response
from portal.panel.refusing import refusals_told

Status = Participation.Status
# Dates one may be moved to.
DATES = 30


@require_safe
@requires(Permission.SEE_PARTICIPANTS)
def booking(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = booking_or_404(pk)
    people = list(
        found.participations.select_related("person").prefetch_related("needs", "attendances")
    )
    session = session_of(found.pool)
    if session is None:
        raise Http404
    entry = getattr(found, "entry", None)
    note_listed([found.booker_id], request.user)
    if may(request.user, Permission.SEE_NEEDS):
        note_needs([one.person_id for one in people if one.needs.all()], request.user)
    return TemplateResponse(
        request,
        "panel/participants/booking.html",
        {
            "booking": found,
            "head": head_of(session_or_404(session.pk)),
            "active": [one for one in people if one.status in Participation.ACTIVE],
            "given_back": [one for one in people if one.status in GIVEN_BACK],
            "statuses": {one.status for one in people},
            "entry": entry,
            "offer": entry.offers.filter(state="open").first() if entry else None,
            "transport": getattr(found, "transport", None),
            "has_places": any(one.status in Participation.WITH_A_PLACE for one in people),
        },
    )


@require_safe
@requires(Permission.RUN_EVENTS)
def slip(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = booking_or_404(pk)
    return pdf_response(slip_pdf(found), f"zapis-{found.code}.pdf")


@requires(Permission.RUN_EVENTS)
def cancel(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Some of the party, or all of it."""
    found = booking_or_404(pk)
    people = list(found.participations.active().select_related("person").order_by("ordinal"))
    if not people:
        messages.info(request, _("Nobody of this booking is on the list any more."))
        return redirect("panel:participants:booking", pk)
    form = CancelForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            cancel_booking(
                booking=found,
                participations=form.chosen,
                by_staff=True,
                acting_user=request.user,
            )
            number = len(form.chosen)
            messages.success(
                request,
                ngettext(
                    "%(number)d person is off the list.",
                    "%(number)d people are off the list.",
                    number,
                )
                % {"number": number},
            )
        return redirect("panel:participants:booking", pk)
    return TemplateResponse(
        request, "panel/participants/booking_cancel.html", {"form": form, "booking": found}
    )


@requires(Permission.RUN_EVENTS)
def move(request: OwnRequest, pk: UUID) -> HttpResponse:
    """To another date of the same activity."""
    found = booking_or_404(pk)
    form = MoveForm(request.POST or None, sessions=_other_dates(found))
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen
        with refusals_told(request):
            if chosen.pool is not None:
                switch_session(
                    booking=found, pool=chosen.pool, by_staff=True, acting_user=request.user
                )
                messages.success(request, _("The booking is moved."))
        return redirect("panel:participants:booking", pk)
    return TemplateResponse(
        request, "panel/participants/booking_move.html", {"form": form, "booking": found}
    )


def _other_dates(found: Booking) -> list[Session]:
    """To come, of the same activity; a course has no other."""
    session = getattr(found.pool, "session", None)
    if session is None:
        return []
    dates = Session.objects.taking_place().filter(
        activity=session.activity_id, pool__isnull=False, starts_at__gt=timezone.now()
    )
    return list(dates.exclude(pk=session.pk).select_related("pool").in_order()[:DATES])


@require_POST
@requires(Permission.RUN_EVENTS)
def send_link(request: OwnRequest, pk: UUID) -> HttpResponse:
    """A new one; earlier ones lead nowhere."""
    found = booking_or_404(pk)
    if not found.booker.channel:
        messages.error(
            request,
            _("%(name)s can only be told in person: print the slip.") % {"name": found.booker},
        )
        return redirect("panel:participants:booking", pk)
    send_new_link(booking=found)
    messages.success(request, _("A new link is on its way to %(name)s.") % {"name": found.booker})
    return redirect("panel:participants:booking", pk)
