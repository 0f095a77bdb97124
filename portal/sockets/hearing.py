"""The one subscription of a site in this process, and whether it works.

A layer that is down does not say so: a subscriber to Redis waits in silence, and so does a
listener whose server is frozen. So a site says something to itself every few seconds, the very way
messages come, and is deaf when it does not hear it.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any
from uuid import uuid4

from channels import DEFAULT_CHANNEL_LAYER
from channels.layers import channel_layers

from portal.realtime.postgres_layer import INTERRUPTED
from portal.realtime.publish import send

logger = logging.getLogger(__name__)

BEAT_SECONDS = 2.0
DEAF_SECONDS = 5.0
WAIT_SECONDS = (0.5, 10.0)
BEAT = "beat"

Message = dict[str, Any]


class Hearing:
    """
    Args:
        group: what to listen to.
        on_message: called with each message but our own beats.
        on_change: called with False when nothing is heard any more, and with True when it is
            again, or when something may have been lost in between.
    """

    def __init__(
        self,
        group: str,
        on_message: Callable[[Message], None],
        on_change: Callable[[bool], None],
    ) -> None:
        self.group = group
        self.is_deaf = True
        self._on_message, self._on_change = on_message, on_change
        self._token = uuid4().hex
        self._sent = self._heard = 0
        self._heard_at = monotonic()
        self._hears = asyncio.Event()

    async def begin(self, *, patience: float) -> None:
        """Wait until the first beat is heard, but no longer than ``patience``."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._hears.wait()

    async def listen(self) -> None:
        """For as long as it is not cancelled; a layer that fails is tried again."""
        shortest, longest = WAIT_SECONDS
        wait = shortest
        channel = ""
        layer = channel_layers[DEFAULT_CHANNEL_LAYER]
        try:
            while True:
                try:
                    channel = channel or await layer.new_channel()
                    await layer.group_add(self.group, channel)
                    await self._say_beat()
                    wait = shortest
                    while True:
                        self._take(await layer.receive(channel))
                except Exception as problem:  # noqa: BLE001 (whatever a layer raises)
                    logger.warning("Not subscribed: %s", type(problem).__name__)
                await asyncio.sleep(wait)
                wait = min(2 * wait, longest)
        finally:
            # A layer that does not answer is left with a name nobody listens to.
            with suppress(Exception):
                async with asyncio.timeout(1):
                    await layer.group_discard(self.group, channel)

    async def beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            await self._say_beat()
            if not self.is_deaf and monotonic() - self._heard_at > DEAF_SECONDS:
                self.is_deaf = True
                logger.warning("Nothing is heard of %s", self.group)
                self._on_change(False)

    async def _say_beat(self) -> None:
        self._sent += 1
        # What is not said is not heard either, and counts as that.
        with suppress(Exception):
            await send(self.group, {"type": BEAT, "of": self._token, "number": self._sent})

    def _take(self, message: Message) -> None:
        if message == INTERRUPTED:
            self._on_change(True)
        elif message["type"] != BEAT:
            self._on_message(message)
        elif message["of"] == self._token:
            self._take_beat(message["number"])

    def _take_beat(self, number: int) -> None:
        has_missed = self._hears.is_set() and number != self._heard + 1
        was_deaf, self.is_deaf = self.is_deaf, False
        self._heard, self._heard_at = number, monotonic()
        if has_missed or (was_deaf and self._hears.is_set()):
            self._on_change(True)
        self._hears.set()
