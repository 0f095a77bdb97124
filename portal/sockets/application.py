"""What answers at ``/ws/``: a socket for each open page of somebody who is logged in."""

from django.db import InterfaceError, OperationalError

from portal.sockets import presence
from portal.sockets.handshake import AtItsSite, Receive, Scope, Send, refuse
from portal.sockets.hub import TooManyPages, hearing_frame, joined
from portal.sockets.open_page import OpenPage
from portal.sockets.threads import in_thread
from portal.sockets.visitors import Visitor, recognise
from tenants.origin import SameOriginOnly


async def serve_page(scope: Scope, receive: Receive, send: Send) -> None:
    """Of the bound site, from its own origin."""
    visitor = await _visitor(scope["session"])
    if visitor is None:
        await refuse(receive, send)
        return
    page = OpenPage(visitor, send)
    try:
        async with joined(scope["site"], page) as hub:
            await receive()
            await send({"type": "websocket.accept"})
            if hub.hearing.is_deaf:
                page.tell(hearing_frame(False))
            await page.listen(receive, presence.take)
    except TooManyPages:
        await refuse(receive, send)


async def _visitor(session_key: str) -> Visitor | None:
    if not session_key:
        return None
    try:
        return await in_thread(recognise, session_key)
    except (OperationalError, InterfaceError):
        return None


# First the site, then where the handshake comes from, then who it is.
sockets = AtItsSite(SameOriginOnly(serve_page))
