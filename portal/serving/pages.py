"""The pages: gunicorn, its workers forked after Django is set up."""

import gc
import socket
from collections.abc import Callable, Sequence
from typing import Any

from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication


class WsgiServer(BaseApplication):
    def __init__(self, application: Any, **options: Any) -> None:
        self.application = application
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        # What was set up before the fork is never garbage: left alone by the workers' collector, it
        # costs no time and its pages of memory stay shared.
        gc.collect()
        gc.freeze()
        return self.application


def serve_pages(
    listeners: Sequence[socket.socket],
    *,
    when_ready: Callable[[], object],
    workers: int,
    threads: int,
    **options: Any,
) -> None:
    """Serve until SIGTERM."""
    WsgiServer(
        get_wsgi_application(),
        **{
            "bind": [f"fd://{listener.fileno()}" for listener in listeners],
            "workers": workers, "threads": threads, "worker_class": "gthread",
            "preload_app": True, "when_ready": lambda _arbiter: when_ready(),
            # A proxy keeps its own for less long, so it is never the one who is surprised.
            "keepalive": 75, "graceful_timeout": 8, "timeout": 60, "loglevel": "warning",
            "control_socket_disable": True,
        } | options,
    ).run()  # fmt: skip
