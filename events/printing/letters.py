"""What the fonts can draw. People type anything, also pictures; a document that every reader can
read (PDF/UA) refuses a sign it has no shape for, and with it the whole sheet."""

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=1)
def letters() -> frozenset[str]:
    """Every sign of the fonts, and the end of a line; ``letters.txt`` was listed from them."""
    return frozenset((Path(__file__).parent / "fonts" / "letters.txt").read_text("utf-8"))


def drawable(value: Any) -> Any:
    """The same data, each text in signs that can be drawn."""
    if isinstance(value, str):
        return _drawable(value)
    if isinstance(value, dict):
        return {key: drawable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(each) for each in value]
    return value


def _drawable(text: str) -> str:
    known = letters()
    whole = unicodedata.normalize("NFC", text)
    return "".join(sign if sign in known else _nearest(sign) for sign in whole)


def _nearest(sign: str) -> str:
    """The same letter plainer (``𝓢`` → ``S``); of a script we have no letters for, a question mark;
    of a picture and of what is not seen at all, nothing."""
    plainer = "".join(each for each in unicodedata.normalize("NFKD", sign) if each in letters())
    if plainer:
        return plainer
    kind = unicodedata.category(sign)
    if kind == "Zs" or sign.isspace():
        return " "
    if kind == "Pd":
        return "-"
    return "?" if kind[0] in "LN" else ""
