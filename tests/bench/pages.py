"""Pages: what a cached one costs beside a bare view, and that neither depends on the fleet.

The reference is a view that answers the same bytes behind the same middleware of the same gunicorn
worker. Both are asked in turn over one kept-alive connection, so that a slow moment of the machine
hits both.
"""

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from django.conf import settings
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.demo.installation import install
from portal.serving.pages import WsgiServer
from tenants import hosts
from tenants.models import Municipality, Tenant
from tenants.provisioning import SiteOrder, provision
from tests.bench.figures import Figure

SITE, PORT = "rokietnica.localhost", 8_765
PATHS = ("/", "/o-projekcie/", "/kontakt/", "/uslugi/", "/aktualnosci/")
ROUNDS, WARM_UP, UNCACHED_ROUNDS = 800, 150, 60


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one page: seconds with and without the cache (medians), queries without."""

    cached: float
    uncached: float
    queries: int


def figures(sites: int) -> Iterator[Figure]:
    """Figures with the 23 sites of the demo, then with ``sites`` of them."""
    data = Path(settings.DATA_FOLDER)
    install(data, port=PORT, write=lambda _line: None)
    yield from cached_beside_bare()
    few = {path: cost(path) for path in PATHS}
    grow_fleet(sites)
    many = {path: cost(path) for path in PATHS}
    for path in PATHS:
        yield Figure(
            f"{path} uncached: {sites} sites, 23",
            many[path].uncached * 1_000,
            few[path].uncached * 1_000,
            unit="ms",
            note=f"queries {many[path].queries}, {few[path].queries} (at most 8)",
        )
        yield Figure(
            f"{path} cached: {sites} sites, 23",
            many[path].cached * 1_000,
            few[path].cached * 1_000,
            unit="ms",
        )


def cached_beside_bare() -> Iterator[Figure]:
    """Requests a second of a cached page and of a bare view, asked in turn."""
    with gunicorn_worker():
        for path in ("/", "/kontakt/"):
            line = http.client.HTTPConnection("127.0.0.1", PORT)
            pairs = [(timed(line, path), timed(line, f"/bare{path}")) for _round in range(ROUNDS)][
                WARM_UP:
            ]
            line.close()
            ours, bare = (1 / median(seconds) for seconds in zip(*pairs, strict=True))
            yield Figure(
                f"{path} cached, beside a bare view", ours, bare, unit="rps", more_is_better=True
            )


def timed(line: http.client.HTTPConnection, path: str) -> float:
    started = time.perf_counter()
    line.request("GET", path, headers={"Host": f"{SITE}:{PORT}"})
    response = line.getresponse()
    response.read()
    if response.status != 200:
        raise RuntimeError(f"{path}: {response.status}")
    return time.perf_counter() - started


@contextmanager
def gunicorn_worker() -> Iterator[None]:
    """One gunicorn worker in a process of its own, with the bare view beside the site's URLs."""
    connections.close_all()
    process = get_context("fork").Process(target=_serve)
    process.start()
    try:
        wait_until(is_listening)
        yield
    finally:
        process.terminate()
        process.join()


def _serve() -> None:
    settings.ROOT_URLCONF = "tests.bench.bare_urls"
    WsgiServer(
        get_wsgi_application(), bind=f"127.0.0.1:{PORT}", workers=1, threads=1,
        worker_class="gthread", preload_app=True, loglevel="error",
    ).run()  # fmt: skip


def is_listening() -> bool:
    try:
        timed(http.client.HTTPConnection("127.0.0.1", PORT), "/robots.txt")
    except OSError:
        return False
    return True


def wait_until(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the worker did not start")
        time.sleep(0.1)


def cost(path: str) -> Cost:
    """Measured in this process, without a socket, so that only our own work is counted."""
    client = Client(HTTP_HOST=f"{SITE}:{PORT}")

    def seconds(*, with_cache: bool) -> float:
        if not with_cache:
            caches["pages"].clear()
        started = time.perf_counter()
        client.get(path)
        return time.perf_counter() - started

    client.get(path)
    cached = median(seconds(with_cache=True) for _round in range(UNCACHED_ROUNDS))
    uncached = median(seconds(with_cache=False) for _round in range(UNCACHED_ROUNDS))
    for cache in caches.all():
        cache.clear()
    hosts.forget()
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return Cost(cached, uncached, len(queries))


def grow_fleet(size: int) -> None:
    missing = size - Tenant.objects.count()
    for municipality in Municipality.objects.filter(tenant=None)[:missing]:
        provision(
            SiteOrder(
                domain=f"g{municipality.teryt}.localhost",
                municipality=municipality,
                status=Tenant.Status.ACTIVE,
            )
        )
