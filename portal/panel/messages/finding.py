"""From the id in an address to the row; what the office takes no part in is not there."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from portal.accounts.models import User
from portal.messaging.models import Broadcast, Conversation, Message, Report
from portal.messaging.reading import conversations_for_staff


def conversation_or_404(user: User, pk: UUID) -> Conversation:
    return get_object_or_404(conversations_for_staff(user).select_related("person"), pk=pk)


def broadcast_or_404(pk: UUID) -> Broadcast:
    return get_object_or_404(Broadcast.objects.select_related("conversation"), pk=pk)


def announced(broadcast: Broadcast) -> Message | None:
    """The message everybody got; None until it is sent."""
    if broadcast.conversation is None:
        return None
    return Message.objects.select_related("notice").get(
        conversation=broadcast.conversation, number=1
    )


def report_or_404(pk: UUID) -> Report:
    return get_object_or_404(
        Report.objects.select_related("message__conversation", "message__author", "reporter"), pk=pk
    )
