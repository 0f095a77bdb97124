"""Sockets open only for pages of the same site.

Channels' own validator accepts every host of the installation, so a page of one gmina could open
a socket of another with the visitor's cookie. Here the Origin must equal the scheme and host of
this very handshake (RFC 6455, section 10.2).
"""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

Scope = dict[str, Any]
AsgiApp = Callable[[Scope, Callable[..., Any], Callable[..., Any]], Awaitable[None]]

_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_same_origin(scope: Scope) -> bool:
    """Whether a WebSocket handshake comes from a page of the host it goes to."""
    headers = dict(scope["headers"])
    origin = urlsplit(headers.get(b"origin", b"").decode("latin-1"))
    scheme = {"ws": "http", "wss": "https"}.get(scope.get("scheme", "ws"), "")
    host = urlsplit(f"//{headers.get(b'host', b'').decode('latin-1')}")
    try:
        ports = (
            origin.port or _DEFAULT_PORTS.get(origin.scheme),
            host.port or _DEFAULT_PORTS[scheme],
        )
    except (KeyError, ValueError):
        return False
    return (
        bool(origin.hostname)
        and origin.scheme == scheme
        and origin.hostname == host.hostname
        and ports[0] == ports[1]
    )


class SameOriginOnly:
    """ASGI middleware that answers 403 to handshakes of any other origin."""

    def __init__(self, app: AsgiApp) -> None:
        self.app = app

    async def __call__(
        self, scope: Scope, receive: Callable[..., Any], send: Callable[..., Any]
    ) -> None:
        if scope["type"] == "websocket" and not is_same_origin(scope):
            await receive()
            await send({"type": "websocket.close", "code": 4403})
            return
        await self.app(scope, receive, send)
