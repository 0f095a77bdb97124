import os
import shutil
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo.installation import install
from portal.demo.server import PortTaken, check_port, serve
from tenants.devdb import ClusterError, only_one_runs, remove_cluster, running_cluster


class Command(BaseCommand):
    help = "Start everything: a database, 23 sites of five real projects, and a web server."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        # Read before the settings are: portal.demo.environment
        parser.add_argument(
            "--data", type=Path, help="folder of the demo's database and files (.gromada)"
        )
        parser.add_argument("--reset", action="store_true", help="empty that folder first")

    def handle(self, *args: Any, **options: Any) -> None:
        data = Path(settings.DATA_FOLDER)
        port = options["port"]
        uses_own_database = "DATABASE_URL" not in os.environ
        try:
            check_port(port)
            if options["reset"]:
                _reset(data)
            with running_cluster(data) if uses_own_database else nullcontext():
                addresses = install(data, port=port, write=self.stdout.write)
                serve(addresses, port=port, write=self.stdout.write)
        except (ClusterError, PortTaken) as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            self.stdout.write("")


def _reset(data: Path) -> None:
    if not data.exists():
        return
    with only_one_runs(data):
        remove_cluster(data)
        shutil.rmtree(data / "media", ignore_errors=True)
        (data / "installed").unlink(missing_ok=True)
