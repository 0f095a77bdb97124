"""What is kept of conversations, and for how long."""

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Declaration
from portal.messaging.models import (
    Attachment,
    Block,
    Broadcast,
    Conversation,
    Message,
    Participant,
    Report,
)

Kind = Conversation.Kind
# As long as the help and the bookings they are about.
KEPT = timedelta(days=2 * 365)
# Two neighbours have nothing to prove to each other; a complaint comes sooner than that.
RELAY_KEPT = timedelta(days=183)


def export(person: Person) -> dict[str, Any]:
    """What the person wrote anywhere, everything in their conversation with the office, its notes
    about them too, and what they got. Words of other residents are those people's data."""
    everybody = everybody_who_is(person)
    messages = Message.objects.filter(
        Q(author__in=everybody) | Q(conversation__person__in=everybody)
    ).select_related("conversation")
    places = Participant.objects.filter(person__in=everybody).select_related("conversation")
    reports = Report.objects.filter(reporter__in=everybody)
    names = Prefetch("attachments", Attachment.objects.defer("content").order_by("name"))
    return {
        "messages": [
            {
                "at": message.created_at,
                "conversation": str(message.conversation),
                "kind": str(message.get_kind_display()),
                "by_you": message.author_id is not None,
                "text": message.text,
                "files": [file.name for file in message.attachments.all()],
            }
            for message in messages.prefetch_related(names).order_by("created_at")
        ],
        "conversations": [
            {
                "conversation": str(place.conversation),
                "since": place.joined_at,
                "left_at": place.left_at,
                "read_at": place.read_at,
                "is_muted": place.is_muted,
            }
            for place in places.order_by("joined_at")
        ],
        "blocked_people": [
            {"since": block.created_at}
            for block in Block.objects.filter(blocker__in=everybody).order_by("created_at")
        ],
        "reports": [
            {
                "at": report.created_at,
                "reason": str(report.get_reason_display()),
                "note": report.words,
                "state": str(report.get_state_display()),
            }
            for report in reports.order_by("created_at")
        ],
    }


def erase(person: Person) -> None:
    """Their words and files go; that there was a message stays, so that what others answered to it
    can be followed. Their conversation with the office goes whole."""
    everybody = everybody_who_is(person)
    now = timezone.now()
    places = Participant.objects.filter(person__in=everybody)
    Conversation.objects.filter(person__in=everybody).delete()
    Conversation.objects.filter(
        kind=Kind.DIRECT, closed_at=None, pk__in=places.values("conversation")
    ).update(closed_at=now)
    written = Message.objects.filter(author__in=everybody)
    Attachment.objects.filter(message__in=written).delete()
    Report.objects.filter(Q(message__in=written) | Q(reporter__in=everybody)).delete()
    written.update(text="", author=None)
    Block.objects.filter(Q(blocker__in=everybody) | Q(blocked__in=everybody)).delete()
    places.delete()
    _forget_in_audiences({str(one.pk) for one in everybody})


def _forget_in_audiences(people: set[str]) -> None:
    """An announcement may have been written to one person by name."""
    named = Q()
    for person in people:
        named |= Q(audiences__contains=[{"of": person}])
    for broadcast in Broadcast.objects.filter(named):
        broadcast.audiences = [one for one in broadcast.audiences if one["of"] not in people]
        broadcast.save(update_fields=["audiences"])


def retain() -> None:
    now = timezone.now()
    said = Conversation.objects.annotate(last_at=Coalesce("last_message_at", "created_at"))
    old = said.filter(
        Q(last_at__lt=now - KEPT)
        | Q(kind=Kind.DIRECT, has_office=False, last_at__lt=now - RELAY_KEPT)
        | Q(kind=Kind.DIRECT, has_office=False, closed_at__lt=now - RELAY_KEPT)
    )
    Broadcast.objects.filter(conversation__in=old).delete()
    Broadcast.objects.exclude(state=Broadcast.State.SENT).filter(created_at__lt=now - KEPT).delete()
    Conversation.objects.filter(pk__in=old.values("pk")).delete()


DECLARATION = Declaration(
    key="conversations",
    label=_("Conversations and announcements"),
    basis=_("a public task: social services (GDPR art. 6(1)(e))"),
    kept_for=_(
        "two years after the last message; between a volunteer and the person helped, half a year"
    ),
    tables=(
        "messaging_conversation",
        "messaging_participant",
        "messaging_message",
        "messaging_attachment",
        "messaging_block",
        "messaging_report",
        "messaging_broadcast",
    ),
    export=export,
    erase=erase,
    retain=retain,
    names={
        "messages": _("Messages"),
        "conversations": _("Conversations you are in"),
        "conversation": _("Conversation"),
        "by_you": _("Written by you"),
        "text": _("Words"),
        "files": _("Files"),
        "left_at": _("Left"),
        "read_at": _("Read"),
        "is_muted": _("Without notices"),
        "blocked_people": _("People you do not want to read"),
        "reports": _("Messages you reported"),
        "reason": _("Reason"),
        "note": _("Note"),
        "state": _("State"),
    },
)
