"""``manage.py serve`` does not start half: it says what is missing."""

import socket
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def in_production(settings: Any, tmp_path: Path) -> Path:
    """The folder of the static files, which were collected."""
    settings.SECRET_KEY, settings.STATIC_ROOT = "a secret", str(tmp_path)
    (tmp_path / "staticfiles.json").touch()
    return tmp_path


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("serve", *arguments)
    return str(refused.value)


def test_it_says_which_port_is_taken(in_production: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"port {port} of" in refusal("--port", str(port))
        assert f"port {port} of" in refusal("sockets", "--port", str(port - 1))


def test_it_says_what_is_missing(
    in_production: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "There is no page;" in refusal("page")
    assert "at least 1" in refusal("--workers", "0")
    assert "between" in refusal("--port", "65535")
    (in_production / "staticfiles.json").unlink()
    assert "collectstatic" in refusal()
    monkeypatch.setitem(settings.DATABASES["default"], "OWNER", None)
    assert "OWNER_DATABASE_URL" in refusal("worker")
    settings.SECRET_KEY = "development-only-0"
    assert "portal.settings.production" in refusal()
