"""Somebody stands at the door and has not booked."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events import capacity
from events.actions.add_walk_in import TAKEN_AT_THE_DOOR, add_walk_in
from events.actions.set_capacity import set_capacity
from events.models import Booking, CapacityPool, Participation, Session
from events.party import BookerContact
from events.refusals import AlreadyBooked, BookingRefused, OpportunityIsFull
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.participants.finding import session_or_404
from portal.panel.participants.forms import WalkInForm
from portal.panel.participants.heads import head_of
from tenants.keys import uuid7


@requires(Permission.RUN_EVENTS)
def walk_in(request: OwnRequest, pk: UUID) -> HttpResponse:
    session = session_or_404(pk)
    form = WalkInForm(request.POST or None, initial={"key": uuid7()})
    if request.method != "POST" or not form.is_valid():
        return _page(request, session, form)
    try:
        return _added(request, session, _add(request, session, form))
    except BookingRefused as refusal:
        return _page(request, session, form, refusal)


@require_POST
@requires(Permission.RUN_EVENTS)
def with_one_more_place(request: OwnRequest, pk: UUID) -> HttpResponse:
    """All places are taken, and there is room for one more chair: both or neither."""
    session = session_or_404(pk)
    form = WalkInForm(request.POST)
    pool = session.places
    if not form.is_valid() or pool is None:
        return _page(request, session, form)
    try:
        with transaction.atomic():
            if _needs_one_more(pool, form.cleaned_data["key"]):
                set_capacity(pool=pool, capacity=pool.capacity + 1, acting_user=request.user)
            added = _add(request, session, form)
    except BookingRefused as refusal:
        return _page(request, session, form, refusal)
    return _added(request, session, added)


def _needs_one_more(pool: CapacityPool, key: UUID) -> bool:
    """Not when the same form has come before, or somebody gave a place back meanwhile; as of the
    lock, for two clerks at two doors."""
    pools = capacity.lock(pool.pk)
    pool.capacity = pools[CapacityPool.Purpose.GENERAL].capacity
    is_full = not any(pools[purpose].free for purpose in TAKEN_AT_THE_DOOR if purpose in pools)
    return is_full and not Booking.objects.filter(idempotency_key=key).exists()


def _add(request: OwnRequest, session: Session, form: WalkInForm) -> Participation:
    cleaned = form.cleaned_data
    return add_walk_in(
        session=session,
        contact=BookerContact(
            first_name=cleaned["first_name"],
            last_name=cleaned["last_name"],
            phone=cleaned["phone"],
        ),
        acting_user=request.user,
        idempotency_key=cleaned["key"],
    )


def _added(request: OwnRequest, session: Session, added: Participation) -> HttpResponse:
    messages.success(request, _("%(name)s is on the list, and there.") % {"name": added.person})
    return redirect("panel:participants:check_in", session.pk)


def _page(
    request: OwnRequest,
    session: Session,
    form: WalkInForm,
    refusal: BookingRefused | None = None,
) -> HttpResponse:
    head = head_of(session)
    if head.pool is None:
        return TemplateResponse(request, "panel/participants/no_booking.html", {"head": head})
    if refusal is not None:
        form.add_error(None, _words(refusal))
    return TemplateResponse(
        request,
        "panel/participants/walk_in.html",
        {
            "head": head,
            "form": form,
            "is_full": isinstance(refusal, OpportunityIsFull),
            "already": refusal.names[0] if isinstance(refusal, AlreadyBooked) else "",
            "more": head.pool.capacity + 1,
        },
        status=refusal.status if refusal else 200,
    )


def _words(refusal: BookingRefused) -> str:
    """At the door nobody is put on a waiting list."""
    return _("No places are left.") if isinstance(refusal, OpportunityIsFull) else str(refusal)
