from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from tenants.fleet import migrate_fleet


class Command(BaseCommand):
    help = "Brings the registry, the template and every site to the newest migrations."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = migrate_fleet(write=self.stdout.write)
        except Error as error:
            raise CommandError(
                f"Stopped before any site: {str(error).strip().splitlines()[0]}"
            ) from error
        for site, message in report.failed.items():
            self.stderr.write(f"{site.primary_domain} ({site.schema_name}): {message}")
        for site in report.differing:
            self.stderr.write(
                f"{site.primary_domain} ({site.schema_name}): differs from the template; "
                "fleet_status --diff shows where"
            )
        if not report.is_ok:
            raise CommandError(
                f"{len(report.failed)} failed and {len(report.differing)} differ; "
                f"{len(report.migrated) - len(report.differing)} sites were migrated. "
                "Run migrate_fleet again when the causes are removed."
            )
        self.stdout.write(
            f"{len(report.migrated)} sites migrated"
            if report.migrated or report.template_migrations
            else "Every site is up to date."
        )
