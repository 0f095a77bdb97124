"""One set of versions: what ``uv run`` resolves is what production installs."""

import re
import tomllib
from pathlib import Path

from django.conf import settings

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


def constraints() -> dict[str, str]:
    project = tomllib.loads(Path(settings.PROJECT, "pyproject.toml").read_text())
    return {
        match[1]: match[2]
        for line in project["tool"]["uv"]["constraint-dependencies"]
        if (match := PIN.match(line))
    }


def test_requirements_and_constraints_pin_the_same_versions() -> None:
    text = Path(settings.PROJECT, "requirements.txt").read_text()
    required = dict(PIN.findall(text))
    pinned = constraints()
    assert required
    assert {name: pinned.get(name) for name in required} == required
    assert text.count("--hash=sha256:") >= len(required)


def test_no_file_names_where_packages_come_from() -> None:
    assert (
        not (Path(settings.PROJECT) / ".git" / "index").exists()
        or "uv.lock" in Path(settings.PROJECT, ".gitignore").read_text().split()
    )
    for name in ("requirements.txt", "pyproject.toml"):
        assert "://" not in re.sub(
            r"^#.*$", "", Path(settings.PROJECT, name).read_text(), flags=re.MULTILINE
        )
