"""A real server with real sockets in front of the database of this moment, and pages to open on
it: ``with serving() as port: async with Page(port, "srem.localhost", cookie) as page``."""

import asyncio
import json
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any, Self

import uvicorn
from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.asgi import get_asgi_application
from django.db import connections
from django.test import override_settings
from redis import Redis
from redis.exceptions import RedisError
from websockets.asyncio.client import ClientConnection, connect

from portal.sockets.application import sockets
from portal.sockets.server import config

POSTGRES = {"BACKEND": "portal.realtime.postgres_layer.PostgresLayer"}


@contextmanager
def serving(
    layer: dict[str, Any] | None = None, *, port: int = 0, with_pages: bool = False
) -> Iterator[int]:
    """``portal.asgi`` under uvicorn as it is shipped, in a thread of this process; gives the port.

    Args:
        layer: one of ``CHANNEL_LAYERS``; by default PostgreSQL's.
        with_pages: also their static files, which production leaves to others.
    """
    listener = socket.create_server(("127.0.0.1", port))
    # No thread keeps its connection: the next test has another database.
    database = settings.DATABASES["default"]
    kept, database["CONN_MAX_AGE"] = database["CONN_MAX_AGE"], 0
    shipped = config(fd=listener.fileno())
    if with_pages:
        pages = ASGIStaticFilesHandler(get_asgi_application())
        shipped.app = ProtocolTypeRouter({"http": pages, "websocket": sockets})
    server = uvicorn.Server(shipped)
    with override_settings(CHANNEL_LAYERS={"default": layer or POSTGRES}):
        thread = Thread(target=server.run)
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()
            listener.close()
            database["CONN_MAX_AGE"] = kept
            if not _is_in_event_loop():
                connections.close_all()


def _is_in_event_loop() -> bool:
    """Where nothing asks the database; what is seen there was left by a browser's loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


class Page:
    """An open page of a browser, as the server sees it: what it is told, and what it says."""

    def __init__(
        self, port: int, host: str, cookie: str = "", *, origin: str | None = "",
        path: str = "/ws/", headers: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        """
        Args:
            origin: by default its own; None: it sends none.
        """
        self._connecting = connect(
            f"ws://{host}:{port}{path}",
            host="127.0.0.1",
            port=port,
            origin=f"http://{host}:{port}" if origin == "" else origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": f"sessionid={cookie}", **(headers or {})},
            proxy=None,
            compression=None,
            ping_interval=None,
        )
        self._line: ClientConnection

    async def __aenter__(self) -> Self:
        self._line = await self._connecting.__aenter__()
        return self

    async def __aexit__(self, *problem: Any) -> None:
        await self._connecting.__aexit__(*problem)

    async def hear(self, what: str = "", *, seconds: float = 3.0) -> dict[str, Any]:
        """The next thing it is told, or the next of ``what``.

        Raises:
            TimeoutError: nothing.
        """
        async with asyncio.timeout(seconds):
            while True:
                said: dict[str, Any] = json.loads(await self._line.recv())
                if what in ("", said["what"]):
                    return said

    async def hears_nothing(self, what: str = "", *, seconds: float = 0.5) -> bool:
        with suppress(TimeoutError):
            await self.hear(what, seconds=seconds)
            return False
        return True

    async def say(self, said: Any) -> None:
        """Text and bytes as they are, also in the pieces of a list; anything else as JSON."""
        await self._line.send(said if isinstance(said, str | bytes | list) else json.dumps(said))

    async def closed(self, *, seconds: float = 5.0) -> int:
        """The code with which the server closes it.

        Raises:
            TimeoutError: it does not.
        """
        async with asyncio.timeout(seconds):
            await self._line.wait_closed()
        return self._line.close_code or 0


class RedisServer:
    """A Redis of this test alone, which may be frozen, killed and started again."""

    def __init__(self) -> None:
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if program is None:
            raise FileNotFoundError("no Redis: apt-get install redis-server")
        self._program = program
        self._folder = tempfile.mkdtemp(prefix="gromada-redis-")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.start()

    @property
    def layer(self) -> dict[str, Any]:
        return {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [f"redis://127.0.0.1:{self.port}"], "prefix": "gromada"},
        }

    def start(self) -> None:
        self._process = subprocess.Popen(
            [
                self._program, "--port", str(self.port), "--bind", "127.0.0.1",
                "--dir", self._folder, "--save", "", "--appendonly", "no",
            ],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 10
        while True:
            try:
                Redis(port=self.port).ping()
            except RedisError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                return

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self._folder)
