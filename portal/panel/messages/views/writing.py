"""The office writes: to somebody for the first time, an answer, a note for itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.models import Person
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.messaging.actions.open_office_conversation import open_office_conversation
from portal.messaging.actions.post_message import post_message
from portal.messaging.actions.put_aside import put_aside as put_aside_
from portal.messaging.forms import MessageForm
from portal.messaging.models import Conversation, Message
from portal.messaging.refusals import MessagingRefused
from portal.panel.finding import person_or_404
from portal.panel.messages.finding import conversation_or_404
from portal.panel.messages.forms import NoteForm
from portal.panel.messages.page import answering, conversation_page
from portal.panel.refusing import refusals_told

# The page fetches what was just written, instead of being sent there.
WRITTEN = '{"live": {"target": "#newer"}}'


@requires(Permission.WRITE_TO_PEOPLE)
def begin(request: OwnRequest, pk: UUID) -> HttpResponse:
    """From somebody's card: their conversation with the office, or the first words of it."""
    person = person_or_404(pk)
    found = Conversation.objects.filter(person=person, last_number__gt=0).first()
    if found is not None and request.method != "POST":
        return redirect("panel:messages:conversation", found.pk)
    if request.method != "POST":
        return conversation_page(request, person=person, conversation=None, form=MessageForm())
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            with transaction.atomic():
                opened = open_office_conversation(person=person)
                _post(request, opened, **form.message_arguments())
            messages.success(request, _("Sent. This page shows what becomes of it."))
            return redirect("panel:messages:conversation", opened.pk)
        except MessagingRefused as refusal:
            form.add_error(None, str(refusal))
    return conversation_page(request, person=person, conversation=found, form=form)


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def check_first(request: OwnRequest, pk: UUID) -> HttpResponse:
    """How long the first words to somebody are, before they go out."""
    return _checked(request, person_or_404(pk), None)


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def reply(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = conversation_or_404(request.user, pk)
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _post(request, found, **form.message_arguments())
        except MessagingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _written(request, found)
    if "HX-Request" in request.headers:
        return _form(request, answering(request, found.person, found, form))
    return conversation_page(request, person=found.person, conversation=found, form=form)


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def check_reply(request: OwnRequest, pk: UUID) -> HttpResponse:
    """How long an answer is, before it goes out."""
    found = conversation_or_404(request.user, pk)
    return _checked(request, found.person, found)


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def note(request: OwnRequest, pk: UUID) -> HttpResponse:
    """For the office alone; whoever waits for an answer goes on waiting."""
    found = conversation_or_404(request.user, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return conversation_page(
            request, person=found.person, conversation=found, form=MessageForm(), note=form
        )
    with refusals_told(request):
        _post(
            request, found, kind=Message.Kind.NOTE, text=form.cleaned_data["note"],
            token=form.cleaned_data["token"],
        )  # fmt: skip
        messages.success(request, _("Written down. Only the office sees it."))
    return redirect("panel:messages:conversation", found.pk)


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def put_aside(request: OwnRequest, pk: UUID) -> HttpResponse:
    """It needs no answer."""
    found = conversation_or_404(request.user, pk)
    with refusals_told(request):
        put_aside_(conversation=found, acting_user=request.user)
        messages.success(request, _("It does not wait any more."))
    return redirect("panel:messages:conversation", found.pk)


def _post(request: OwnRequest, conversation: Conversation, **message: Any) -> None:
    post_message(conversation=conversation, acting_user=request.user, **message)


def _checked(
    request: OwnRequest, person: Person | None, conversation: Conversation | None
) -> HttpResponse:
    form = MessageForm(initial={name: request.POST.get(name, "") for name in ("text", "token")})
    text = request.POST.get("text", "")
    if "HX-Request" in request.headers:
        return _form(request, answering(request, person, conversation, form, text))
    return conversation_page(
        request, person=person, conversation=conversation, form=form, text=text
    )


def _written(request: OwnRequest, conversation: Conversation) -> HttpResponse:
    if "HX-Request" not in request.headers:
        return redirect("panel:messages:conversation", conversation.pk)
    answer = _form(request, answering(request, conversation.person, conversation, MessageForm()))
    answer.headers["HX-Trigger"] = WRITTEN
    return answer


def _form(request: OwnRequest, context: dict[str, Any]) -> HttpResponse:
    """The form alone, for a page that is open."""
    return TemplateResponse(request, "panel/messages/partials/_reply.html", context)
