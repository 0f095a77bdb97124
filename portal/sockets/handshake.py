"""Of which site a handshake is, before anything else is asked of it."""

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.db import InterfaceError, OperationalError

from portal.sockets.threads import in_thread
from portal.sockets.visitors import PATH
from tenants.binding import bind
from tenants.hosts import host_name, site_of
from tenants.models import Tenant

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]


class AtItsSite:
    """ASGI middleware that binds the site of the Host header and closes what belongs to none.

    Scheme, host and cookies are read by Django's own code and settings, as those of a page are.
    The scope then has ``site``, ``session`` (its key, or "") and the scheme pages see.
    """

    def __init__(self, app: AsgiApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = _as_request(scope)
        site = await _site_for(request)
        if site is None:
            await refuse(receive, send)
            return
        with bind(site):
            await self.app(
                {
                    **scope,
                    "scheme": "wss" if request.is_secure() else "ws",
                    "site": site,
                    "session": request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""),
                },
                receive,
                send,
            )


async def refuse(receive: Receive, send: Send) -> None:
    """Before it was accepted: the client is answered 403."""
    await receive()
    await send({"type": "websocket.close", "code": 4403})


def _as_request(scope: Scope) -> ASGIRequest:
    scheme = "https" if scope.get("scheme") == "wss" else "http"
    return ASGIRequest({**scope, "type": "http", "method": "GET", "scheme": scheme}, BytesIO())


async def _site_for(request: ASGIRequest) -> Tenant | None:
    if request.path != PATH:
        return None
    try:
        site = await in_thread(site_of, host_name(request.META.get("HTTP_HOST", "")))
    except (OperationalError, InterfaceError):
        return None
    if site is None or site.status == Tenant.Status.ARCHIVED:
        return None
    return site
