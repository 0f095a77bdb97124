"""How the process of the sockets is run: ``portal.sockets.server.run(port=8001)``.

It serves ``portal.asgi.application``: sockets at ``/ws/``, and pages too, for whoever wants all in
one process; a proxy sends it ``/ws/`` only. Which scheme a handshake came by, it learns as pages
do, from ``SECURE_PROXY_SSL_HEADER``; the proxy must pass on Host, Origin, Cookie and
X-Forwarded-Proto. A socket is an open file: allow the process more than ``limits.MOST_PAGES``.
"""

import os
from typing import Any

import uvicorn

PORT = 8001
# Everything that is legal is a hundred times smaller; see portal.sockets.limits.
LARGEST_FRAME = 64 * 1024
# A line that has been dead for this long is found out.
PING_SECONDS = 20.0


def run(*, host: str = "127.0.0.1", port: int = PORT, fd: int | None = None) -> None:
    """Serve until SIGTERM or Ctrl-C; pages are told to come back, and do.

    Args:
        fd: a socket that listens already, instead of host and port.
    """
    where = {"fd": fd} if fd is not None else {"host": host, "port": port}
    uvicorn.Server(config(**where)).run()


def config(**where: Any) -> uvicorn.Config:
    """uvicorn as it is shipped, for ``host`` and ``port``, ``fd`` or ``uds``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
    return uvicorn.Config(
        "portal.asgi:application",
        **where,
        loop="asyncio",
        http="h11",
        ws="websockets-sansio",
        ws_max_size=LARGEST_FRAME,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        # Frames are tiny, and a compressor would be most of what a socket costs.
        ws_per_message_deflate=False,
        lifespan="off",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
