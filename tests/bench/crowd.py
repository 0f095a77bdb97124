"""Many people who press the button in the same moment.

Everybody is connected before anybody sends, so that the server has all the requests at once.
Whoever is told to come back in a moment does.
"""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 60.0
TRIES = 20


@dataclass(frozen=True, slots=True)
class Post:
    """
    Attributes:
        cookies: as the browser sends them.
        address: from which the proxy says it came.
    """

    path: str
    fields: dict[str, str]
    cookies: dict[str, str]
    address: str

    def request(self, host: str) -> bytes:
        body = urlencode(self.fields).encode()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
            f"Cookie: {cookies}\r\nX-Forwarded-For: {self.address}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str = ""
    retry_after: float | None = None


@dataclass(slots=True)
class Outcome:
    """
    Attributes:
        answers: the last one each got.
        busy: how often somebody was told to come back in a moment.
        seconds: until the last of them was answered for good.
    """

    answers: list[Answer]
    seconds: float
    busy: int = 0
    statuses: Counter[int] = field(init=False)

    def __post_init__(self) -> None:
        self.statuses = Counter(answer.status for answer in self.answers)

    @property
    def a_second(self) -> float:
        return len(self.answers) / self.seconds


def press_together(posts: Sequence[Post], *, host: str, port: int) -> Outcome:
    """Send them in the same moment; those told so are sent again.

    Raises:
        TimeoutError: somebody waits for ever.
    """
    started = time.perf_counter()
    answers: list[Answer] = [Answer(0)] * len(posts)
    waiting, busy = list(range(len(posts))), 0
    for _try in range(TRIES):
        got = _send([posts[number].request(host) for number in waiting], port)
        started = got.started if not busy else started
        for number, answer in zip(waiting, got.answers, strict=True):
            answers[number] = answer
        waiting = [number for number in waiting if answers[number].retry_after is not None]
        if not waiting:
            return Outcome(answers, time.perf_counter() - started, busy)
        busy += len(waiting)
        time.sleep(max(answers[number].retry_after or 0 for number in waiting))
    raise TimeoutError(f"{len(waiting)} people were sent away {TRIES} times")


@dataclass(frozen=True, slots=True)
class _Sent:
    started: float
    answers: list[Answer]


def _send(requests: Sequence[bytes], port: int) -> _Sent:
    lines = [socket.create_connection(("127.0.0.1", port)) for _request in requests]
    received = [bytearray() for _request in requests]
    started = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for number, (line, request) in enumerate(zip(lines, requests, strict=True)):
            line.sendall(request)
            line.setblocking(False)
            selector.register(line, selectors.EVENT_READ, number)
        while selector.get_map():
            ready = selector.select(PATIENCE)
            if not ready:
                raise TimeoutError("the server has stopped answering")
            for key, _events in ready:
                piece = lines[key.data].recv(65_536)
                received[key.data] += piece
                if not piece:
                    selector.unregister(lines[key.data])
                    lines[key.data].close()
    return _Sent(started, [_read(bytes(answer)) for answer in received])


def _read(answer: bytes) -> Answer:
    if not answer:
        raise ConnectionError("closed without an answer")
    first, *lines = answer.split(b"\r\n\r\n", 1)[0].decode().split("\r\n")
    headers = _headers(lines)
    status = int(first.split(" ")[1])
    retry_after = headers.get("retry-after")
    return Answer(
        status,
        headers.get("location", ""),
        float(retry_after) if status == 503 and retry_after else None,
    )


def _headers(lines: Iterable[str]) -> dict[str, str]:
    pairs = (line.split(": ", 1) for line in lines)
    return {name.lower(): value for name, value in pairs}
