"""The one door through which open pages are told that something has changed.

They are told ids and numbers, never words: a page asks for what it shows again, by HTTP, under the
rights of whoever looks at it. Nothing depends on it being heard. A page that hears nothing asks by
itself from time to time, so a layer that is down costs seconds, not messages.
"""

import asyncio
import logging
from collections.abc import Iterable
from time import monotonic
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from portal.realtime.groups import site_group

logger = logging.getLogger(__name__)

# A layer that hangs holds up whoever has just saved something by no more than this.
PATIENCE_SECONDS = 0.5
# After which it is left alone for a while.
PAUSE_SECONDS = 5.0
# PostgreSQL's NOTIFY carries 8,000 bytes; an id takes 35, written without hyphens.
MOST_PEOPLE = 215


class _Pause:
    """Of this process; requests in several threads may shorten or lengthen it, harmlessly."""

    until = 0.0


def tell_people(
    people: Iterable[UUID], what: str, *, of: UUID | None = None, number: int | None = None
) -> None:
    """After the caller's transaction has committed, open pages of these people learn of it.

    Args:
        people: ids of persons.
        what: the kind of thing that changed, as pages listen for it: ``conversation``.
        of: which one; None: any of them.
        number: up to which of its numbered parts.
    """
    ids = [person.hex for person in people]
    for start in range(0, len(ids), MOST_PEOPLE):
        part = ids[start : start + MOST_PEOPLE]
        _after_commit({"people": part, **_said(what, of, number)})


def tell_office(what: str, *, of: UUID | None = None, number: int | None = None) -> None:
    """After the caller's transaction has committed, open pages of the panel learn of it."""
    _after_commit({"office": True, **_said(what, of, number)})


def _said(what: str, of: UUID | None, number: int | None) -> dict[str, Any]:
    return {"what": what, "of": str(of) if of else None, "number": number}


def _after_commit(event: dict[str, Any]) -> None:
    group = site_group()
    transaction.on_commit(lambda: _say(group, event), robust=True)


def _say(group: str, event: dict[str, Any]) -> None:
    if monotonic() < _Pause.until:
        return
    try:
        async_to_sync(send)(group, {"type": "live", **event})
    except Exception as problem:  # noqa: BLE001 (whatever a layer raises: the page must not fail)
        _Pause.until = monotonic() + PAUSE_SECONDS
        logger.warning("Open pages are not told of changes: %s", type(problem).__name__)


async def send(group: str, message: dict[str, Any]) -> None:
    """Say it now, for who runs in an event loop and has nothing to commit.

    Raises:
        Exception: whatever the layer raises; TimeoutError after ``PATIENCE_SECONDS``.
    """
    layer = get_channel_layer()
    if layer is not None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await layer.group_send(group, message)
