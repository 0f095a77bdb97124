from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts.models import Person
from tenants.keys import UuidModel

if TYPE_CHECKING:
    from portal.messaging.models.message import Message


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def of_the_office(self) -> Self:
        """What staff see: everything the office takes part in."""
        return self.filter(has_office=True)

    def waiting(self) -> Self:
        """Somebody wrote to the office and nobody has answered or put it aside."""
        return self.filter(waiting_since__isnull=False)

    def latest_first(self) -> Self:
        return self.order_by(F("last_message_at").desc(nulls_last=True), "-id")

    def with_the_office(self, person: Person) -> "Conversation":
        """The one conversation of a person with the office, made when there is none; asked for by
        two at once, it is one."""
        conversation, _is_new = self.get_or_create(
            person=person, defaults={"kind": Conversation.Kind.DIRECT, "has_office": True}
        )
        Participant.objects.get_or_create(conversation=conversation, person=person)
        return conversation


class Conversation(UuidModel):
    """People, or people and the office, who write to each other.

    The office is one side, whoever of it writes: what a colleague began another may finish.
    ``last_number`` is raised under this row's lock, so that numbers of messages have no gaps and
    appear in their order: "everything after number 12" never misses one.
    """

    class Kind(models.TextChoices):
        ANNOUNCEMENT = "announcement", _("announcement")
        GROUP = "group", _("group")
        DIRECT = "direct", pgettext_lazy("conversation", "between two")

    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=150, blank=True)
    has_office = models.BooleanField(default=True)
    # Whose the one conversation with the office is; theirs alone, however often they write.
    person = models.OneToOneField(
        Person, models.CASCADE, null=True, blank=True, related_name="office_conversation"
    )
    last_number = models.PositiveIntegerField(default=0)
    # The last one that is no note of the office: what people may have read.
    said_number = models.PositiveIntegerField(default=0)
    last_message_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    # From then on it is read only.
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ConversationQuerySet] = ConversationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes = (
            models.Index(
                F("last_message_at").desc(nulls_last=True), F("id").desc(),
                condition=Q(has_office=True), name="conversation_of_office",
            ),
            models.Index(
                fields=["waiting_since"], condition=Q(waiting_since__isnull=False),
                name="conversation_waiting",
            ),
        )  # fmt: skip
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(kind="direct", has_office=True),
                name="conversation_of_a_person_is_with_the_office",
            ),
            models.CheckConstraint(
                condition=~Q(kind="direct", has_office=True) | Q(person__isnull=False),
                name="conversation_with_the_office_has_its_person",
            ),
            models.CheckConstraint(
                condition=~Q(kind="announcement") | Q(has_office=True),
                name="conversation_announcement_is_of_the_office",
            ),
            models.CheckConstraint(
                condition=Q(said_number__lte=F("last_number")), name="conversation_numbers_in_order"
            ),
            models.CheckConstraint(
                condition=Q(kind="direct") | ~Q(title=""), name="conversation_has_a_title"
            ),
            models.CheckConstraint(
                condition=Q(waiting_since__isnull=True) | Q(has_office=True),
                name="conversation_only_the_office_is_waited_for",
            ),
        )

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    @property
    def is_relay(self) -> bool:
        """Between two residents, without the office."""
        return self.kind == Conversation.Kind.DIRECT and not self.has_office

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def close(self) -> None:
        """Nobody writes here any more; everybody in it still reads it."""
        if self.closed_at is None:
            self.closed_at = timezone.now()
            self.save(update_fields=["closed_at"])

    def reopen(self) -> None:
        if self.closed_at is not None:
            self.closed_at = None
            self.save(update_fields=["closed_at"])

    def note(self, message: "Message") -> None:
        """What lists show of the newest message, and whether the office is waited for."""
        self.last_number = message.number
        if message.kind == message.Kind.WORDS:
            self.said_number = message.number
            self.last_message_at = timezone.now()
            if message.author_id is None:
                self.waiting_since = None
            elif self.person_id is not None and self.waiting_since is None:
                self.waiting_since = self.last_message_at
        self.save(update_fields=["last_number", "said_number", "last_message_at", "waiting_since"])

    def stop_waiting(self) -> None:
        """Nobody of the office has to answer."""
        self.waiting_since = None
        self.save(update_fields=["waiting_since"])


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def present(self) -> Self:
        return self.filter(left_at=None)

    def of(self, person: Person) -> Self:
        return self.present().filter(person=person).select_related("conversation")

    def unread(self) -> Self:
        return self.filter(read_number__lt=F("conversation__said_number"))

    def to_be_told_of(self, number: int) -> Self:
        """Whoever has read everything they were told of, but not this message."""
        return self.present().filter(
            is_muted=False, read_number__lt=number, told_number__lte=F("read_number"),
            person__merged_into=None, person__erased_at=None,
        )  # fmt: skip

    def read_up_to(self, number: int) -> int:
        """Marks never go back and never beyond what was written; how many have moved."""
        last = Conversation.objects.filter(pk=OuterRef("conversation")).values("last_number")
        return (
            self.annotate(up_to=Least(Value(number), Subquery(last)))
            .filter(read_number__lt=F("up_to"))
            .update(read_number=F("up_to"), read_at=timezone.now())
        )


class Participant(UuidModel):
    """Somebody's place in a conversation, and up to where they have read it."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, db_index=False, related_name="participants"
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="conversations")
    joined_at = models.DateTimeField(auto_now_add=True)
    # Whoever joins later does not read what was written before.
    joined_number = models.PositiveIntegerField(default=0)
    left_at = models.DateTimeField(null=True, blank=True)
    read_number = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    # The last message a notice went out about: one notice, until they have read.
    told_number = models.PositiveIntegerField(default=0)
    is_muted = models.BooleanField(default=False)

    objects: ClassVar[ParticipantQuerySet] = ParticipantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = (
            models.UniqueConstraint(
                fields=["conversation", "person"], name="participant_once_in_a_conversation"
            ),
            models.CheckConstraint(
                condition=Q(read_number__gte=F("joined_number")),
                name="participant_reads_from_where_they_joined",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def mute(self, is_muted: bool) -> None:
        self.is_muted = is_muted
        self.save(update_fields=["is_muted"])


class Block(UuidModel):
    """Somebody does not want to read another: in conversations both are in, neither reads the
    other; between the two of them nobody writes any more."""

    blocker = models.ForeignKey(Person, models.CASCADE, related_name="blocks_made")
    blocked = models.ForeignKey(Person, models.CASCADE, related_name="blocks_got")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = (
            models.UniqueConstraint(fields=["blocker", "blocked"], name="message_block_once"),
            models.CheckConstraint(
                condition=~Q(blocker=F("blocked")), name="message_block_of_another"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


def between(one: UUID, other: UUID) -> Q:
    """A block of these two, whoever made it."""
    return Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one)
