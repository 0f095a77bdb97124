"""What was promised to whom, by which channel, and what became of it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.merging import current_person
from portal.accounts.models import Person
from portal.notifications.kinds import label_of
from portal.notifications.quiet import is_quiet, next_waking_moment
from portal.notifications.rendering import Content, Words
from portal.notifications.trouble import sentence_about
from tenants.keys import UuidModel


class MessageQuerySet(models.QuerySet["Message"]):
    def written_by(self, user: UUID) -> "MessageQuerySet":
        return self.filter(sender=user)

    def with_states(self) -> "MessageQuerySet":
        """Adds ``in_waiting``, ``in_sent`` …: how many copies, besides those on the site."""
        copies = ~Q(deliveries__channel=Delivery.Channel.INBOX)
        return self.annotate(
            **{
                f"in_{state.value}": Count(
                    "deliveries", filter=copies & Q(deliveries__state=state.value)
                )
                for state in Delivery.State
            }
        )


class Message(UuidModel):
    """Words for one or many; each recipient's copy is a :class:`Delivery`."""

    kind = models.CharField(max_length=60)
    # Language code → {"subject", "text", "sms"} and "html" if somebody wrote it; rendered when it
    # was promised. Empty once a secret is of no use any more.
    content = models.JSONField()
    sender = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # After this moment nobody needs it any more: a code, a reminder of something that is over.
    expires_at = models.DateTimeField(null=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-created_at",)
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = (models.Index(fields=["sender", "-created_at"], name="message_by_sender"),)

    def __str__(self) -> str:
        return self.kind

    @property
    def label(self) -> Promise | str:
        """What kind of message it is, for people."""
        return label_of(self.kind)

    def words_in(self, language: str) -> Words | None:
        """In the language, else in Polish, else in the one there is; None when they are gone."""
        content: Content = self.content
        for code in (language, settings.LANGUAGE_CODE, *content):
            if code in content:
                return content[code]
        return None


class Attachment(UuidModel):
    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(state=Delivery.State.WAITING)

    def due(self, channel: "Delivery.Channel") -> "DeliveryQuerySet":
        """What may go out now, in its order."""
        now = timezone.now()
        found = self.waiting().filter(channel=channel, due_at__lte=now)
        if is_quiet(now):
            found = found.filter(is_urgent=True)
        return found.order_by("-is_urgent", "due_at", "id")

    def next_due_at(self, channel: "Delivery.Channel") -> datetime | None:
        """When something may go out next; in the past when it is due already."""
        firsts = self.waiting().filter(channel=channel).values_list("is_urgent").annotate(
            Min("due_at")
        ).order_by()  # fmt: skip
        now = timezone.now()
        return min(
            (
                due if is_urgent else next_waking_moment(max(due, now))
                for is_urgent, due in firsts
            ),
            default=None,
        )  # fmt: skip

    def sent_by_machine(self) -> "DeliveryQuerySet":
        return self.filter(channel__in=[Delivery.Channel.EMAIL, Delivery.Channel.SMS])

    def for_a_human(self) -> "DeliveryQuerySet":
        """Calls to make and letters to post."""
        return self.filter(channel__in=[Delivery.Channel.CALL, Delivery.Channel.LETTER])

    def failed(self) -> "DeliveryQuerySet":
        return self.filter(state=Delivery.State.NEEDS_HUMAN)

    def retriable(self) -> "DeliveryQuerySet":
        """What a machine could not deliver, and may try again."""
        return self.failed().sent_by_machine()

    def wait_again(self) -> int:
        """Try all of them anew, as if nothing had been tried."""
        return self.update(
            state=Delivery.State.WAITING, due_at=timezone.now(), attempts=0, error="",
            finished_at=None,
        )  # fmt: skip

    def inbox_of(self, person: Person) -> "DeliveryQuerySet":
        return self.filter(channel=Delivery.Channel.INBOX, person=person).select_related("message")

    def unread(self) -> "DeliveryQuerySet":
        return self.filter(read_at=None)

    def mark_read(self) -> int:
        """What was read before keeps its moment."""
        return self.unread().update(read_at=timezone.now())


class Delivery(UuidModel):
    """One message to one recipient by one channel."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("SMS")
        INBOX = "inbox", _("on the site")
        CALL = "call", _("phone call")
        LETTER = "letter", _("letter")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        DELIVERED = "delivered", _("delivered")
        DONE = "done", _("done")
        NEEDS_HUMAN = "needs_human", _("needs a human")
        EXPIRED = "expired", _("too late")
        WITHDRAWN = "withdrawn", _("withdrawn")

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    person = models.ForeignKey(  # ``delivery_of_person`` begins with it
        Person, models.CASCADE, null=True, db_index=False, related_name="deliveries"
    )
    # Where to, for a recipient who is no person of ours; a person's address is read when sending.
    address = models.CharField(max_length=254, blank=True)
    channel = models.CharField(max_length=6, choices=Channel)
    language = models.CharField(max_length=2, default="pl")
    is_urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=11, choices=State, default=State.WAITING)
    # Not before this moment: quiet hours, or the pause before another try.
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    # A ``Trouble`` and the code of whoever reported it: ``refused 550``.
    error = models.CharField(max_length=300, blank=True)
    provider_id = models.CharField(max_length=80, blank=True)
    finished_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    handled_by = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = (
            models.Index(
                fields=["channel", "-is_urgent", "due_at", "id"],
                condition=Q(state="waiting"), name="delivery_waiting",
            ),
            models.Index(
                fields=["-created_at"], condition=Q(state="needs_human"), name="delivery_failed"
            ),
            models.Index(fields=["person", "channel", "-created_at"], name="delivery_of_person"),
        )  # fmt: skip
        constraints = (
            models.UniqueConstraint(
                fields=["message", "person", "channel"],
                condition=Q(person__isnull=False),
                name="delivery_once_a_person_and_channel",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, address="")
                | (Q(person__isnull=True, channel__in=["email", "sms"]) & ~Q(address="")),
                name="delivery_to_a_person_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", finished_at__isnull=True)
                | (~Q(state="waiting") & Q(finished_at__isnull=False)),
                name="delivery_finished_at_matches_state",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.get_state_display()}"

    @property
    def to(self) -> str:
        """The address or number of now; "" when there is none (any more)."""
        if self.person is None:
            return self.address
        try:
            person = current_person(self.person.pk) if self.person.merged_into_id else self.person
        except Person.DoesNotExist:
            return ""
        return person.email if self.channel == Delivery.Channel.EMAIL else str(person.phone)

    @property
    def words(self) -> Words | None:
        return self.message.words_in(self.language)

    @property
    def can_be_sent(self) -> bool:
        """Its words are there, and somebody still needs them."""
        expires_at = self.message.expires_at
        return self.words is not None and (expires_at is None or expires_at > timezone.now())

    @property
    def trouble(self) -> str:
        """``error`` as a sentence; "" when there was none."""
        return sentence_about(self.error)

    def mark_read(self) -> None:
        if self.read_at is None:
            self.read_at = timezone.now()
            self.save(update_fields=["read_at"])

    def wait_again(self) -> None:
        """Try anew, as if nothing had been tried."""
        Delivery.objects.filter(pk=self.pk).wait_again()
        self.refresh_from_db()

    def close(self, state: "Delivery.State", *, handled_by: UUID, error: str = "") -> None:
        """Somebody has dealt with it."""
        self.state, self.error = state, error
        self.finished_at, self.handled_by = timezone.now(), handled_by
        self.save(update_fields=["state", "error", "finished_at", "handled_by"])


class ChannelChoice(UuidModel):
    """That somebody does not want messages of a category; what must be said is said anyway."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="channel_choices")
    category = models.CharField(max_length=20)
    is_wanted = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("choice of messages")
        verbose_name_plural = _("choices of messages")
        constraints = (
            models.UniqueConstraint(fields=["person", "category"], name="channel_choice_once"),
        )

    def __str__(self) -> str:
        return self.category


class SenderIdentity(models.Model):
    """Under which name the site writes, and where answers go. One row; none means the defaults."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    sender_name = models.CharField(
        _("sender's name"), max_length=80, blank=True,
        help_text=_("Stands before the e-mail address; empty means the name of the site."),
    )  # fmt: skip
    reply_to = models.EmailField(
        _("where answers go"), blank=True, help_text=_("A mailbox that somebody reads every day.")
    )
    sms_name = models.CharField(
        _("name of the SMS sender"), max_length=11, blank=True,
        help_text=_("Up to 11 letters without Polish signs, as registered with the provider."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("sender")
        verbose_name_plural = _("senders")
        constraints = (
            models.CheckConstraint(condition=Q(id=1), name="sender_identity_only_one"),
            models.CheckConstraint(
                condition=Q(sms_name="") | Q(sms_name__regex=r"^[A-Za-z0-9 .-]{3,11}$"),
                name="sender_identity_sms_name_format",
            ),
        )

    def __str__(self) -> str:
        return self.sender_name
