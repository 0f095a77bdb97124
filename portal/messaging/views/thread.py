"""A conversation: what was written in it, and the form to write in it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from portal.messaging import owners
from portal.messaging.forms import MessageForm
from portal.messaging.models import Block, Conversation, Message, Participant, between
from portal.messaging.owners import About
from portal.messaging.reading import messages_for
from portal.messaging.refusals import BlockedHere, ConversationClosed, MessagingRefused
from portal.messaging.shown import Shown, shown, titles
from portal.messaging.views.doors import Door, OwnThreadRequest, of_participant
from portal.messaging.views.finding import number_in

MESSAGES_PER_PAGE = 30
# More than anybody writes between two looks; the rest comes with the next one.
MOST_NEWER = 100


@dataclass(frozen=True)
class Thread:
    """What the page of a conversation shows, through whichever door.

    Attributes:
        before: only what was written before this number; None: the newest.
    """

    door: Door
    before: int | None = None

    @property
    def place(self) -> Participant:
        return self.door.place

    @property
    def conversation(self) -> Conversation:
        return self.place.conversation

    @cached_property
    def _latest(self) -> list[Message]:
        """The newest first, and one more than is shown when there is one."""
        found = messages_for(self.place)
        if self.before is not None:
            found = found.filter(number__lt=self.before)
        return list(found.order_by("-number")[: MESSAGES_PER_PAGE + 1])

    @cached_property
    def messages(self) -> list[Shown]:
        return shown(self._latest[:MESSAGES_PER_PAGE][::-1], self.place.person_id)

    @property
    def earlier(self) -> int | None:
        """The number before which there is more to read."""
        if len(self._latest) <= MESSAGES_PER_PAGE:
            return None
        return self.messages[0].message.number

    @property
    def last_number(self) -> int:
        """Up to which they have seen all that is for them, whoever of it they do not read."""
        last = self.messages[-1].message.number if self.messages else 0
        return max(last, self.conversation.said_number)

    @cached_property
    def title(self) -> str:
        return titles([self.place])[self.conversation.pk]

    @cached_property
    def about(self) -> About | None:
        return owners.about([self.conversation.pk]).get(self.conversation.pk)

    @property
    def is_announcement(self) -> bool:
        return self.conversation.kind == Conversation.Kind.ANNOUNCEMENT

    @property
    def is_with_others(self) -> bool:
        """Other residents read what is written here."""
        return self.conversation.kind == Conversation.Kind.GROUP or self.conversation.is_relay

    @cached_property
    def readers(self) -> int:
        """How many residents read what is written here; 0 where it is not said."""
        if self.conversation.kind != Conversation.Kind.GROUP:
            return 0
        return self.conversation.participants.present().count()

    @cached_property
    def refusal(self) -> MessagingRefused | None:
        """Why nobody can write here now."""
        if self.conversation.is_closed or not owners.is_open(self.conversation):
            return ConversationClosed()
        if self.conversation.is_relay and self._is_blocked:
            return BlockedHere()
        return None

    @property
    def _is_blocked(self) -> bool:
        others = Participant.objects.filter(conversation=self.conversation)
        return any(
            Block.objects.filter(between(self.place.person_id, other)).exists()
            for other in others.exclude(pk=self.place.pk).values_list("person", flat=True)
        )


@require_safe
@of_participant
def conversation(request: OwnThreadRequest, door: Door) -> HttpResponse:
    return thread_page(request, door)


@require_safe
@of_participant
def newer(request: OwnThreadRequest, door: Door) -> HttpResponse:
    return newer_messages(request, door)


def thread_page(
    request: HttpRequest, door: Door, form: MessageForm | None = None, status: int = 200
) -> HttpResponse:
    before = request.GET.get("przed")
    thread = Thread(door, None if before is None else number_in(before))
    return TemplateResponse(
        request,
        "messaging/by_link.html" if door.token else "messaging/conversation.html",
        _context(request, thread, form or MessageForm()),
        status=status,
    )


def _context(request: HttpRequest, thread: Thread, form: MessageForm) -> dict[str, Any]:
    return {
        "thread": thread,
        "door": thread.door,
        "conversation": thread.conversation,
        "messages_shown": thread.messages,
        "last_number": thread.last_number,
        "has_new": thread.last_number > thread.place.read_number,
        "just_answered": "wyslane" in request.GET,
        "form": form,
    }


def newer_messages(request: HttpRequest, door: Door) -> HttpResponse:
    """What was written after number ``po``, for a page that is open: added to its end."""
    after = number_in(request.GET.get("po", ""))
    found = shown(list(messages_for(door.place).after(after)[:MOST_NEWER]), door.place.person_id)
    last = found[-1].message.number if found else 0
    if len(found) < MOST_NEWER:
        last = max(last, door.place.conversation.said_number)
    if last <= after:
        return HttpResponse(status=204)
    return TemplateResponse(
        request,
        "messaging/_messages.html",
        {
            "door": door,
            "conversation": door.place.conversation,
            "messages_shown": found,
            "last_number": last,
            "has_new": last > door.place.read_number,
        },
    )
