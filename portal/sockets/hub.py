"""The open pages of one site in this process.

The process subscribes once for a site, however many pages it has open; the hub knows which of them
a message is for, and asks the database every few seconds whether they still may hear it.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import Any

from portal.messaging.telling import CONVERSATION
from portal.realtime.groups import site_group
from portal.sockets import limits, presence
from portal.sockets.hearing import Hearing
from portal.sockets.open_page import RIGHTS_ENDED, OpenPage
from portal.sockets.threads import in_thread
from portal.sockets.visitors import changed
from tenants.binding import bind
from tenants.models import Tenant

logger = logging.getLogger(__name__)

# How long after a logout, at most, its sockets are still open: this, and one query.
CHECK_SECONDS = 2.0
# How long a handshake waits for the first sign of the layer.
PATIENCE_SECONDS = 1.0

Message = dict[str, Any]


class TooManyPages(Exception):
    """Of this person, or of this process."""


class Hub:
    """Made and ended by :func:`joined`; runs in the binding of its site."""

    def __init__(self) -> None:
        # By person.
        self._pages: dict[str, set[OpenPage]] = {}
        self.size = 0
        self.hearing = Hearing(site_group(), self._tell, self._tell_hearing)
        self._tasks = [
            asyncio.create_task(work)
            for work in (self.hearing.listen(), self.hearing.beat(), self._check())
        ]

    @property
    def pages(self) -> Iterator[OpenPage]:
        return (page for pages in self._pages.values() for page in pages)

    def add(self, page: OpenPage) -> None:
        """
        Raises:
            TooManyPages: this person has enough of them.
        """
        pages = self._pages.setdefault(page.visitor.person.hex, set())
        if len(pages) >= limits.MOST_PAGES_OF_ONE:
            raise TooManyPages
        pages.add(page)
        self.size += 1

    def remove(self, page: OpenPage) -> None:
        person = page.visitor.person.hex
        self._pages[person].discard(page)
        if not self._pages[person]:
            del self._pages[person]
        self.size -= 1

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks, timeout=PATIENCE_SECONDS)

    # What is said

    def _tell(self, message: Message) -> None:
        said = {name: message[name] for name in ("what", "of", "number", "who") if name in message}
        frame = json.dumps(said)
        # A list: a page that is told may be cut off.
        for page in list(self._whom(message)):
            page.tell(frame)

    def _whom(self, message: Message) -> Iterable[OpenPage]:
        if "people" in message:
            return (page for one in message["people"] for page in self._pages.get(one, ()))
        if "by" in message:
            return (page for page in self.pages if presence.is_for(page, message))
        if message["what"] == CONVERSATION:
            return (page for page in self.pages if page.visitor.sees_conversations)
        return (page for page in self.pages if page.visitor.enters_panel)

    def _tell_hearing(self, hears: bool) -> None:
        frame = hearing_frame(hears)
        for page in list(self.pages):
            page.tell(frame)

    # Who may still hear it

    async def _check(self) -> None:
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            known = [(page.visitor.session, page.visitor.state) for page in self.pages]
            try:
                visitors = await in_thread(changed, known)
            except Exception as problem:  # noqa: BLE001 (no database: no page tells anything)
                logger.warning("Sessions are not checked: %s", type(problem).__name__)
                continue
            for page in list(self.pages):
                if page.visitor.session not in visitors:
                    continue
                visitor = visitors[page.visitor.session]
                if visitor is None or not visitor.keeps(page.visitor):
                    page.close(RIGHTS_ENDED)
                else:
                    page.visitor = visitor


def hearing_frame(hears: bool) -> str:
    return json.dumps({"what": "hearing" if hears else "deaf"})


# By schema; of the one event loop this process has.
_hubs: dict[str, Hub] = {}


@asynccontextmanager
async def joined(site: Tenant, page: OpenPage) -> AsyncIterator[Hub]:
    """The hub of a site while ``page`` is among its pages; the last page ends it.

    Raises:
        TooManyPages: no more of them are taken.
    """
    if sum(hub.size for hub in _hubs.values()) >= limits.MOST_PAGES:
        raise TooManyPages
    with bind(site):
        hub = _hubs.get(site.schema_name)
        if hub is None:
            hub = _hubs[site.schema_name] = Hub()
    hub.add(page)
    try:
        await hub.hearing.begin(patience=PATIENCE_SECONDS)
        yield hub
    finally:
        hub.remove(page)
        if not hub.size:
            del _hubs[site.schema_name]
            await hub.end()
