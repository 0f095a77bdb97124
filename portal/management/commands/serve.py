import gc
import os
import socket
from argparse import ArgumentParser
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application

from portal.serving.family import Child, run_family
from portal.serving.listening import PortTaken, listen
from portal.serving.pages import serve_pages
from portal.serving.sockets import serve_sockets
from portal.serving.without_owner import without_owner
from portal.serving.work import work

PARTS = ("pages", "sockets", "worker")


class Command(BaseCommand):
    help = (
        "Serves one machine behind a proxy: pages, sockets (/ws/) on the next port, and the worker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; all unless named"
        )
        parser.add_argument("--bind", default="127.0.0.1", help="address (127.0.0.1)")
        parser.add_argument(
            "--port", type=int, default=8000, help="of the pages (8000); sockets have the next one"
        )
        parser.add_argument("--workers", type=int, default=4, help="processes that serve pages (4)")
        parser.add_argument("--threads", type=int, default=4, help="of each of them (4)")

    def handle(self, *args: Any, **options: Any) -> None:
        parts = options["parts"] or list(PARTS)
        _check(parts, options)
        try:
            family = self._family(parts, options)
        except PortTaken as error:
            raise CommandError(str(error)) from None
        _set_up()
        run_family(family, when_ready=partial(self._ready, parts, options))

    def _family(self, parts: list[str], options: dict[str, Any]) -> list[Child]:
        """In the order in which they are started; their sockets listen already."""
        bind, port = options["bind"], options["port"]
        family = []
        if "pages" in parts:
            door = listen(bind, port)
            pages = partial(
                serve_pages, [door], workers=options["workers"], threads=options["threads"]
            )
            family.append(Child("pages", without_owner(pages), [door]))
        if "sockets" in parts:
            door = listen(bind, port + 1)
            family.append(Child("sockets", without_owner(partial(serve_sockets, [door])), [door]))
        if "worker" in parts:
            family.append(Child("worker", work))
        return family

    def _ready(self, parts: list[str], options: dict[str, Any]) -> None:
        bind, port = options["bind"], options["port"]
        where = {"pages": f" {bind}:{port}", "sockets": f" {bind}:{port + 1}", "worker": ""}
        self.stdout.write("ready: " + ", ".join(f"{part}{where[part]}" for part in parts))
        self.stdout.flush()
        _tell_systemd()


def _check(parts: list[str], options: dict[str, Any]) -> None:
    """
    Raises:
        CommandError: says what is to be done.
    """
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        raise CommandError(f"There is no {unknown[0]}; the parts are {', '.join(PARTS)}.")
    if options["workers"] < 1 or options["threads"] < 1:
        raise CommandError("--workers and --threads must be at least 1.")
    if not 0 < options["port"] < 65_535:
        raise CommandError("--port must be between 1 and 65534.")
    if settings.SECRET_KEY.startswith("development-only-"):
        raise CommandError(
            "These are a developer's settings. Set DJANGO_SETTINGS_MODULE to"
            " portal.settings.production; manage.py demo needs no settings."
        )
    if "pages" in parts and not (Path(settings.STATIC_ROOT or "") / "staticfiles.json").exists():
        raise CommandError(
            f"There are no static files in {settings.STATIC_ROOT}. Run manage.py collectstatic"
            " --noinput first."
        )
    if "worker" in parts and settings.DATABASES["default"]["OWNER"] is None:
        raise CommandError(
            "Set the environment variable OWNER_DATABASE_URL: the worker's nightly job needs it."
        )


def _set_up() -> None:
    """What all children need is read once, and shared by them."""
    get_wsgi_application()
    import_module(settings.ROOT_URLCONF)
    import_module("portal.asgi")
    gc.collect()
    gc.freeze()  # or each child would copy the memory by counting in it


def _tell_systemd() -> None:
    """A unit of ``Type=notify`` is started when its service says so."""
    address = os.environ.get("NOTIFY_SOCKET")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line, suppress(OSError):
            line.sendto(b"READY=1", address.replace("@", "\0", 1))
