from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms_pages.site_files import SiteFile, load_site, site_files
from tenants.binding import bind
from tenants.models import Tenant


class Command(BaseCommand):
    help = "Load content files (cms_pages/content/sites) into existing sites."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("slug", nargs="?", help="name of a content file, without .toml")
        which.add_argument("--all", action="store_true", help="every site that has a file")
        parser.add_argument("--host-suffix", default="localhost", help="sites are <slug>.<suffix>")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = site_files() if options["all"] else [SiteFile.read(options["slug"])]
        except FileNotFoundError:
            raise CommandError(f"slug: there is no content file {options['slug']}.toml.") from None
        for file in files:
            domain = f"{file.slug}.{options['host_suffix']}"
            tenant = Tenant.objects.filter(domains__domain=domain).first()
            if tenant is None:
                raise CommandError(f"host-suffix: no site is served at {domain}.")
            with bind(tenant):
                load_site(file)
            self.stdout.write(f"{domain}: {tenant.name}")
