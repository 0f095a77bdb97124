"""What is kept of messages about people, and for how long."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import FormerDetail, Person, User
from portal.accounts.privacy import Declaration
from portal.notifications.kinds import secret_keys
from portal.notifications.lines import forget_files
from portal.notifications.models import ChannelChoice, Delivery, DeliveryQuerySet, Message

KEPT = timedelta(days=365)
SECRETS_KEPT = timedelta(days=1)


def deliveries_to(person: Person) -> DeliveryQuerySet:
    """To the person, and to addresses and numbers that are or were theirs."""
    people = everybody_who_is(person)
    details = FormerDetail.objects.filter(
        person__in=people, kind__in=[FormerDetail.Kind.EMAIL, FormerDetail.Kind.PHONE]
    ).values_list("value", flat=True)
    reached_at = [(one.email, one.phone) for one in people]
    logins = User.objects.filter(person__in=people).values_list("email", "phone")
    own = {*details, *(str(value) for pair in (*reached_at, *logins) for value in pair if value)}
    return Delivery.objects.filter(Q(person__in=people) | Q(address__in=own))


def export(person: Person) -> dict[str, Any]:
    return {
        "messages": [
            {
                "at": delivery.created_at.isoformat(),
                "kind": str(delivery.message.label),
                "channel": str(delivery.get_channel_display()),
                "state": str(delivery.get_state_display()),
                "read_at": delivery.read_at.isoformat() if delivery.read_at else None,
                **_words(delivery),
            }
            for delivery in deliveries_to(person).select_related("message").order_by("created_at")
        ],
        "choices": [
            {"category": choice.category, "wanted": choice.is_wanted}
            for choice in ChannelChoice.objects.filter(person=person).order_by("category")
        ],
    }


def erase(person: Person) -> None:
    """Every copy to the person, and the words that nobody else got."""
    found = deliveries_to(person)
    messages = set(found.values_list("message", flat=True))
    forget_files(found.values_list("pk", flat=True))
    found.delete()
    Message.objects.filter(pk__in=messages, deliveries=None).delete()
    ChannelChoice.objects.filter(person__in=everybody_who_is(person)).delete()


def retain() -> None:
    now = timezone.now()
    _delete(Message.objects.filter(created_at__lt=now - KEPT))
    still_needed = Delivery.objects.filter(message=OuterRef("pk")).filter(
        Q(state=Delivery.State.WAITING)
        | Q(state=Delivery.State.NEEDS_HUMAN, message__expires_at__gt=now)
    )
    _delete(
        Message.objects.filter(
            ~Exists(still_needed), kind__in=secret_keys(), created_at__lt=now - SECRETS_KEPT
        )
    )


def _delete(messages: QuerySet[Message]) -> None:
    forget_files(Delivery.objects.filter(message__in=messages).values_list("pk", flat=True))
    messages.delete()


def _words(delivery: Delivery) -> dict[str, str]:
    words = None if delivery.message.kind in secret_keys() else delivery.words
    return {"subject": words["subject"], "text": words["text"]} if words else {}


DECLARATION = Declaration(
    key="messages",
    label=_("Messages we sent you"),
    basis=_("Our public task, and keeping what we promised you (GDPR art. 6(1)(e))"),
    kept_for=_("12 months; login codes for one day"),
    tables=(
        "notifications_message",
        "notifications_attachment",
        "notifications_delivery",
        "notifications_channelchoice",
    ),
    export=export,
    erase=erase,
    retain=retain,
)
