"""A conversation as staff read it: who wrote what, and what became of the office's own words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.messaging.models import Broadcast, Conversation, ConversationMessages, Message
from portal.messaging.reading import messages_for_staff
from portal.notifications.models import Delivery

# What one page shows; the earlier ones are behind its link.
LATEST = 50


@dataclass(frozen=True, slots=True)
class Way:
    """Copies of a message by one channel that are in one state."""

    channel: Delivery.Channel
    state: Delivery.State
    copies: int

    @property
    def is_bad(self) -> bool:
        return self.state == Delivery.State.NEEDS_HUMAN


@dataclass(frozen=True, slots=True)
class Line:
    """
    Attributes:
        who: the resident or the colleague who wrote it.
        ways: what became of the copies, for the words of the office.
        readers: how many have read it on the site.
        answered: the announcement it answers, if it does.
    """

    message: Message
    who: str
    ways: Sequence[Way] = ()
    readers: int = 0
    answered: Broadcast | None = None

    @property
    def is_note(self) -> bool:
        return self.message.kind == Message.Kind.NOTE

    @property
    def is_ours(self) -> bool:
        by_itself = self.message.via == Message.Via.JOB
        return self.message.author_id is None and (self.message.written_by is not None or by_itself)


@dataclass(frozen=True, slots=True)
class Thread:
    """``earlier``: the number before which there is more; None when this is the beginning."""

    lines: list[Line]
    people: int
    earlier: int | None


NOTHING = Thread([], 0, None)


def latest(conversation: Conversation, *, before: int | None = None) -> Thread:
    """The newest lines, or the newest of those before a number; five queries."""
    found = _messages(conversation)
    if before is not None:
        found = found.filter(number__lt=before)
    rows = list(found.order_by("-number")[: LATEST + 1])
    shown = rows[:LATEST][::-1]
    places = _read_numbers(conversation)
    earlier = shown[0].number if len(rows) > LATEST else None
    return Thread(_lines(shown, places), len(places), earlier)


def newer(conversation: Conversation, number: int) -> Thread:
    shown = list(_messages(conversation).after(number))
    places = _read_numbers(conversation)
    return Thread(_lines(shown, places), len(places), None)


def _messages(conversation: Conversation) -> ConversationMessages:
    return messages_for_staff(conversation).select_related(
        "author", "answers__conversation__broadcast"
    )


def _read_numbers(conversation: Conversation) -> list[int]:
    return list(conversation.participants.present().values_list("read_number", flat=True))


def _lines(messages: Sequence[Message], places: Sequence[int]) -> list[Line]:
    names = names_of({one.written_by for one in messages if one.written_by})
    ways = _ways(one.notice_id for one in messages if one.notice_id)
    return [
        Line(
            message=one,
            who=_who(one, names),
            ways=ways.get(one.notice_id, ()) if one.notice_id else (),
            readers=sum(number >= one.number for number in places),
            answered=_answered(one),
        )
        for one in messages
    ]


def _who(message: Message, names: dict[UUID, str]) -> str:
    if message.author is not None:
        return str(message.author)
    if message.written_by is not None:
        return names.get(message.written_by, _("the office"))
    return _("somebody whose data were erased")


def _answered(message: Message) -> Broadcast | None:
    if message.answers is None:
        return None
    return getattr(message.answers.conversation, "broadcast", None)


def names_of(users: Iterable[UUID]) -> dict[UUID, str]:
    """Colleagues by the id of their login; who was erased since has none."""
    ids = set(users)
    if not ids:
        return {}
    found = User.objects.filter(pk__in=ids, person__erased_at=None).select_related("person")
    return {user.pk: str(user.person) for user in found}


def _ways(notices: Iterable[UUID]) -> dict[UUID, list[Way]]:
    copies = Delivery.objects.filter(message__in=list(notices)).exclude(
        channel=Delivery.Channel.INBOX
    )
    counted = copies.order_by("channel", "state").values_list("message", "channel", "state")
    found: dict[UUID, list[Way]] = {}
    for notice, channel, state, number in counted.annotate(Count("pk")):
        way = Way(Delivery.Channel(channel), Delivery.State(state), number)
        found.setdefault(notice, []).append(way)
    return found
