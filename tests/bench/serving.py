"""The home page through nginx and ``manage.py serve``, beside the same page under one ASGI server.

Both are asked in turn, by the same crowd, and have the same database and the same settings but for
the age of connections. Ours
stands behind TLS and the shipped nginx configuration; uvicorn, which runs ``portal.asgi``, is asked
directly. Nobody sends an ETag back, and the page is cached by both, as it is in production.
"""

import http.client
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db import connections

from portal.demo.installation import install
from tests.bench.figures import Figure
from tests.serving.behind_nginx import (
    WORKERS,
    collect_static,
    environment_of,
    serving,
    wait_for_port,
)
from tests.serving.visitor import UNVERIFIED

HOST, PATH = "rokietnica.localhost", "/"
ASGI_PORT = 8_790
PEOPLE, ROUNDS, SECONDS = 8, 5, 3.0


def figures(_sites: int) -> Iterator[Figure]:
    data = Path(settings.DATA_FOLDER)
    install(data, port=ASGI_PORT, write=lambda _line: None)
    database = settings.DATABASES["default"]["NAME"]
    with tempfile.TemporaryDirectory(prefix="gromada-bench-served-") as name:
        folder = Path(name)
        environment = environment_of(database, folder)
        collect_static(folder, environment)
        with serving(database, folder) as served, one_asgi_server(environment):
            rounds = [
                (
                    answered(is_ours=True, port=served.ports.tls),
                    answered(is_ours=False, port=ASGI_PORT),
                )
                for _round in range(1 + ROUNDS)
            ][1:]  # they have warmed up
    yield Figure(
        "home page through nginx and serve, under one ASGI server",
        median(ours for ours, _theirs in rounds),
        median(theirs for _ours, theirs in rounds),
        unit="rps",
        more_is_better=True,
        note=f"at least 2; {WORKERS} workers, {PEOPLE} people at once",
    )


@contextmanager
def one_asgi_server(environment: Mapping[str, str]) -> Iterator[None]:
    # It has no proxy in front of it, so the crowd says what a proxy would.
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "portal.asgi:application", "--port", str(ASGI_PORT),
         "--log-level", "warning", "--no-access-log"],
        env={**environment, "DJANGO_SETTINGS_MODULE": "tests.bench.asgi_settings"},
        cwd=settings.PROJECT,
    )  # fmt: skip
    try:
        wait_for_port(ASGI_PORT, seconds=30)
        yield
    finally:
        process.terminate()
        process.wait(10)


def answered(*, is_ours: bool, port: int) -> float:
    """Pages a second, for a crowd in a process of its own."""
    connections.close_all()
    with get_context("fork").Pool(1) as pool:
        return float(pool.apply(crowd, (is_ours, port)))


def crowd(is_ours: bool, port: int) -> float:
    end = time.perf_counter() + SECONDS
    with ThreadPoolExecutor(PEOPLE) as people:
        pages = sum(people.map(lambda _one: _read(is_ours, port, end), range(PEOPLE)))
    return pages / (SECONDS + time.perf_counter() - end)


def _read(is_ours: bool, port: int, end: float) -> int:
    """One person reads the page again and again; how often."""
    line = (
        http.client.HTTPSConnection("127.0.0.1", port, context=UNVERIFIED)
        if is_ours
        else http.client.HTTPConnection("127.0.0.1", port)
    )
    headers = {"Host": f"{HOST}:{port}", "X-Forwarded-Proto": "https"}
    pages = 0
    while time.perf_counter() < end:
        line.request("GET", PATH, headers=headers)
        response = line.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{PATH}: {response.status}")
        pages += 1
    line.close()
    return pages
