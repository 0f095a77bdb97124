"""Addresses of opportunities: from the title, in letters everybody can type."""

import re

from tenants.polish import slug
from volunteering.models import Opportunity

LONGEST = 60
_WITHOUT_LATIN_LETTERS = "oferta"


def free_slug(title: str) -> str:
    """``paczki-dla-seniorow``; with a number where another opportunity has it already."""
    base = re.sub(r"[^a-z0-9-]+", "", slug(title))[:LONGEST].strip("-") or _WITHOUT_LATIN_LETTERS
    taken = set(Opportunity.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 1
    while (found := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return found
