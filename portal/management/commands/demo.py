import os
import shutil
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo.installation import install, is_installed
from portal.demo.server import check_port, serve
from portal.serving.listening import PortTaken
from tenants.devdb import (
    ClusterError,
    only_one_runs,
    remove_cluster,
    running_cluster,
    writing_at_ease,
)


class Command(BaseCommand):
    help = "Start everything: a database, 23 sites of five real projects, a worker, a web server."
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
                is_empty = uses_own_database and not is_installed(data)
                with writing_at_ease(data) if is_empty else nullcontext():
                    addresses = install(data, port=port, write=self.stdout.write)
                serve(addresses, port=port, write=self.stdout.write)
        except (ClusterError, PortTaken) as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            self.stdout.write("")
        # All is stopped; freeing the memory piece by piece would take seconds.
        self.stdout.flush()
        os._exit(0)


def _reset(data: Path) -> None:
    if not data.exists():
        return
    with only_one_runs(data):
        remove_cluster(data)
        for folder in ("media", "mail", "sms"):
            shutil.rmtree(data / folder, ignore_errors=True)
        (data / "installed").unlink(missing_ok=True)
