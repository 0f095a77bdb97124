"""What somebody says of a conversation of theirs: read, not to be told of, to be told of again."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.messaging.actions.mark_read import mark_read as mark_as_read
from portal.messaging.actions.mute_conversation import mute_conversation
from portal.messaging.actions.unmute_conversation import unmute_conversation
from portal.messaging.views.doors import (
    Door,
    OwnThreadRequest,
    ThreadRequest,
    of_participant,
)
from portal.messaging.views.finding import number_in


@require_POST
@of_participant
def mark_read(request: OwnThreadRequest, door: Door) -> HttpResponse:
    return marked_read(request, door)


@require_POST
@of_participant
def mute(request: OwnThreadRequest, door: Door) -> HttpResponse:
    mute_conversation(participant=door.place)
    messages.success(
        request, _("We will not tell you about new messages here. You find them in it.")
    )
    return redirect(door.page)


@require_POST
@of_participant
def unmute(request: OwnThreadRequest, door: Door) -> HttpResponse:
    unmute_conversation(participant=door.place)
    messages.success(request, _("We will tell you about new messages here again."))
    return redirect(door.page)


def marked_read(request: ThreadRequest | OwnThreadRequest, door: Door) -> HttpResponse:
    """Up to the number the page showed, not up to what has come since."""
    number = number_in(request.POST.get("number", ""))
    mark_as_read(participant=door.place, number=number)
    if not request.htmx:
        return redirect(f"{door.page}#newer")
    response = HttpResponse()
    if not door.token:
        response["HX-Trigger"] = json.dumps({"live": {"target": "#unread"}})
    return response
