from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.models import Tenant
from tenants.provisioning import archive, reopen


class Command(BaseCommand):
    help = "Closes a site to everybody and keeps its data; --undo opens it again, hidden."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("domain", help="any host name of the site")
        parser.add_argument("--undo", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        domain = options["domain"].strip().lower().rstrip(".")
        site = Tenant.objects.filter(domains__domain=domain).first()
        if site is None:
            raise CommandError(f"domain: no site is served under {domain!r}.")
        is_archived = site.status == Tenant.Status.ARCHIVED
        if is_archived != options["undo"]:
            self.stdout.write(f"{site.name} is {site.status} already.")
            return
        (reopen if options["undo"] else archive)(site)
        self.stdout.write(f"{site.name} is now {site.status}.")
