from typing import Any, NoReturn

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as DjangoMigrate


class Command(DjangoMigrate):
    help = "Not used here: run migrate_fleet."

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        raise CommandError(
            "Each site has its own schema: run migrate_fleet, which migrates the registry, "
            "the template and every site."
        )
