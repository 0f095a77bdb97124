"""The shared inbox as its readers see it: whose conversation, the last words, since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q

from portal.accounts.models import User
from portal.accounts.people_search import search_people
from portal.accounts.permissions import Permission, may
from portal.entrance.requests import OwnRequest
from portal.messaging.models import (
    Conversation,
    ConversationQuerySet,
    Message,
    Participant,
    Report,
)
from portal.messaging.reading import conversations_for_staff
from portal.paging import page_of
from portal.panel.views.people import asked
from tenants.polish import search_key

WAITING, EVERYTHING = "czekaja", "wszystkie"
# Whose name fits; whoever means one of more writes more of it.
MOST_PEOPLE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """``last`` is None where nobody has written yet; ``size`` counts those who take part."""

    conversation: Conversation
    last: Message | None
    size: int

    @property
    def is_group(self) -> bool:
        return self.conversation.kind == Conversation.Kind.GROUP

    @property
    def has_files_only(self) -> bool:
        return self.last is not None and not self.last.text and self.last.removed_at is None


def conversations_beside(request: OwnRequest) -> dict[str, Any]:
    """The list, as it also stands beside a conversation; without ``?pokaz=`` those who wait, if
    somebody does and nothing is searched for."""
    question = asked(request)
    waiting = conversations_for_staff(request.user).waiting().count()
    show = request.GET.get("pokaz", "")
    if show not in {WAITING, EVERYTHING}:
        show = WAITING if waiting and not question else EVERYTHING
    pages = page_of(listed(request.user, show, question), request, size=20)
    moderates = may(request.user, Permission.MODERATE_MESSAGES)
    return {
        "show": show,
        "question": question,
        "waiting": waiting,
        "reported": Report.objects.filter(state=Report.State.OPEN).count() if moderates else 0,
        "conversations": pages,
        "rows": rows_of(pages),
        "open": request.GET.get("otwarta", ""),
    }


def listed(user: User, show: str, question: str) -> ConversationQuerySet:
    """Conversations with people and of groups; announcements have a list of their own."""
    found = conversations_for_staff(user).exclude(kind=Conversation.Kind.ANNOUNCEMENT)
    found = found.filter(Q(last_number__gt=0) | Q(kind=Conversation.Kind.GROUP))
    if question:
        found = found.filter(_fits(question))
    found = found.select_related("person")
    if show == WAITING:
        return found.waiting().order_by("waiting_since", "id")
    return found.latest_first()


def _fits(question: str) -> Q:
    """The name of whoever it is with, or all the words in what it is called or in one message."""
    people = list(search_people(question).values_list("pk", flat=True)[:MOST_PEOPLE])
    words = search_key(question).split()
    if not words:
        return Q(person__in=people)
    said, titled = Message.objects.filter(conversation=OuterRef("pk")), Q()
    for word in words:
        said = said.filter(text__unaccent__icontains=word)
        titled &= Q(title__unaccent__icontains=word)
    return Q(Exists(said)) | Q(person__in=people) | titled


def rows_of(conversations: Iterable[Conversation]) -> list[Row]:
    """Two queries for any number of them."""
    found = list(conversations)
    ids = [one.pk for one in found]
    last = {message.conversation_id: message for message in _last_messages(ids)}
    sizes = _sizes([one.pk for one in found if one.kind == Conversation.Kind.GROUP])
    return [Row(one, last.get(one.pk), sizes.get(one.pk, 0)) for one in found]


def _last_messages(ids: list[UUID]) -> Iterable[Message]:
    return Message.objects.filter(
        conversation__in=ids, number=F("conversation__said_number")
    ).select_related("author")


def _sizes(ids: list[UUID]) -> dict[UUID, int]:
    present = Participant.objects.present().filter(conversation__in=ids).order_by()
    return dict(
        present.values("conversation").annotate(people=Count("pk")).values_list(
            "conversation", "people"
        )
    )  # fmt: skip
