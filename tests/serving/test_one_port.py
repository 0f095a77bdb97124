"""The demo's one port: pages and sockets without a proxy."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from typing import Any

import pytest

from portal.demo.front import FrontWorker
from portal.serving.listening import PortTaken, listen, listen_on_loopback
from portal.serving.pages import serve_pages

PEOPLE = 30


def pages(_environ: Any, start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Length", "4"), ("Content-Type", "text/plain")])
    return [b"page"]


def says_again(behind: socket.socket) -> None:
    """The socket process, as far as the front knows it."""
    while True:
        try:
            line, _address = behind.accept()
        except OSError:
            return
        threading.Thread(target=_say_again, args=[line], daemon=True).start()


def _say_again(line: socket.socket) -> None:
    with line:
        while words := line.recv(1_000):
            line.sendall(words)


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr("portal.serving.pages.get_wsgi_application", lambda: pages)
    with listen("127.0.0.1", 0) as front, listen("127.0.0.1", 0) as behind:
        FrontWorker.sockets_at = behind.getsockname()
        threading.Thread(target=says_again, args=[behind], daemon=True).start()
        context = get_context("fork")
        ours, its = context.Pipe()

        def run() -> None:
            try:
                serve_pages(
                    [front], when_ready=lambda: its.send("ready"), workers=1, threads=2,
                    worker_class=FrontWorker, graceful_timeout=1,
                )  # fmt: skip
            finally:
                os._exit(0)

        process = context.Process(target=run)
        process.start()
        assert ours.poll(10)
        yield int(front.getsockname()[1])
        process.terminate()
        process.join(5)
        behind.shutdown(socket.SHUT_RDWR)


def ask(port: int, words: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    line.sendall(words)
    return line


def test_open_sockets_hold_no_threads_of_the_pages(port: int) -> None:
    greeting = b"GET /ws/ HTTP/1.1\r\nHost: a.localhost\r\nUpgrade: websocket\r\n\r\n"
    lines = [ask(port, greeting) for _person in range(PEOPLE)]
    for line in lines:
        assert line.recv(1_000) == greeting
    page = b"GET /ws-is-a-page HTTP/1.1\r\nHost: a.localhost\r\nConnection: close\r\n\r\n"
    with ask(port, page) as visitor, visitor.makefile("rb") as answer:
        assert answer.read().endswith(b"page")
    for number, line in enumerate(lines):
        line.sendall(b"frame %d" % number)
        assert line.recv(1_000) == b"frame %d" % number
        line.close()


def test_port_of_somebody_else_is_refused_with_advice() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port} .* Try --port {port + 10}"):
            listen_on_loopback(port)
