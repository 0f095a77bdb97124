from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants import worker


class Command(BaseCommand):
    help = "Runs what was deferred: messages, nightly duties, scheduled publishing. Ctrl-C ends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--concurrency",
            type=int,
            default=worker.CONCURRENCY,
            help=f"jobs of each queue at the same time ({worker.CONCURRENCY})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["concurrency"] < 1:
            raise CommandError("--concurrency must be at least 1.")
        worker.run(
            concurrency=options["concurrency"],
            when_ready=lambda: self.stdout.write("worker ready", ending="\n"),
        )
