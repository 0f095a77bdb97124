"""The sockets: one event loop in a process of its own."""

import resource
import socket
from collections.abc import Callable, Sequence

import uvicorn

from portal.sockets.server import config


class SocketServer(uvicorn.Server):
    when_ready: Callable[[], object]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.when_ready()


def serve_sockets(listeners: Sequence[socket.socket], *, when_ready: Callable[[], object]) -> None:
    """Serve until SIGTERM; open pages are told to come back, and do."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # each socket is an open file
    server = SocketServer(config())
    server.when_ready = when_ready
    server.run(sockets=list(listeners))
