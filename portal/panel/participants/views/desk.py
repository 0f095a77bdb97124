"""Booking for somebody who calls or comes to the office."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.models import CapacityPool, Participation, Session
from events.refusals import (
    AlreadyBooked,
    BookingRefused,
    CapacityIsReservedByLease,
    HasInsufficientCapacity,
    OpportunityIsFull,
    OpportunityIsInConflict,
)
from portal.accounts.models import Person
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.finding import person_or_404
from portal.panel.looking import note_listed
from portal.panel.participants.desk import book_for, likely_cards, who_it_may_be
from portal.panel.participants.desk_form import DeskForm, typed
from portal.panel.participants.finding import booking_or_404, session_of, session_or_404
from portal.panel.participants.heads import head_of

FOR_OTHERS = "innych"
SEARCHED = ("first_name", "last_name", "phone")
# Refusals after which somebody may still wait.
NO_PLACES = (OpportunityIsFull, HasInsufficientCapacity, CapacityIsReservedByLease)


@requires(Permission.RUN_EVENTS)
def book(request: OwnRequest, pk: UUID) -> HttpResponse:
    """One page: who, who else, done. ``?dla=innych``: whoever calls does not come themselves."""
    session = session_or_404(pk)
    if request.method != "POST":
        comes = request.GET.get("dla") != FOR_OTHERS
        return _page(request, session, DeskForm(**_of(session), comes=comes))
    form = DeskForm(request.POST, **_of(session), person=_chosen(request), comes=_comes(request))
    if not form.is_valid():
        return _page(request, session, form)
    is_new = form.person is None and not form.cleaned_data["is_new_card"]
    if is_new and (likely := likely_cards(form)):
        return _page(request, session, form, likely=likely, is_checked=True)
    return _booked(request, session, form)


@require_POST
@requires(Permission.RUN_EVENTS)
def find(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Whose card it may be, by as much as has been typed; the rest of the form stays as it is."""
    session = session_or_404(pk)
    form = DeskForm(initial=typed(request.POST), **_of(session), comes=_comes(request))
    words = [form.initial.get(name, "") for name in SEARCHED]
    if not any(words):
        messages.info(request, _("Write a name or a phone number first."))
        return _page(request, session, form)
    return _page(request, session, form, likely=who_it_may_be(*words), is_search=True)


@requires(Permission.RUN_EVENTS)
def choose(request: OwnRequest, pk: UUID, person: UUID) -> HttpResponse:
    """The form for somebody we have a card of, with whatever else was typed."""
    session, card = session_or_404(pk), person_or_404(person)
    form = DeskForm(
        initial=typed(request.POST) if request.method == "POST" else {},
        **_of(session),
        person=card,
        comes=_comes(request) if request.method == "POST" else True,
    )
    return _page(request, session, form)


@require_safe
@requires(Permission.RUN_EVENTS)
def done(request: OwnRequest, pk: UUID) -> HttpResponse:
    booking = booking_or_404(pk)
    people = list(booking.participations.active().select_related("person"))
    waits = any(one.status == Participation.Status.WAITING for one in people)
    session = session_of(booking.pool)
    return TemplateResponse(
        request,
        "panel/participants/desk_done.html",
        {
            "booking": booking,
            "people": people,
            "waits": waits,
            "head": head_of(session_or_404(session.pk)) if session else None,
        },
    )


def _booked(request: OwnRequest, session: Session, form: DeskForm) -> HttpResponse:
    try:
        booking = book_for(form, _places(session), request.user)
    except BookingRefused as refusal:
        return _page(request, session, form, refusal=refusal)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return _page(request, session, form)
    return redirect("panel:participants:desk_done", booking.pk)


def _places(session: Session) -> CapacityPool:
    return get_object_or_404(CapacityPool, pk=session.places.pk if session.places else None)


def _chosen(request: OwnRequest) -> Person | None:
    """The card that was found; nonsense is nobody."""
    try:
        pk = UUID(request.POST.get("person", ""))
    except ValueError:
        return None
    return person_or_404(pk)


def _of(session: Session) -> dict[str, Any]:
    """What the form asks about a date."""
    wheelchair = CapacityPool.Purpose.WHEELCHAIR
    return {
        "activity": session.activity,
        "keeps_wheelchair_places": CapacityPool.objects.filter(
            main=session.places, purpose=wheelchair
        ).exists(),
    }


def _comes(request: OwnRequest) -> bool:
    return request.POST.get("comes", "True") != "False"


def _page(  # noqa: PLR0913 (one page, several ways to come back to it)
    request: OwnRequest,
    session: Session,
    form: DeskForm,
    *,
    likely: list[Person] | None = None,
    is_search: bool = False,
    is_checked: bool = False,
    refusal: BookingRefused | None = None,
) -> HttpResponse:
    head = head_of(session)
    if not head.takes_desk_bookings:
        return TemplateResponse(
            request, "panel/participants/desk_closed.html", {"head": head}, status=409
        )
    note_listed([person.pk for person in likely or []], request.user)
    if form.person is not None:
        note_listed([form.person.pk], request.user)
    # What the form could not know before it was sent is told like its own errors.
    if refusal is not None:
        form.add_error(None, _words(refusal))
    context = {
        "head": head,
        "form": form,
        "likely": likely,
        "is_search": is_search,
        "is_checked": is_checked,
        "may_wait": isinstance(refusal, NO_PLACES) and _has_line(refusal),
        "is_in_conflict": isinstance(refusal, OpportunityIsInConflict),
        "already": refusal.names[0] if isinstance(refusal, AlreadyBooked) else "",
    }
    status = refusal.status if refusal else 200
    return TemplateResponse(request, "panel/participants/desk.html", context, status=status)


def _has_line(refusal: BookingRefused) -> bool:
    return not isinstance(refusal, OpportunityIsFull) or refusal.has_waiting_list


def _words(refusal: BookingRefused) -> str:
    """The sentence is for whoever books; here it is read by whoever books for them."""
    if isinstance(refusal, OpportunityIsInConflict):
        return _("Somebody of them has %(title)s at that time.") % {"title": refusal.title}
    return str(refusal)
