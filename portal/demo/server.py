"""The demo's web server: gunicorn, its workers forked after Django is set up."""

import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

WORKERS, THREADS = 2, 8


class PortTaken(Exception):
    """Somebody else listens there."""


def serve(addresses: list[tuple[str, str]], *, port: int, write: Callable[[str], object]) -> None:
    """Serve until Ctrl-C.

    Raises:
        PortTaken: with the advice to choose another.
    """
    binds = check_port(port)

    def announce(_arbiter: Any) -> None:
        for name, address in addresses:
            write(f"  {address:<42} {name}")
        write(f"ready: http://localhost:{port}/")

    connections.close_all()
    WsgiServer(
        get_wsgi_application(),
        bind=binds, workers=WORKERS, threads=THREADS, worker_class="gthread",
        preload_app=True, when_ready=announce, worker_exit=_end_here, loglevel="critical",
        graceful_timeout=1, timeout=60,
    ).run()  # fmt: skip


def _end_here(arbiter: Any, _worker: Any) -> None:
    """A forked web process must not go on to what the demo itself does at its end."""
    if os.getpid() != arbiter.pid:
        end = sys.exception()
        os._exit(end.code if isinstance(end, SystemExit) and isinstance(end.code, int) else 1)


def check_port(port: int) -> list[str]:
    """Where to listen: loopback, also IPv6 where there is any: browsers try it first.

    Raises:
        PortTaken: somebody else listens there.
    """
    binds = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            if family == socket.AF_INET:
                raise PortTaken(
                    f"Port {port} is taken ({error.strerror}). Try --port {port + 1}."
                ) from None
        else:
            binds.append(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return binds


class WsgiServer(BaseApplication):
    def __init__(self, application: Any, **options: Any) -> None:
        self.application = application
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self.application
