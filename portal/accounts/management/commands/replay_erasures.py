import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.accounts.erasing import erase
from portal.accounts.models import Erasure, Person
from tenants.binding import bind
from tenants.models import Tenant

Row = dict[str, Any]


class Command(BaseCommand):
    help = (
        "After a backup was restored: erase again who had been erased since it was made. "
        "Before restoring, save the list with --save; it holds ids only, no personal data."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--save", type=Path, metavar="FILE", help="write the list of erasures")
        which.add_argument("--from", type=Path, metavar="FILE", dest="list", help="a saved list")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["save"]:
            rows = list(_saved())
            options["save"].write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
            self.stdout.write(f"{options['save']}: {len(rows)} erasures")
            return
        listed = _read(options["list"]) if options["list"] else {}
        for tenant in Tenant.objects.order_by("schema_name"):
            with bind(tenant):
                again = _repeat(listed.get(tenant.schema_name, []))
            self.stdout.write(f"{tenant.name}: {again} erased again")


def _saved() -> Iterator[Row]:
    for tenant in Tenant.objects.order_by("schema_name"):
        with bind(tenant):
            for erasure in Erasure.objects.order_by("erased_at"):
                yield {
                    "site": tenant.schema_name,
                    "person": str(erasure.person),
                    "erased_at": erasure.erased_at.isoformat(),
                    "asked_by": str(erasure.asked_by) if erasure.asked_by else None,
                    "kept": erasure.kept,
                }


def _read(file: Path) -> dict[str, list[Row]]:
    listed: dict[str, list[Row]] = {}
    try:
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            listed.setdefault(row["site"], []).append(row | {"person": UUID(row["person"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"from: {file} is not a list saved by --save: {error}") from None
    return listed


@transaction.atomic
def _repeat(listed: list[Row]) -> int:
    """Erase those listed and those the restored database itself remembers; how many were there."""
    known = set(Erasure.objects.values_list("person", flat=True))
    for row in listed:
        if row["person"] not in known:
            erasure = Erasure.objects.create(
                person=row["person"], asked_by=row["asked_by"], kept=row["kept"]
            )
            # Not now, but when it first happened.
            Erasure.objects.filter(pk=erasure.pk).update(erased_at=row["erased_at"])
    back = Person.objects.current().filter(pk__in=Erasure.objects.values("person"))
    people = list(back.select_for_update())
    for person in people:
        erase(person)
    return len(people)
