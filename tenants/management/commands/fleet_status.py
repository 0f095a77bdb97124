import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError
from django.template.defaultfilters import filesizeformat
from rich.console import Console
from rich.table import Table

from tenants.fingerprint import differences
from tenants.fleet_state import FleetState, SiteState, fleet_state

HEADINGS = ("host", "name", "kind", "status", "schema", "pending", "size", "nightly", "failed jobs")


class Command(BaseCommand):
    help = (
        "Lists every site, whether it is like the template and has its nightly job; "
        "exit status 1 if one has not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--diff", action="store_true", help="show what differs, line by line")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            state = fleet_state()
        except ProgrammingError as error:
            raise CommandError(
                f"The database is not ready, run migrate_fleet: {str(error).splitlines()[0]}"
            ) from None
        self._print_table([_row(site) for site in state.sites])
        if options["diff"]:
            self._print_differences(state)
        problems = [
            *(f"{name} has migrations to apply" for name in state.behind_the_code),
            *(f"schema {name} belongs to no site" for name in state.orphans),
            *(f"{site.host} has no nightly job" for site in state.sites if not site.has_night),
        ]
        if state.jobs_without_site:
            problems.append(f"{state.jobs_without_site} failed jobs belong to no site")
        for problem in problems:
            self.stderr.write(problem)
        wrong = sum(not site.is_ok for site in state.sites)
        if wrong or problems:
            raise CommandError(f"{wrong} of {len(state.sites)} sites need migrate_fleet or a look.")

    def _print_table(self, rows: list[tuple[str, ...]]) -> None:
        if sys.stdout.isatty():
            table = Table(*HEADINGS)
            for row in rows:
                table.add_row(*row)
            Console().print(table)
        else:
            for row in [HEADINGS, *rows]:
                self.stdout.write("\t".join(row))

    def _print_differences(self, state: FleetState) -> None:
        for site in state.sites:
            if not site.is_like_template:
                self.stdout.write(f"{site.host}: - only the template, + only the site")
                for line in differences(site.tenant.schema_name):
                    self.stdout.write(f"  {line}")


def _row(site: SiteState) -> tuple[str, ...]:
    return (
        site.host,
        site.tenant.name,
        site.tenant.kind,
        site.tenant.status,
        "ok" if site.is_like_template else "differs" if site.exists else "missing",
        str(site.pending),
        filesizeformat(site.size).replace("\xa0", " "),
        "yes" if site.has_night else "missing",
        str(site.failed_jobs),
    )
