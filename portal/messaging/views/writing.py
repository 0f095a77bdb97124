"""Write in a conversation, answer an announcement, write to the office for the first time."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.models import Person
from portal.entrance.doors import logged_in
from portal.messaging.actions.answer_announcement import answer_announcement
from portal.messaging.actions.open_office_conversation import open_office_conversation
from portal.messaging.actions.post_message import post_message
from portal.messaging.forms import MessageForm
from portal.messaging.models import Conversation, Message
from portal.messaging.reading import conversations_of
from portal.messaging.refusals import MessagingRefused
from portal.messaging.views.doors import (
    Door,
    OwnThreadRequest,
    ThreadRequest,
    of_participant,
)
from portal.messaging.views.thread import Thread, thread_page


@require_POST
@of_participant
def reply(request: OwnThreadRequest, door: Door) -> HttpResponse:
    return replied(request, door)


@logged_in
def new(request: OwnThreadRequest) -> HttpResponse:
    """To the office, for the first time; afterwards there is the conversation to go on with."""
    person = request.user.person
    begun = _begun(person)
    if request.method != "POST":
        if begun is not None:
            return redirect("messaging:conversation", begun)
        return _new_page(request, MessageForm())
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _new_page(request, form)
    conversation = open_office_conversation(person=person)
    try:
        post_message(conversation=conversation, author=person, **form.message_arguments())
    except MessagingRefused as refusal:
        form.add_error(None, str(refusal))
        return _new_page(request, form, refusal.status)
    messages.success(request, _("Your message is with the office. The answer will be here."))
    return redirect("messaging:conversation", conversation.pk)


def replied(request: ThreadRequest | OwnThreadRequest, door: Door) -> HttpResponse:
    """What follows the form of a conversation: the conversation, or the form with what is wrong."""
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _not_sent(request, door, form, 200)
    try:
        message = _write(door, form)
    except MessagingRefused as refusal:
        form.add_error(None, str(refusal))
        return _not_sent(request, door, form, refusal.status)
    if door.place.conversation.kind == Conversation.Kind.ANNOUNCEMENT:
        return _answered(request, door, message)
    if not request.htmx:
        return redirect(f"{door.page}#newer")
    response = _form_alone(request, door, MessageForm())
    response["HX-Trigger"] = json.dumps({"live": {"target": "#newer"}})
    return response


def _write(door: Door, form: MessageForm) -> Message:
    written = form.message_arguments()
    if door.place.conversation.kind == Conversation.Kind.ANNOUNCEMENT:
        return answer_announcement(participant=door.place, via=door.via, **written)
    return post_message(
        conversation=door.place.conversation, author=door.place.person, via=door.via, **written
    )


def _answered(
    request: ThreadRequest | OwnThreadRequest, door: Door, message: Message
) -> HttpResponse:
    """Whoever has the link of an announcement is not shown the conversation with the office: an
    announcement is a thing one sends on."""
    if door.token:
        return redirect(f"{door.page}?wyslane=1")
    messages.success(request, _("Your answer is with the office, and with nobody else."))
    return redirect("messaging:conversation", message.conversation_id)


def _not_sent(
    request: ThreadRequest | OwnThreadRequest, door: Door, form: MessageForm, status: int
) -> HttpResponse:
    if request.htmx:
        return _form_alone(request, door, form)
    return thread_page(request, door, form, status)


def _form_alone(
    request: ThreadRequest | OwnThreadRequest, door: Door, form: MessageForm
) -> HttpResponse:
    thread = Thread(door)
    context = {"thread": thread, "door": door, "form": form, "is_alone": True}
    return TemplateResponse(request, "messaging/_reply.html", context)


def _begun(person: Person) -> UUID | None:
    """The person's conversation with the office, when something was written in it."""
    return (
        conversations_of(person)
        .filter(conversation__person=person)
        .values_list("conversation", flat=True)
        .first()
    )


def _new_page(request: OwnThreadRequest, form: MessageForm, status: int = 200) -> HttpResponse:
    return TemplateResponse(request, "messaging/new.html", {"form": form}, status=status)
