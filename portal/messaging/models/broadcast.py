from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.messaging.models.conversation import Conversation
from portal.messaging.models.message import LONGEST_TEXT
from tenants.keys import UuidModel


class BroadcastQuerySet(models.QuerySet["Broadcast"]):
    def drafts(self) -> Self:
        return self.filter(state=Broadcast.State.DRAFT)

    def to_be_sent(self) -> Self:
        return self.filter(state=Broadcast.State.SCHEDULED)

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-id")


class Broadcast(UuidModel):
    """An announcement of the office: its words, to whom, when. Who gets it is asked when it is
    sent; what became of each copy is in the outbox (``conversation``'s message → its notice)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("will be sent")
        SENT = "sent", _("sent")
        CANCELLED = "cancelled", _("called off")

    FOLLOWS: ClassVar[dict[str, frozenset[str]]] = {
        State.DRAFT: frozenset({State.SCHEDULED, State.CANCELLED}),
        State.SCHEDULED: frozenset({State.SENT, State.DRAFT, State.CANCELLED}),
        State.SENT: frozenset(),
        State.CANCELLED: frozenset(),
    }

    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("message"), max_length=LONGEST_TEXT)
    # [{"key": "events.session", "of": "<id>"}, …]: audiences as registered by the apps above.
    audiences = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    send_at = models.DateTimeField(_("when"), null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    recipients = models.PositiveIntegerField(null=True, blank=True)
    conversation = models.OneToOneField(
        Conversation, models.PROTECT, null=True, blank=True, related_name="broadcast"
    )
    written_by = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[BroadcastQuerySet] = BroadcastQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        indexes = (models.Index(fields=["-created_at", "-id"], name="broadcast_newest"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(send_at__isnull=False),
                name="broadcast_scheduled_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="sent", sent_at__isnull=False,
                    conversation__isnull=False, recipients__isnull=False,
                )
                | (
                    ~Q(state="sent")
                    & Q(sent_at__isnull=True, conversation__isnull=True, recipients__isnull=True)
                ),
                name="broadcast_sent_has_what_came_of_it",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.subject

    @property
    def found_nobody(self) -> bool:
        """It was to go out, and there was nobody in its audiences any more."""
        return self.state == Broadcast.State.DRAFT and self.send_at is not None

    def is_due(self, now: datetime) -> bool:
        """A job for a moment that was moved or called off meanwhile finds that it is not."""
        return (
            self.state == Broadcast.State.SCHEDULED
            and self.send_at is not None
            and self.send_at <= now
        )

    def rewrite(self, *, subject: str, text: str, audiences: list[Any]) -> None:
        """A draft in any case: nothing goes out that nobody has looked at."""
        self.subject, self.text, self.audiences = subject, text, audiences
        self.state, self.send_at = Broadcast.State.DRAFT, None
        self.save(update_fields=["subject", "text", "audiences", "state", "send_at"])

    def schedule(self, moment: datetime) -> None:
        self.state, self.send_at = Broadcast.State.SCHEDULED, moment
        self.save(update_fields=["state", "send_at"])

    def wait_for_people(self) -> None:
        """A draft again; the moment it should have gone out stays, as the trace of it."""
        self.state = Broadcast.State.DRAFT
        self.save(update_fields=["state"])

    def call_off(self) -> None:
        self.state = Broadcast.State.CANCELLED
        self.save(update_fields=["state"])

    def went_out(self, conversation: Conversation, *, recipients: int) -> None:
        self.state, self.sent_at = Broadcast.State.SENT, timezone.now()
        self.conversation, self.recipients = conversation, recipients
        self.save(update_fields=["state", "sent_at", "conversation", "recipients"])
