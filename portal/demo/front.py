"""The demo's one port: pages are answered by gunicorn, sockets go on to the process that has them.

In production nginx does this. A connection whose first words are ``GET /ws/`` never comes back as a
page: browsers open one of its own for each socket. Its bytes are passed on from one event loop a
process, so that open sockets hold no threads of the pages.
"""

import asyncio
import socket
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread
from typing import Any

from gunicorn.workers import gthread

FIRST_WORDS = b"GET /ws/"
PIECE = 65_536


class FrontWorker(gthread.ThreadWorker):
    # Where the sockets are; set before the workers are forked.
    sockets_at: tuple[str, int] = ("127.0.0.1", 0)

    def init_process(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.passed_on: set[Future[None]] = set()  # a loop forgets tasks nobody else holds
        Thread(target=self.loop.run_forever, daemon=True).start()
        super().init_process()

    def handle(self, conn: Any) -> Any:
        if conn.initialized:
            return super().handle(conn)
        if not conn.wait_for_data(gthread.DEFAULT_WORKER_DATA_TIMEOUT):
            return gthread._DEFER  # noqa: SLF001 (as the method this one stands before)
        if not _asks_for_a_socket(conn.sock):
            return super().handle(conn)
        theirs, conn.sock = conn.sock, socket.socket()  # gunicorn closes one that is not theirs
        passing = asyncio.run_coroutine_threadsafe(_pass_on(theirs, self.sockets_at), self.loop)
        self.passed_on.add(passing)
        passing.add_done_callback(self.passed_on.discard)
        return False


def _asks_for_a_socket(connection: socket.socket) -> bool:
    try:
        return connection.recv(len(FIRST_WORDS), socket.MSG_PEEK) == FIRST_WORDS
    except OSError:
        return False


async def _pass_on(theirs: socket.socket, address: tuple[str, int]) -> None:
    with suppress(OSError), theirs:
        browser = await asyncio.open_connection(sock=theirs)
        sockets = await asyncio.open_connection(*address)
        await asyncio.gather(_copy(browser[0], sockets[1]), _copy(sockets[0], browser[1]))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Until one side closes; the other is closed then, too."""
    try:
        with suppress(OSError):
            while piece := await reader.read(PIECE):
                writer.write(piece)
                await writer.drain()
    finally:
        writer.close()
