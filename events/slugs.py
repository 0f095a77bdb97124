"""Addresses of activities: from the title, in letters everybody can type."""

import re

from events.models import Activity
from events.models.activity import RESERVED_SLUGS
from tenants.polish import slug

LONGEST = 60
_WITHOUT_LATIN_LETTERS = "zajecia"


def free_slug(title: str) -> str:
    """``smartfon-bez-strachu``; with a number where another activity has it already."""
    base = re.sub(r"[^a-z0-9-]+", "", slug(title))[:LONGEST].strip("-") or _WITHOUT_LATIN_LETTERS
    taken = RESERVED_SLUGS | set(
        Activity.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    number = 1
    while (found := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return found
