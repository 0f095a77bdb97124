"""Reads the texts sites start with and the content files of single sites, and turns their
paragraphs into what pages are made of."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.html import escape

CONTENT = Path(__file__).parent / "content"

Texts = Mapping[str, Any]
Blocks = list[tuple[str, Any]]


@cache
def starter_texts() -> Texts:
    """``starter.toml``: a table per page, with sub-tables ``en`` and ``uk``."""
    return _read(CONTENT / "starter.toml")


@cache
def service_texts() -> Mapping[str, Texts]:
    """``services.toml`` by key."""
    return {service["key"]: service for service in _read(CONTENT / "services.toml")["service"]}


def site_texts(slug: str) -> Texts:
    """``sites/<slug>.toml``.

    Raises:
        FileNotFoundError: there is no file for this site.
    """
    return _read(CONTENT / "sites" / f"{slug}.toml")


def site_slugs() -> list[str]:
    """Every site that has a content file, in alphabetical order."""
    return sorted(file.stem for file in (CONTENT / "sites").glob("*.toml"))


def filled(value: Any, names: Mapping[str, str]) -> Any:
    """The texts with ``{site}``, ``{municipality}`` and ``{unit}`` put in."""
    if isinstance(value, str):
        return value.format_map(names) if "{" in value else value
    if isinstance(value, list):
        return [filled(item, names) for item in value]
    if isinstance(value, dict):
        return {key: filled(item, names) for key, item in value.items()}
    return value


def paragraphs(texts: Iterable[str]) -> str:
    """Plain paragraphs as rich text."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def text_blocks(texts: Iterable[str]) -> Blocks:
    """Paragraphs as one block of a page's body; nothing for no paragraphs."""
    html = paragraphs(texts)
    return [("text", html)] if html else []


def section_blocks(sections: Iterable[Texts]) -> Blocks:
    """``heading`` and ``text`` pairs as blocks."""
    return [
        ("section", {"heading": section["heading"], "text": paragraphs([section["text"]])})
        for section in sections
    ]


def list_blocks(items: Iterable[str]) -> Blocks:
    return [("item", item) for item in items]


def _read(file: Path) -> Texts:
    return tomllib.loads(file.read_text("utf-8"))
