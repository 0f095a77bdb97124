"""One socket: what is said to a page, and the little a page may say."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

from portal.sockets import limits
from portal.sockets.handshake import Receive, Send
from portal.sockets.visitors import Visitor

RIGHTS_ENDED = 4401
UNWELCOME = 1008
NOT_TEXT, NOT_JSON, TOO_LARGE = 1003, 1007, 1009


# What is done with a word of a page and the id it comes with.
Take = Callable[["OpenPage", str, UUID], Awaitable[None]]


class Unwelcome(Exception):
    """The page said what it may not say; ``code`` closes its socket."""

    def __init__(self, code: int = UNWELCOME) -> None:
        self.code = code


class OpenPage:
    """A page of a visitor. What it is told waits in a short row, which its socket empties."""

    __slots__ = ("_code", "_ends", "_frames", "_is_cut", "_said", "_send", "_sending", "_task",
                 "_waiting", "at", "token", "visitor")  # fmt: skip

    def __init__(self, visitor: Visitor, send: Send) -> None:
        self.visitor = visitor
        self.token = uuid4().hex
        # The conversation that staff have open here, once they said so and may see it.
        self.at: UUID | None = None
        self._send = send
        self._waiting: deque[str] = deque()
        self._sending: asyncio.Task[None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._ends: asyncio.TimerHandle | None = None
        self._code: int | None = None
        self._is_cut = False
        self._frames: deque[float] | None = None
        self._said: dict[str, float] = {}

    # To the page

    def tell(self, frame: str) -> None:
        if self._code is not None or self._is_cut:
            return
        if len(self._waiting) >= limits.MOST_WAITING:
            self.cut()
            return
        self._waiting.append(frame)
        self._begin_sending()

    def close(self, code: int) -> None:
        if self._code is None and not self._is_cut:
            self._code = code
            self._waiting.clear()
            self._ends = asyncio.get_running_loop().call_later(limits.LEAVE_SECONDS, self.cut)
            self._begin_sending()

    def cut(self) -> None:
        """Without a word: nothing gets through to it."""
        self._is_cut = True
        self._waiting.clear()
        for task in (self._sending, self._task):
            if task is not None:
                task.cancel()

    def _begin_sending(self) -> None:
        if self._sending is None:
            self._sending = asyncio.create_task(self._send_all())

    async def _send_all(self) -> None:
        try:
            # The page may have gone meanwhile.
            with suppress(OSError):
                while self._waiting:
                    text = self._waiting.popleft()
                    await self._send({"type": "websocket.send", "text": text})
                if self._code is not None:
                    await self._send({"type": "websocket.close", "code": self._code})
        finally:
            self._sending = None

    # From the page

    async def listen(self, receive: Receive, take: Take) -> None:
        """Until the page has gone, or was cut off."""
        self._task = asyncio.current_task()
        try:
            while (event := await receive())["type"] != "websocket.disconnect":
                try:
                    if self._code is None:
                        await take(self, *self._read(event))
                except Unwelcome as refusal:
                    self.close(refusal.code)
        except asyncio.CancelledError:
            if not self._is_cut:
                raise
        finally:
            if self._ends is not None:
                self._ends.cancel()

    def _read(self, event: dict[str, Any]) -> tuple[str, UUID]:
        """
        Raises:
            Unwelcome: it is not a word of staff with the id of a conversation, or one too many.
        """
        text = event.get("text")
        if text is None:
            raise Unwelcome(NOT_TEXT)
        if len(text) > limits.LARGEST_FRAME:
            raise Unwelcome(TOO_LARGE)
        self._count()
        try:
            said = json.loads(text)
        except ValueError:
            raise Unwelcome(NOT_JSON) from None
        if not isinstance(said, dict) or len(said) != 1:
            raise Unwelcome
        [(what, of)] = said.items()
        try:
            return what, UUID(of)
        except (ValueError, TypeError, AttributeError):
            raise Unwelcome from None

    def _count(self) -> None:
        if self._frames is None:
            self._frames = deque(maxlen=limits.MOST_FRAMES)
        now = monotonic()
        is_full = len(self._frames) == limits.MOST_FRAMES
        if is_full and now - self._frames[0] < limits.FRAMES_SECONDS:
            raise Unwelcome
        self._frames.append(now)

    def is_news(self, what: str, seconds: float) -> bool:
        """Whether it was not said within these seconds; from now on it was."""
        now = monotonic()
        if now - self._said.get(what, -seconds) < seconds:
            return False
        self._said[what] = now
        return True
