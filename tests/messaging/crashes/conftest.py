import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.notifications.conftest import (  # noqa: F401 (fixtures)
    _as_in_production,
    _no_pauses,
    sink,
)
from tests.notifications.test_crashes import srem_itself, wait_until  # noqa: F401 (fixtures)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass
class Redis:
    """A real one, on a port of its own, that keeps nothing."""

    folder: Path
    port: int = field(default_factory=_free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [which("redis-server") or "redis-server", "--port", str(self.port), "--bind",
             "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        wait_until(self.answers)

    def answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
            line.sendall(b"PING\r\n")
            return line.recv(7) == b"+PONG\r\n"
        return False

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def redis(tmp_path: Path, settings: Any) -> Iterator[Redis]:
    """What open pages are told passes through it, as where ``REDIS_URL`` is set."""
    redis = Redis(tmp_path)
    redis.start()
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [f"redis://127.0.0.1:{redis.port}"], "prefix": "gromada"},
        }
    }
    try:
        yield redis
    finally:
        redis.kill()
