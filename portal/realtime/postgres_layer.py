"""A channel layer on PostgreSQL's LISTEN and NOTIFY, for an installation without Redis.

It has no tables: what nobody listens to is gone, as with Redis's pub/sub. Whoever says something
from synchronous code says it over the connection that code has anyway.
"""

import asyncio
import json
import logging
import random
from asyncio import AbstractEventLoop
from contextlib import suppress
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

import psycopg
from channels.db import database_sync_to_async
from channels.layers import BaseChannelLayer
from django.db import connection

logger = logging.getLogger(__name__)

# One name for all: a process listens once, whatever sites its sockets are of.
CHANNEL = "gromada_live"
# PostgreSQL's own limit is 8,000 bytes, with the terminating zero.
LARGEST = 7_999
# Heard instead of messages that may have been lost; whoever hears it asks again.
INTERRUPTED = {"type": "interrupted"}
WAIT_SECONDS = (0.2, 10.0)
# A server that is gone without a word is found out within half a minute.
_KEEPALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
_ONLY_DJANGO_KNOWS = {"cursor_factory", "context", "prepare_threshold"}

Message = dict[str, Any]


class TooLarge(ValueError):
    """What should be said does not fit into one NOTIFY."""


class PostgresLayer(BaseChannelLayer):
    """
    Args:
        capacity: how many messages may wait in a channel; then they are dropped together, and
            ``INTERRUPTED`` is heard in their place.
    """

    extensions = ("groups", "flush")

    def __init__(self, capacity: int = 10_000) -> None:
        super().__init__(capacity=capacity)
        self._ears: WeakKeyDictionary[AbstractEventLoop, _Ear] = WeakKeyDictionary()

    async def send(self, channel: str, message: Message) -> None:
        """
        Raises:
            TooLarge: more than one NOTIFY carries.
        """
        self.require_valid_channel_name(channel)
        await _say({"channel": channel, "message": message})

    async def group_send(self, group: str, message: Message) -> None:
        """
        Raises:
            TooLarge: more than one NOTIFY carries.
        """
        self.require_valid_group_name(group)
        await _say({"group": group, "message": message})

    async def new_channel(self, prefix: str = "specific") -> str:
        """Once it returns, the connection listens."""
        channel = f"{prefix}.{uuid4().hex}"
        await self._ear().open(channel)
        return channel

    async def receive(self, channel: str) -> Message:
        """The next message; the channel ends with whoever stops waiting for it."""
        ear = self._ear()
        await ear.open(channel)
        try:
            return await ear.channels[channel].get()
        except asyncio.CancelledError:
            ear.close(channel)
            raise

    async def group_add(self, group: str, channel: str) -> None:
        self.require_valid_group_name(group)
        self._ear().groups.setdefault(group, set()).add(channel)

    async def group_discard(self, group: str, channel: str) -> None:
        self._ear().groups.get(group, set()).discard(channel)

    async def flush(self) -> None:
        ear = self._ears.pop(asyncio.get_running_loop(), None)
        if ear is not None:
            await ear.stop()

    async def close(self) -> None:
        await self.flush()

    def _ear(self) -> "_Ear":
        loop = asyncio.get_running_loop()
        if loop not in self._ears:
            self._ears[loop] = _Ear(self.capacity)
        return self._ears[loop]


class _Ear:
    """What one event loop listens to, over one connection for as long as it listens at all."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.channels: dict[str, asyncio.Queue[Message]] = {}
        self.groups: dict[str, set[str]] = {}
        self._hears = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def open(self, channel: str) -> None:
        if channel not in self.channels:
            self.channels[channel] = asyncio.Queue(self.capacity)
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen())
        try:
            await self._hears.wait()
        except asyncio.CancelledError:
            self.close(channel)
            raise

    def close(self, channel: str) -> None:
        self.channels.pop(channel, None)
        for channels in self.groups.values():
            channels.discard(channel)
        if not self.channels and self._listening is not None:
            self._listening.cancel()
            self._listening = None
            self._hears.clear()

    async def stop(self) -> None:
        self.groups.clear()
        self.channels.clear()
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening

    async def _listen(self) -> None:
        shortest, longest = WAIT_SECONDS
        wait = shortest
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    **_connection_params(), autocommit=True
                ) as listening:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    wait = shortest
                    self._start_hearing()
                    async for notice in listening.notifies():
                        self._hear(notice.payload)
            except (psycopg.Error, OSError) as problem:
                logger.warning("Not listening to PostgreSQL: %s", type(problem).__name__)
            await asyncio.sleep(wait * (0.5 + random.random()))  # noqa: S311 (spreads processes)
            wait = min(2 * wait, longest)

    def _start_hearing(self) -> None:
        if self._hears.is_set():
            for queue in self.channels.values():
                _interrupt(queue)
        self._hears.set()

    def _hear(self, payload: str) -> None:
        said = json.loads(payload)
        channels = [said["channel"]] if "channel" in said else self.groups.get(said["group"], ())
        for channel in channels:
            queue = self.channels.get(channel)
            if queue is None:
                continue
            try:
                queue.put_nowait(said["message"])
            except asyncio.QueueFull:
                _interrupt(queue)


def _interrupt(queue: "asyncio.Queue[Message]") -> None:
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(INTERRUPTED)


async def _say(said: dict[str, Any]) -> None:
    payload = json.dumps(said, separators=(",", ":"))
    if len(payload.encode()) > LARGEST:
        raise TooLarge(f"{len(payload)} characters do not fit into one NOTIFY.")
    # Under async_to_sync this is the caller's own thread, and so the caller's own connection.
    await database_sync_to_async(_notify)(payload)


def _notify(payload: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


def _connection_params() -> dict[str, Any]:
    """As Django connects, without what only its own connections need."""
    params = connection.get_connection_params()
    return _KEEPALIVE | {
        name: value for name, value in params.items() if name not in _ONLY_DJANGO_KNOWS
    }
