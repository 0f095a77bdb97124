"""Not to read somebody any more, and to read them again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.entrance.doors import logged_in
from portal.messaging.actions.block_person import block_person
from portal.messaging.actions.unblock_person import unblock_person
from portal.messaging.models import Block
from portal.messaging.refusals import MessagingRefused
from portal.messaging.views.doors import Door, OwnThreadRequest, of_participant
from portal.messaging.views.finding import message_of_another
from portal.paging import page_of


@of_participant
def block(request: OwnThreadRequest, door: Door, number: int) -> HttpResponse:
    """What happens then, and the button."""
    _message, author = message_of_another(door, number)
    context = {"door": door, "who": author, "is_relay": door.place.conversation.is_relay}
    if request.method != "POST":
        return TemplateResponse(request, "messaging/block.html", context)
    try:
        block_person(blocker=door.place.person, blocked=author)
    except MessagingRefused as refusal:
        context["refusal"] = refusal
        return TemplateResponse(request, "messaging/block.html", context, status=refusal.status)
    messages.success(
        request, _("You will not read each other any more: %(name)s.") % {"name": author.first_name}
    )
    return redirect("messaging:blocked")


@require_safe
@logged_in
def blocked(request: OwnThreadRequest) -> HttpResponse:
    made = Block.objects.filter(blocker=request.user.person).select_related("blocked")
    return TemplateResponse(
        request,
        "messaging/blocked.html",
        {"pages": page_of(made.order_by("-created_at", "-id"), request)},
    )


@require_POST
@logged_in
def unblock(request: OwnThreadRequest, block: UUID) -> HttpResponse:
    person = request.user.person
    found = get_object_or_404(Block.objects.select_related("blocked"), pk=block, blocker=person)
    unblock_person(blocker=person, blocked=found.blocked)
    messages.success(
        request,
        _("You can read each other again: %(name)s.") % {"name": found.blocked.first_name},
    )
    return redirect("messaging:blocked")
