"""A real Chromium and a real server in front of the 23 sites of the demo.

One browser and one server for all tests of this folder. Playwright keeps an event loop running in
this thread, where Django would refuse to touch the database: hence the variable.

``GROMADA_BROWSER_THROUGH=nginx`` puts ``manage.py serve`` behind the shipped nginx configuration in
the place of that server, with production's settings but for one: sessions that tests put into their
browsers have the name they have without TLS.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.architecture.demo_urls import as_demo
from tests.conftest import using_database
from tests.serving.behind_nginx import serving

THROUGH_NGINX = os.environ.get("GROMADA_BROWSER_THROUGH") == "nginx"
SCHEME = "https" if THROUGH_NGINX else "http"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP *.localhost 127.0.0.1",
    *(["--ignore-certificate-errors"] if THROUGH_NGINX else []),
]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        reason = "no Chromium: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            yield browser
            browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


@contextmanager
def served() -> Iterator[int]:
    """Serve the database of this moment from threads of this process; gives the port."""
    if THROUGH_NGINX:
        with _through_nginx() as port:
            yield port
        return
    for alias in ("default", "pages"):
        caches[alias].clear()
    server = ThreadedWSGIServer(("127.0.0.1", 0), _QuietHandler)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def _through_nginx() -> Iterator[int]:
    database = connection.settings_dict["NAME"]
    with (
        tempfile.TemporaryDirectory(prefix="gromada-served-") as folder,
        serving(
            database, Path(folder), DJANGO_SETTINGS_MODULE="tests.browser.production_settings"
        ) as here,
    ):
        yield here.ports.tls


class Sites:
    """Addresses on the running server: ``sites("kety", "/kontakt/")``; "" is the bare domain."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __call__(self, site: str, path: str = "/") -> str:
        host = f"{site}.localhost" if site else "localhost"
        return f"{SCHEME}://{host}:{self.port}{path}"


@pytest.fixture(scope="package")
def sites(chromium: Browser, demo_database: str, django_db_blocker: Any) -> Iterator[Sites]:
    """The 23 sites, to be read only."""
    with django_db_blocker.unblock(), using_database(demo_database), served() as port:
        yield Sites(port)


@pytest.fixture
def demo(sites: Sites) -> Iterator[Sites]:
    """The 23 sites with the demo's doors open."""
    if THROUGH_NGINX:
        pytest.skip("the demo's doors open to nobody who comes through a proxy")
    with as_demo():
        yield sites


@pytest.fixture
def open_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A fresh browser window: ``open_context(viewport=PHONE)``; phones do not animate here."""
    opened: list[BrowserContext] = []

    def new(**options: Any) -> BrowserContext:
        context = chromium.new_context(**{"reduced_motion": "reduce", "viewport": DESK} | options)
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield new
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def reader(chromium: Browser) -> Iterator[Page]:
    """One window for many pages, where nothing of one page can matter to the next."""
    with chromium.new_context(reduced_motion="reduce", viewport=DESK) as context:
        yield context.new_page()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context().new_page()


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(viewport=PHONE).new_page()
