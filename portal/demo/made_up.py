"""Names, addresses and numbers that belong to nobody.

Everything follows from the site and a number, so that each start of the demo makes the same people.
Mail addresses end in ``.example``, which no mail reaches (RFC 2606). Poland has set no telephone
numbers aside for fiction, so people have Swedish ones: 070-174 06 05 to 99 are kept by Sweden's
regulator (PTS) for books and films, and ring nowhere. No town has the postcode 00-000.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from zlib import crc32

from tenants.models import Tenant
from tenants.polish import slug

_FILE = Path(__file__).with_name("made_up.toml")
_SPACE = UUID("6d0a1f5e-7c50-4c53-9b7d-1d8f4f8a2d11")


@cache
def content() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def key_of(thing: str, tenant: Tenant) -> UUID:
    """The same id at every start, another in every gmina."""
    return uuid5(_SPACE, f"{tenant.schema_name} {thing}")


def name_of(number: int, tenant: Tenant, *, is_woman: bool) -> tuple[str, str]:
    """First and last name; numbers below 156 give different ones."""
    first_names = content()["first_names"]["women" if is_woman else "men"]
    voivodeship = str(tenant.municipality_id or "")[:2]
    surnames = content()["surnames"].get(voivodeship) or content()["surnames"]["elsewhere"]
    place = crc32(tenant.schema_name.encode()) + number
    return first_names[place % len(first_names)], surnames[place % len(surnames)]


def email_of(name: tuple[str, str], tenant: Tenant) -> str:
    return f"{slug(name[0])}.{slug(name[1])}@{mail_domain(tenant)}"


def mail_domain(tenant: Tenant) -> str:
    return f"{tenant.schema_name.replace('_', '-')}.example"


def phone(number: int) -> str:
    """One of the 95 that ring nowhere."""
    return f"+467017406{5 + number % 95:02d}"


def address_in(tenant: Tenant, number: int) -> dict[str, str]:
    streets = content()["streets"]
    city = tenant.municipality.name if tenant.municipality else tenant.name
    return {
        "street": f"{streets[number % len(streets)]} {number}",
        "postcode": "00-000",
        "city": city[:80],
    }
