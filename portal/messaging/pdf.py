"""PDFs that only show pages. A signed letter must stay as it was signed, so a PDF is not made anew
as a picture is: it is looked through, and taken as it is or not at all."""

import logging
import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from time import monotonic
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.generic import IndirectObject, NullObject

from portal.messaging.refusals import ActiveFile, BadFile, LockedFile

START_OF_PDF = b"%PDF-"
# More than a long letter has; a file made to keep the reader busy is left.
MOST_OBJECTS = 20_000
# Bytes of objects packed together; pages and pictures are not unpacked.
MOST_UNPACKED = 8 * 1024 * 1024
PATIENCE_SECONDS = 3
# Names that stand for a script, a program, a file inside, a form that sends itself.
ACTIVE = frozenset(
    {
        "/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/RichMedia",
        "/XFA", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/Movie",
    }
)  # fmt: skip
_STREAM_BEGINS, _STREAM_ENDS = re.compile(rb"stream\r?\n"), b"endstream"
_OBJECT_BEGINS = re.compile(rb"\s*(\d{1,10})\s+(\d{1,5})\s+obj")
_NAME = re.compile(rb"/[^\x00-\x20()<>\[\]{}/%]+")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# What makes a browser take a file for a page, wherever it stands.
_PAGE = re.compile(rb"<(!doctype|html|head|body|script|svg|iframe|\?php)[\s>]", re.IGNORECASE)
_AFTER_THE_END = re.compile(rb"%%EOF[\x00\s]*\Z")

# What it has to say of strangers' files, a line for each flaw, is no news of ours.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def check_pdf(content: bytes, name: str) -> None:
    """
    Raises:
        BadFile: it is broken, or a file of another kind at the same time.
        LockedFile: nobody can look into it without its password.
        ActiveFile: it does something, or holds another file.
    """
    if (
        not _AFTER_THE_END.search(content)
        or _PAGE.search(content)
        or zipfile.is_zipfile(BytesIO(content))
    ):
        raise BadFile(name)
    if not ACTIVE.isdisjoint(_names_as_written(content)):
        raise ActiveFile(name)
    try:
        is_locked, is_active = _looked_through(content)
    except Exception as problem:  # whatever a parser makes of bytes meant to break it
        raise BadFile(name) from problem
    if is_locked:
        raise LockedFile(name)
    if is_active:
        raise ActiveFile(name)


def _names_as_written(content: bytes) -> Iterator[str]:
    """Of every object that is not packed, also of those that a later one replaces."""
    for found in _NAME.finditer(b" ".join(_outside_streams(content))):
        yield _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), found[0]).decode("latin-1")


def _outside_streams(content: bytes) -> Iterator[bytes]:
    """In one pass, however many streams begin and never end."""
    after = 0
    while (begins := _STREAM_BEGINS.search(content, after)) is not None:
        ends = content.find(_STREAM_ENDS, begins.end())
        if ends < 0:
            break
        yield content[after : begins.start()]
        after = ends + len(_STREAM_ENDS)
    yield content[after:]


def _looked_through(content: bytes) -> tuple[bool, bool]:
    """Whether it is locked, whether it is active.

    Raises:
        Exception: of any kind, when it cannot be read as the standard says, or not in time.
    """
    with apply_configuration(zlib_maximum_output_length=MOST_UNPACKED):
        reader = PdfReader(BytesIO(content), strict=True)
        if reader.is_encrypted:
            return True, False
        is_active = not ACTIVE.isdisjoint(_names_in(_objects(reader, content)))
        if not is_active and not reader.pages:
            raise ValueError
        return False, is_active


def _objects(reader: PdfReader, content: bytes) -> Iterator[Any]:
    """All of them, the packed ones too, whether or not a page leads there.

    Raises:
        ValueError: there are too many, or one cannot be looked into, which another program may
            well understand.
    """
    deadline = monotonic() + PATIENCE_SECONDS
    places = {
        (number, version): place
        for version, of_version in reader.xref.items()
        for number, place in of_version.items()
        if not reader.xref_free_entry.get(version, {}).get(number)
    }
    packed = {(number, 0) for number in reader.xref_objStm}
    if len(places) + len(packed) > MOST_OBJECTS:
        raise ValueError
    yield reader.trailer
    for number, version in sorted(places.keys() | packed):
        if (number, version) not in packed:
            _check_place(content, places[number, version], number, version)
        one = IndirectObject(number, version, reader).get_object()
        if one is None or isinstance(one, NullObject) or monotonic() > deadline:
            raise ValueError
        yield one


def _check_place(content: bytes, place: int, number: int, version: int) -> None:
    """Where an object does not begin where the file says, the reader would search all of it."""
    begins = _OBJECT_BEGINS.match(content, place)
    if begins is None or (int(begins[1]), int(begins[2])) != (number, version):
        raise ValueError


def _names_in(objects: Iterable[Any]) -> Iterator[str]:
    """Keys and names of objects and of what stands directly in them."""
    for whole in objects:
        parts = [whole]
        while parts:
            part = parts.pop()
            if isinstance(part, dict):
                yield from map(str, part)
                parts.extend(part.values())
            elif isinstance(part, list):
                parts.extend(part)
            elif isinstance(part, str):
                yield str(part)
