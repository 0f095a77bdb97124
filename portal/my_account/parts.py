"""My data, asked in parts: one question a page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Part:
    question: Promise
    fields: tuple[str, ...]


PARTS = {
    "imie": Part(_("What is your name?"), ("first_name", "last_name")),
    "kontakt": Part(_("How can we reach you?"), ("channel", "phone", "email")),
    "adres": Part(_("Where do you live?"), ("street", "postcode", "city")),
    "jezyk": Part(_("In which language should we write?"), ("language",)),
}
