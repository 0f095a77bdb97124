"""Who of the office has a conversation open, and who writes in it: told among staff, kept
nowhere. Residents neither say nor hear it."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from portal.accounts.models import User
from portal.messaging.reading import conversations_for_staff
from portal.realtime.groups import site_group
from portal.realtime.publish import send
from portal.sockets import limits
from portal.sockets.open_page import OpenPage, Unwelcome
from portal.sockets.threads import in_thread

PAUSES = {"here": limits.HERE_SECONDS, "typing": limits.TYPING_SECONDS}


async def take(page: OpenPage, what: str, conversation: UUID) -> None:
    """Tell the other pages of this conversation.

    Raises:
        Unwelcome: not staff, or a conversation they may not see.
    """
    if what not in PAUSES or not page.visitor.sees_conversations:
        raise Unwelcome
    if page.at != conversation:
        if not await in_thread(_may_see, page.visitor.user, conversation):
            raise Unwelcome
        page.at = conversation
    if page.is_news(f"{what} {conversation}", PAUSES[what]):
        message = {
            "type": "live", "what": what, "of": str(conversation), "who": page.visitor.name,
            "by": page.token,
        }  # fmt: skip
        # Whatever a layer raises: it is said again soon.
        with suppress(Exception):
            await send(site_group(), message)


def is_for(page: OpenPage, message: dict[str, Any]) -> bool:
    return (
        page.visitor.sees_conversations
        and str(page.at) == message["of"]
        and page.token != message["by"]
    )


def _may_see(user: UUID, conversation: UUID) -> bool:
    found = User.objects.filter(pk=user).first()
    return found is not None and conversations_for_staff(found).filter(pk=conversation).exists()
