"""One conversation: what was written on both sides, and the notes of the office."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.messaging.forms import MessageForm
from portal.messaging.models import Attachment, Conversation
from portal.messaging.views.files import handed_over
from portal.panel.messages import thread
from portal.panel.messages.finding import conversation_or_404
from portal.panel.messages.page import conversation_page

NOTHING_NEW = 204


@require_safe
@requires(Permission.SEE_CONVERSATIONS)
def conversation(request: OwnRequest, pk: UUID) -> HttpResponse:
    """``?przed=`` a number: what was written before it. An announcement has a page of its own."""
    found = conversation_or_404(request.user, pk)
    if found.kind == Conversation.Kind.ANNOUNCEMENT:
        return redirect("panel:messages:announcement", found.broadcast.pk)
    return conversation_page(request, person=found.person, conversation=found, form=MessageForm())


@require_safe
@requires(Permission.SEE_CONVERSATIONS)
def newer(request: OwnRequest, pk: UUID) -> HttpResponse:
    """``?po=`` a number: what was written after it, for a page that is open."""
    found = conversation_or_404(request.user, pk)
    number = request.GET.get("po", "")
    if not number.isdecimal() or int(number[:9]) >= found.last_number:
        return HttpResponse(status=NOTHING_NEW)
    return TemplateResponse(
        request,
        "panel/messages/partials/_newer.html",
        {"conversation": found, "thread": thread.newer(found, int(number[:9]))},
    )


@require_safe
@requires(Permission.SEE_CONVERSATIONS)
def attachment(request: OwnRequest, pk: UUID, file: UUID) -> HttpResponse:
    found = conversation_or_404(request.user, pk)
    return handed_over(
        get_object_or_404(
            Attachment, message__conversation=found, message__removed_at=None, pk=file
        )
    )
