"""What the page of a conversation shows, also of one that has not begun."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from portal.accounts.models import Person
from portal.entrance.requests import OwnRequest
from portal.messaging import owners
from portal.messaging.forms import MessageForm
from portal.messaging.models import Conversation
from portal.panel.looking import note_listed
from portal.panel.messages import thread
from portal.panel.messages.forms import NoteForm
from portal.panel.messages.listing import conversations_beside
from portal.panel.messages.ways import ways_to


def conversation_page(
    request: OwnRequest,
    *,
    person: Person | None,
    conversation: Conversation | None,
    form: MessageForm,
    note: NoteForm | None = None,
    text: str = "",
) -> HttpResponse:
    """
    Args:
        person: whose conversation with the office it is; None: of a group.
        conversation: None: nobody has written yet.
        text: what is being written, to say how long it is.
    """
    if person is not None:
        # Their number or address stands at the head.
        note_listed([person.pk], request.user)
    return TemplateResponse(
        request,
        "panel/messages/conversation.html",
        {
            **conversations_beside(request),
            "open": str(conversation.pk) if conversation else "",
            **_of(request, conversation),
            **answering(request, person, conversation, form, text),
            "note_form": note or NoteForm(),
        },
        status=422 if form.errors or (note is not None and note.errors) else 200,
    )


def answering(
    request: OwnRequest,
    person: Person | None,
    conversation: Conversation | None,
    form: MessageForm,
    text: str = "",
) -> dict[str, Any]:
    """What the form to answer needs, which is also sent alone."""
    return {
        "person": person,
        "conversation": conversation,
        "form": form,
        "ways": ways_to(person, text, request.user) if person else None,
        **_addresses(person, conversation),
    }


def _addresses(person: Person | None, conversation: Conversation | None) -> Mapping[str, str]:
    of: Person | Conversation | None
    if conversation is None:
        send, check, of = "panel:write", "panel:write_check", person
    else:
        send, check, of = "panel:messages:reply", "panel:messages:check_reply", conversation
    args = [of.pk] if of else []
    return {"reply_url": reverse(send, args=args), "check_url": reverse(check, args=args)}


def _of(request: OwnRequest, conversation: Conversation | None) -> dict[str, Any]:
    if conversation is None:
        return {"thread": thread.NOTHING, "is_open": True, "about": None}
    return {
        "thread": thread.latest(conversation, before=_before(request)),
        "is_open": not conversation.is_closed and owners.is_open(conversation),
        "about": owners.about([conversation.pk]).get(conversation.pk),
    }


def _before(request: OwnRequest) -> int | None:
    """``?przed=`` of the link to earlier messages; nonsense is the newest."""
    number = request.GET.get("przed", "")
    return int(number) if number.isdecimal() and len(number) < 10 else None
