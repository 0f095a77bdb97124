"""What a notice says. It is computed when the words are rendered, so it speaks the language of
whoever gets it, and it names the other side by a first name, never by contact data."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.models import Person, User
from portal.messaging import owners
from portal.messaging.links import staff_among, thread_path
from portal.messaging.models import Conversation, Message, Participant
from portal.notifications.links import absolute
from portal.places.reach import reach

# Characters of a text sent as SMS; four or five parts of it in Polish. The rest stands on the site.
LONGEST_SMS = 300


def can_open_links(person: Person) -> bool:
    """Not on paper and not on the telephone."""
    return person.channel in (Person.Channel.EMAIL, Person.Channel.SMS)


def question() -> str:
    """Whom to ask, as the last line of every message."""
    phone = reach().phone
    if not phone:
        return _("Questions? Ask at the office.")
    return _("Questions? Call us: %(phone)s.") % {"phone": phone}


def for_sms(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(LONGEST_SMS)


def is_cut_for_sms(text: str) -> bool:
    return len(" ".join(text.split())) > LONGEST_SMS


@dataclass(frozen=True, slots=True)
class FromOffice:
    """What the office wrote to one person; ``place`` is theirs in the conversation."""

    message: Message
    place: Participant | None

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def sms(self) -> str:
        return for_sms(self.text)

    @property
    def is_cut(self) -> bool:
        return is_cut_for_sms(self.text) or bool(self.files)

    @property
    def signer(self) -> str:
        """The first name of whoever wrote; "" when nobody did."""
        names = User.objects.filter(pk__in=filter(None, [self.message.written_by]))
        return names.values_list("first_name", flat=True).first() or ""

    @property
    def files(self) -> Sequence[str]:
        return [file.name for file in self.message.attachments.defer("content").order_by("name")]

    @property
    def link(self) -> str:
        """Where they read and answer; "" for who cannot open it."""
        if self.place is None or not can_open_links(self.place.person):
            return ""
        if staff_among([self.place.person_id]):
            return absolute(reverse("messaging:conversation", args=[self.message.conversation_id]))
        return absolute(thread_path(self.place))

    @property
    def question(self) -> str:
        return question()


@dataclass(frozen=True, slots=True)
class Topic:
    """What a conversation is called, asked once a language however many people are told."""

    conversation: Conversation
    _known: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        language = get_language() or ""
        if language not in self._known:
            about = owners.about([self.conversation.pk]).get(self.conversation.pk)
            title = self.conversation.title or _("a conversation of the two of you")
            self._known[language] = about.label if about else title
        return self._known[language]


@dataclass(frozen=True, slots=True)
class NewMessage:
    """That there is something to read.

    Attributes:
        sender: a first name; "" when the office wrote, or somebody erased since.
        has_to_log_in: whether the reader is of the office.
    """

    sender: str
    topic: Topic
    place: Participant
    has_to_log_in: bool = False

    @property
    def link(self) -> str:
        if self.has_to_log_in:
            return absolute(reverse("messaging:conversation", args=[self.place.conversation_id]))
        return absolute(thread_path(self.place))

    @property
    def question(self) -> str:
        return question()


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement; the same words for everybody, so the link asks for a login."""

    subject: str
    text: str
    conversation: UUID

    @property
    def sms(self) -> str:
        return for_sms(self.text)

    @property
    def is_cut(self) -> bool:
        return is_cut_for_sms(self.text)

    @property
    def link(self) -> str:
        return absolute(reverse("messaging:conversation", args=[self.conversation]))

    @property
    def question(self) -> str:
        return question()
