from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.partnership_files import load_partnership, partnership_files
from tenants.partnership_tables import PartnershipError


class Command(BaseCommand):
    help = "Loads partnership files into the registry; each file is written whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--all", action="store_true", help="the files that come with the project"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        files = [*options["files"], *(partnership_files() if options["all"] else [])]
        if not files:
            raise CommandError("Name at least one file, or use --all.")
        for file in files:
            try:
                loaded = load_partnership(file)
            except PartnershipError as exc:
                raise CommandError(str(exc)) from None
            self.stdout.write(f"{loaded.key}: {loaded.outcome}")
