"""The register of municipalities: TERYT, part TERC, kept by Statistics Poland (GUS).

``tenants/data/teryt.csv`` lists every municipality of kinds 1 to 3; parts of municipalities, which
the register numbers too, are left out.
"""

import csv
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from tenants.models import Municipality
from tenants.polish import search_key, sort_key
from tenants.roles import as_owner

REGISTER = Path(__file__).parent / "data" / "teryt.csv"
_KINDS_OF_PARTS = {"4", "5", "8", "9"}
_FIELDS = ("name", "kind", "county", "voivodeship", "sort_key", "search_key", "as_of")


class TerytError(ValueError):
    """Not the code of a municipality; the message says in one line what is wrong."""


def parse_teryt(text: str) -> str:
    """The seven digits WW PP GG K of a municipality in the register, spaces removed.

    Raises:
        TerytError: wrong length, other characters, a part of a municipality, an unknown code.
    """
    code = "".join(text.split())
    if not (code.isascii() and code.isdigit()):
        raise TerytError(
            _("%(code)r is not a TERYT code: it may have digits only.") % {"code": text[:40]}
        )
    if len(code) != 7:
        raise TerytError(
            _("TERYT code %(code)s has %(count)d digits instead of 7.")
            % {"code": code[:40], "count": len(code)}
        )
    if code[-1] in _KINDS_OF_PARTS:
        raise TerytError(
            _(
                "TERYT code %(code)s is a part of a municipality or a district (kind %(kind)s), "
                "not a municipality: kinds 1, 2 and 3."
            )
            % {"code": code, "kind": code[-1]}
        )
    if not Municipality.objects.filter(pk=code).exists():
        raise TerytError(_not_in_register(code))
    return code


def load_municipalities() -> int:
    """Bring the registry's municipalities to the state of the file; how many rows changed.

    A municipality that left the register stays: projects and sites may point at it.
    """
    with as_owner():
        kept = {teryt: rest for teryt, *rest in Municipality.objects.values_list("teryt", *_FIELDS)}
        changed = [
            municipality
            for municipality in registered_municipalities()
            if kept.get(municipality.teryt) != [getattr(municipality, field) for field in _FIELDS]
        ]
        Municipality.objects.bulk_create(
            changed,
            batch_size=1_000,
            update_conflicts=True,
            unique_fields=["teryt"],
            update_fields=list(_FIELDS),
        )
    return len(changed)


def registered_municipalities() -> list[Municipality]:
    """The rows of the file, unsaved."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return [
            Municipality(
                teryt=row["teryt7"],
                name=row["name"],
                kind=row["kind"],
                county=row["county"],
                voivodeship=row["voivodeship"],
                sort_key=sort_key(row["name"]),
                search_key=search_key(f"{row['name']} {row['county']} {row['voivodeship']}"),
                as_of=date.fromisoformat(row["state_as_of"]),
            )
            for row in csv.DictReader(file)
        ]


def _not_in_register(code: str) -> str:
    if not Municipality.objects.exists():
        return _("The register of municipalities is empty: run manage.py load_teryt first.")
    if twin := Municipality.objects.filter(teryt__startswith=code[:6]).first():
        return _("TERYT code %(code)s is not in the register; %(name)s is %(right)s.") % {
            "code": code,
            "name": twin.name,
            "right": twin.teryt,
        }
    return _("TERYT code %(code)s is not in the register.") % {"code": code}
