#!/usr/bin/env python
import os
import sys

from portal.demo import environment


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    if sys.argv[1:2] == ["demo"]:
        environment.prepare(sys.argv[2:])
    from django.core.management import execute_from_command_line  # noqa: PLC0415  after the above

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
