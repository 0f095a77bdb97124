"""What ``deploy/`` says can be done: no container runs here, but every command in it does."""

import json
import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import load_command_class

DEPLOY = Path(settings.PROJECT) / "deploy"
UNIT = (DEPLOY / "gromada.service").read_text(encoding="utf-8")
COMPOSE = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
COMMANDS = [
    *(json.loads(command) for command in re.findall(r"command: (\[.*\])", COMPOSE)),
    json.loads(re.findall(r"^CMD (.*)$", CONTAINERFILE, re.MULTILINE)[0]),
    *(shlex.split(line) for line in re.findall(r"^ExecStart=(.*)$", UNIT, re.MULTILINE)),
    re.findall(r"python manage\.py collectstatic .*", CONTAINERFILE)[0].split(),
]
OURS = [command for command in COMMANDS if "manage.py" in command]
APPS = {
    "serve": "portal", "migrate_fleet": "tenants", "collectstatic": "django.contrib.staticfiles",
}  # fmt: skip


@pytest.mark.parametrize("command", OURS, ids=" ".join)
def test_command_of_a_unit_or_container_is_one_of_ours(command: list[str]) -> None:
    name, *arguments = command[command.index("manage.py") + 1 :]
    parser = load_command_class(APPS[name], name).create_parser("manage.py", name)
    options = parser.parse_args(arguments)
    if name == "serve":
        assert set(options.parts) <= {"pages", "sockets", "worker"}


def test_there_are_commands_to_check() -> None:
    assert len(OURS) >= 6


def test_every_file_that_is_mounted_or_copied_is_there_or_named_in_the_heading() -> None:
    assert (DEPLOY / "nginx.conf").exists()
    assert "./nginx.conf:/etc/nginx/conf.d/" in COMPOSE
    assert "dockerfile: deploy/Containerfile" in COMPOSE
    heading = COMPOSE.split("\nname:")[0]
    for made in ("environment", "certificates"):
        assert f"deploy/{made}" in heading
    ignored = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8").split()
    for secret in ("environment", "certificates", "postgres_password"):
        assert f"deploy/{secret}" in ignored


def test_image_installs_what_is_pinned_by_hash() -> None:
    assert "--require-hashes -r requirements.txt" in CONTAINERFILE
    pinned = (Path(settings.PROJECT) / "requirements.txt").read_text(encoding="utf-8")
    assert "--hash=sha256:" in pinned


def test_service_ends_later_than_the_processes_may() -> None:
    seconds = re.search(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)
    assert seconds
    assert int(seconds[1]) > 10
