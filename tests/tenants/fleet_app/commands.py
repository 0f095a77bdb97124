"""``python -u -m tests.tenants.fleet_app.commands NAME=VALUE … -- COMMAND …``: a command of ours in
a process of its own, with some settings of the tests replaced."""

import sys

import django
from django.conf import settings
from django.core.management import call_command


def hang(*_args: object, **_options: object) -> None:
    """Stands for a step during which the machine loses its power."""
    print("hanging", flush=True)
    sys.stdin.read()


def plant_nothing(*_args: object, **_options: object) -> None:
    """A starter for tests that look at schemas only."""


if __name__ == "__main__":
    split = sys.argv.index("--")
    for setting in sys.argv[1:split]:
        name, value = setting.split("=")
        setattr(settings, name, {"fleet_app": value} if name == "MIGRATION_MODULES" else value)
    django.setup()
    call_command(*sys.argv[split + 1 :])
