from typing import Any

from django.core.management.base import BaseCommand

from tenants.teryt import load_municipalities


class Command(BaseCommand):
    help = "Brings the register of municipalities (TERYT) up to date."

    def handle(self, *_args: Any, **_options: Any) -> None:
        changed = load_municipalities()
        self.stdout.write(f"municipalities: {changed} changed")
