"""What became of the messages: those that need a human first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Case, Count, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.notifications.actions.finish_delivery import finish_delivery
from portal.notifications.actions.retry_delivery import retry_delivery
from portal.notifications.models import Delivery, Message
from portal.paging import page_of
from portal.panel.messages_shown import is_secret, shown
from portal.panel.refusing import refusals_told

EVERYTHING = "wszystkie"


@require_safe
@requires(Permission.SEE_DELIVERIES)
def deliveries(request: OwnRequest) -> HttpResponse:
    """``?stan=&kanal=``; without either, what failed, if anything did."""
    state, channel = request.GET.get("stan", ""), request.GET.get("kanal", "")
    failed = Delivery.objects.failed().count()
    if state not in {*Delivery.State.values, EVERYTHING}:
        state = Delivery.State.NEEDS_HUMAN if failed and not channel else EVERYTHING
    rows = Delivery.objects.select_related("message", "person")
    if state != EVERYTHING:
        rows = rows.filter(state=state)
    if channel in Delivery.Channel.values:
        rows = rows.filter(channel=channel)
    else:
        rows = rows.exclude(channel=Delivery.Channel.INBOX)
    return TemplateResponse(
        request,
        "panel/deliveries.html",
        {
            "failed": failed,
            "state": state,
            "channel": channel,
            "states": Delivery.State.choices,
            "channels": Delivery.Channel.choices,
            "deliveries": page_of(rows, request),
        },
    )


@require_safe
@requires(Permission.SEE_DELIVERIES)
def message(request: OwnRequest, pk: UUID) -> HttpResponse:
    """One message: its words, and what became of each recipient's copy."""
    found = get_object_or_404(Message, pk=pk)
    page = page_of(_troubled_first(found), request)
    first = next(iter(page), None)
    return TemplateResponse(
        request,
        "panel/message.html",
        {
            "message": found,
            "counts": _counts(found),
            "failed": found.deliveries.failed().count(),
            "deliveries": page,
            "words": shown(first) if first else None,
            "is_secret": is_secret(found),
        },
    )


def _troubled_first(found: Message) -> "QuerySet[Delivery]":
    return found.deliveries.select_related("person", "message").order_by(
        Case(When(state=Delivery.State.NEEDS_HUMAN, then=Value(0)), default=Value(1)), "id"
    )


def _counts(found: Message) -> list[dict[str, Any]]:
    """How many copies are in which state, by channel."""
    rows = (
        found.deliveries.order_by("channel", "state")
        .values("channel", "state")
        .annotate(number=Count("id"))
    )
    return [
        {
            "channel": Delivery.Channel(row["channel"]).label,
            "state": Delivery.State(row["state"]).label,
            "is_bad": row["state"] == Delivery.State.NEEDS_HUMAN,
            "number": row["number"],
        }
        for row in rows
    ]


@require_POST
@requires(Permission.RETRY_DELIVERIES)
def retry(request: OwnRequest, pk: UUID) -> HttpResponse:
    delivery = get_object_or_404(Delivery, pk=pk)
    with refusals_told(request):
        retry_delivery(delivery=delivery, acting_user=request.user)
        messages.success(request, _("The message is sent again."))
    return redirect("panel:message", delivery.message_id)


@require_POST
@requires(Permission.RETRY_DELIVERIES)
def retry_all(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Every copy of a message that failed."""
    found = get_object_or_404(Message, pk=pk)
    for delivery in found.deliveries.failed().sent_by_machine():
        with refusals_told(request):
            retry_delivery(delivery=delivery, acting_user=request.user)
    messages.success(request, _("What did not arrive is sent again."))
    return redirect("panel:message", found.pk)


@require_POST
@requires(Permission.RETRY_DELIVERIES)
def told_otherwise(request: OwnRequest, pk: UUID) -> HttpResponse:
    """The person knows by now; nothing is left to do."""
    delivery = get_object_or_404(Delivery, pk=pk)
    with refusals_told(request):
        finish_delivery(delivery=delivery, acting_user=request.user, done=True)
        messages.success(request, _("Written down: nothing is left to do."))
    return redirect("panel:message", delivery.message_id)
