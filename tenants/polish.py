"""Polish letters: search without them, slugs that keep them readable, the order of the alphabet."""

import re
import unicodedata

_TO_ASCII = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
_POLISH_LETTERS = {
    "ą": "a1", "ć": "c1", "ę": "e1", "ł": "l1", "ń": "n1", "ó": "o1", "ś": "s1", "ź": "z1",
    "ż": "z2",
}  # fmt: skip
_DASHES = "-\u2010\u2011\u2012\u2013\u2014"
_AFTER_EVERY_LETTER = "z9"


def without_diacritics(text: str) -> str:
    """``Łódź`` → ``Lodz``; Unicode decomposition alone would keep the ł."""
    return unicodedata.normalize("NFC", text).translate(_TO_ASCII)


def search_key(text: str) -> str:
    """Lower-case words without Polish letters or punctuation, for comparing what people type."""
    return " ".join(re.findall(r"\w+", without_diacritics(text).lower()))


def slug(text: str) -> str:
    """``Stary Sącz`` → ``stary-sacz``."""
    return "-".join(search_key(text).replace("_", " ").split())


def sort_key(text: str) -> str:
    """A string of two characters a letter that orders as the Polish alphabet orders the text.

    Words first, then hyphenated words, digits, and the 35 letters (q, v and x in their Latin
    places), upper case as lower, ``ą`` after every ``a``; a foreign mark does not count (``é`` is
    ``e``) and other scripts follow. Only a-z, 0-9 and foreign letters occur, so that every
    collation of the database gives the same order as a comparison of bytes.
    """
    letters = unicodedata.normalize("NFC", " ".join(text.lower().split()))
    return "".join(_sort_key_of(letter) for letter in letters)


def _sort_key_of(letter: str) -> str:
    if letter in _POLISH_LETTERS:
        return _POLISH_LETTERS[letter]
    if letter == " ":
        return "00"
    if letter in _DASHES:
        return "01"
    plain = unicodedata.normalize("NFKD", letter)[0]
    if "a" <= plain <= "z":
        return f"{plain}0"
    if "0" <= plain <= "9":
        return f"1{plain}"
    return f"{_AFTER_EVERY_LETTER}{letter}" if letter.isalpha() else ""
