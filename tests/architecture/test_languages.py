"""Three complete languages: nothing untranslated, nothing guessed, nothing stale."""

import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

LANGUAGES = ("pl", "en", "uk")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>")


def catalogue_file(language: str) -> Path:
    return Path(settings.PROJECT, "portal", "locale", language, "LC_MESSAGES", "django.po")


def catalogue(language: str) -> Catalog:
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language)


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated_and_nothing_guessed(language: str) -> None:
    unfinished = [
        message.id
        for message in catalogue(language)
        if message.id and (message.fuzzy or not all(texts(message)))
    ]
    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_tags_survive_translation(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = {placeholder for text in ids for placeholder in PLACEHOLDER.findall(text)}
        for text in texts(message):
            assert set(PLACEHOLDER.findall(text)) <= wanted, text
        assert wanted <= {part for text in texts(message) for part in PLACEHOLDER.findall(text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_fresh(language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    assert catalogue_file(language).with_suffix(".mo").read_bytes() == compiled.getvalue(), (
        "run: uv run .ci/messages --compile"
    )


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed")
def test_no_word_of_the_interface_is_missing_from_the_catalogues(tmp_path: Path) -> None:
    copy = tmp_path / "project"
    keep = shutil.ignore_patterns(".*", "tests", "staticfiles", "node_modules", "__pycache__")
    shutil.copytree(settings.PROJECT, copy, ignore=keep)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--locale=pl", "--no-wrap", "--no-location"],
        cwd=copy, check=True, capture_output=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.dev"},
    )  # fmt: skip
    with (copy / "portal/locale/pl/LC_MESSAGES/django.po").open("rb") as file:
        collected = {message.id for message in read_po(file) if message.id}
    assert collected - {message.id for message in catalogue("pl")} == set()
