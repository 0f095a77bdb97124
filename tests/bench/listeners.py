"""A thousand open pages in one process, which note when they were told what."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect

AT_ONCE = 50
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Address:
    """
    Attributes:
        host: of the site, for the Host header and Origin.
    """

    host: str
    path: str
    cookie: str = ""


@dataclass(slots=True)
class Listener:
    line: ClientConnection
    heard: list[dict[str, Any]] = field(default_factory=list)


class Crowd:
    """``async with Crowd(port, addresses) as crowd``: all of them connected."""

    def __init__(self, port: int, addresses: Sequence[Address]) -> None:
        self._port, self._addresses = port, addresses
        self.listeners: list[Listener] = []
        self._readers: list[asyncio.Task[None]] = []
        self._missing = 0
        self._all_told = asyncio.Event()

    async def __aenter__(self) -> Self:
        places = asyncio.Semaphore(AT_ONCE)

        async def come(address: Address) -> Listener:
            async with places:
                return Listener(await _connect(self._port, address))

        self.listeners = await asyncio.gather(*map(come, self._addresses))
        self._readers = [asyncio.create_task(self._read(one)) for one in self.listeners]
        return self

    async def __aexit__(self, *_problem: Any) -> None:
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*(listener.line.close() for listener in self.listeners))

    async def seconds_until(self, frames: int, say: Callable[[], Awaitable[Any]]) -> float:
        """From ``say`` until so many frames have come, whoever heard them.

        Raises:
            TimeoutError: some are lost.
        """
        self._missing = frames
        self._all_told.clear()
        start = perf_counter()
        await say()
        async with asyncio.timeout(PATIENCE):
            await self._all_told.wait()
        return perf_counter() - start

    async def _read(self, listener: Listener) -> None:
        async for text in listener.line:
            said = json.loads(text)
            if said["what"] != "conversation":
                continue
            listener.heard.append(said)
            self._missing -= 1
            if not self._missing:
                self._all_told.set()


async def _connect(port: int, address: Address) -> ClientConnection:
    return await connect(
        f"ws://{address.host}:{port}{address.path}",
        host="127.0.0.1",
        port=port,
        origin=f"http://{address.host}:{port}",  # type: ignore[arg-type]
        additional_headers={"Cookie": f"sessionid={address.cookie}"},
        proxy=None,
        compression=None,
        ping_interval=None,
        open_timeout=PATIENCE,
    )
