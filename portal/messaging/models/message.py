from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.messaging.models.conversation import Conversation
from portal.notifications.models import Message as Notice
from tenants.keys import UuidModel

LONGEST_TEXT = 4_000
MOST_FILES = 3
# Bytes, of what is kept.
LARGEST_FILE = 5 * 1024 * 1024


class ConversationMessages(models.QuerySet["Message"]):
    def after(self, number: int) -> Self:
        return self.filter(number__gt=number)

    def for_people(self) -> Self:
        """Without what only staff read."""
        return self.exclude(kind=Message.Kind.NOTE)

    def in_order(self) -> Self:
        return self.order_by("number")


class Message(UuidModel):
    """What somebody wrote in a conversation. ``author`` is a resident; what the office wrote has
    ``written_by``, the id of a login; what neither has was written by somebody erased."""

    class Kind(models.TextChoices):
        WORDS = "words", _("message")
        # Of the office for the office: a call, a thing to remember.
        NOTE = "note", _("note of the office")

    class Via(models.TextChoices):
        SITE = "site", _("on the site")
        LINK = "link", _("by a link from a message")
        PHONE = "phone", _("by phone")
        JOB = "job", _("by itself")

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, db_index=False, related_name="messages"
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.WORDS)
    via = models.CharField(max_length=5, choices=Via, default=Via.SITE)
    author = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="messages_written"
    )
    written_by = models.UUIDField(null=True, blank=True)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    # Which announcement it answers.
    answers = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replies"
    )
    # Sent with the form: pressed twice, it is one message.
    token = models.UUIDField()
    # Under which the outbox carries it to people's own channels.
    notice = models.ForeignKey(Notice, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # By moderation; its words are gone, its place stays.
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.UUIDField(null=True, blank=True)

    objects: ClassVar[ConversationMessages] = ConversationMessages.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = (
            models.UniqueConstraint(fields=["conversation", "number"], name="message_number_once"),
            models.UniqueConstraint(
                fields=["conversation", "token"], name="message_of_one_form_once"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="message_number_from_one"),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(written_by__isnull=True),
                name="message_has_one_author",
            ),
            models.CheckConstraint(
                condition=~Q(kind="note") | Q(author__isnull=True),
                name="message_note_is_of_the_office",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(text=""),
                name="message_removed_has_no_words",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}"

    def remove(self, *, removed_by: UUID) -> None:
        """Its words and files go, its place stays, so that no number is missing."""
        self.text, self.removed_at, self.removed_by = "", timezone.now(), removed_by
        self.save(update_fields=["text", "removed_at", "removed_by"])
        self.attachments.all().delete()


class Attachment(UuidModel):
    """A picture made anew from what was sent, without what the camera noted; or a PDF, which is
    only ever handed over as a file."""

    class Type(models.TextChoices):
        WEBP = "image/webp", _("picture")
        PDF = "application/pdf", _("PDF document")

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=15, choices=Type)
    size = models.PositiveIntegerField()
    width = models.PositiveSmallIntegerField(null=True, blank=True)
    height = models.PositiveSmallIntegerField(null=True, blank=True)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = (
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=LARGEST_FILE), name="attachment_size"
            ),
            models.CheckConstraint(
                condition=Q(type="application/pdf", width__isnull=True, height__isnull=True)
                | Q(type="image/webp", width__isnull=False, height__isnull=False),
                name="attachment_of_a_picture_has_its_measures",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Report(UuidModel):
    """Somebody tells the office that a message should not stand there."""

    class Reason(models.TextChoices):
        RUDE = "rude", _("It insults or threatens somebody")
        MONEY = "money", _("It asks for money or sells something")
        PRIVATE = "private", _("It tells private matters of somebody")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("to look at")
        REMOVED = "removed", _("message removed")
        DISMISSED = "dismissed", _("message stays")

    message = models.ForeignKey(Message, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(Person, models.CASCADE, related_name="message_reports")
    reason = models.CharField(_("what is wrong"), max_length=7, choices=Reason)
    words = models.CharField(_("what we should know"), max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    handled_by = models.UUIDField(null=True, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report of a message")
        verbose_name_plural = _("reports of messages")
        indexes = (
            models.Index(
                fields=["created_at"], condition=Q(state="open"), name="message_report_open"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["message", "reporter"], name="message_reported_once_by_one"
            ),
            models.CheckConstraint(
                condition=Q(state="open", handled_at__isnull=True)
                | (~Q(state="open") & Q(handled_at__isnull=False)),
                name="message_report_handled_at",
            ),
        )

    def __str__(self) -> str:
        return self.get_reason_display()
