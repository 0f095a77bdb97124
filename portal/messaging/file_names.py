"""What an attached file is called for others: a name that says what it is and does nothing."""

import re
import unicodedata

from django.utils.translation import gettext as _

LONGEST = 60
# Control signs, signs that turn the writing round ("gpj.exe" read backwards), and what means
# something in a path, in a header or in HTML.
_UNWANTED = re.compile(r'[<>:"\'|?*&;%`{}\[\]$#\\/]')
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def clean_name(sent: str, extension: str = "") -> str:
    """``C:\\scan\\Pismo.PDF`` → ``Pismo.pdf``; with no ``extension`` the one it has stays."""
    last = re.split(r"[\\/]", sent)[-1]
    visible = "".join(
        sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C"
    )
    name = " ".join(_UNWANTED.sub(" ", visible).split()).strip(". ")
    if extension:
        while _EXTENSION.search(name):
            name = _EXTENSION.sub("", name).strip(". ")
    return (name[:LONGEST].strip(". ") or _("file")) + extension
