"""A real gunicorn for each variant, with the workers and threads the demo has."""

import http.client
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

from portal.demo.server import THREADS, WORKERS
from portal.serving.pages import WsgiServer
from tests.bench import booking_variants

FIRST_PORT = 8_770


@contextmanager
def servers() -> Iterator[dict[str, int]]:
    """The port of each variant."""
    connections.close_all()
    with ExitStack() as stack:
        yield {
            variant: stack.enter_context(_server(variant, FIRST_PORT + number))
            for number, variant in enumerate(booking_variants.VARIANTS)
        }


@contextmanager
def _server(variant: str, port: int) -> Iterator[int]:
    process = get_context("fork").Process(target=_serve, args=(variant, port))
    process.start()
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.join()


def _serve(variant: str, port: int) -> None:
    settings.ROOT_URLCONF = "tests.bench.bare_urls"
    booking_variants.use(variant)
    WsgiServer(
        get_wsgi_application(), bind=f"127.0.0.1:{port}", workers=WORKERS, threads=THREADS,
        worker_class="gthread", preload_app=True, loglevel="error",
    ).run()  # fmt: skip


def _wait_for(port: int, *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            http.client.HTTPConnection("127.0.0.1", port).request("GET", "/robots.txt")
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def page_of(path: str, *, host: str, port: int, cookie: str) -> tuple[str, str]:
    """The page as a browser gets it, and the token its cookie holds.

    Raises:
        RuntimeError: it is not there.
    """
    line = http.client.HTTPConnection("127.0.0.1", port)
    line.request("GET", path, headers={"Host": host, "Cookie": cookie})
    response = line.getresponse()
    page = response.read().decode()
    cookies = response.headers.get_all("Set-Cookie") or []
    line.close()
    if response.status != 200:
        raise RuntimeError(f"{path}: {response.status} {response.headers.get('Location', '')}")
    held = next(text for text in cookies if text.startswith("csrftoken="))
    return page, held.split(";")[0].removeprefix("csrftoken=")
