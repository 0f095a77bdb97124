from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User
from portal.entrance.actions.forget_second_factor import forget_second_factor
from tenants.binding import bind
from tenants.models import Tenant


class Command(BaseCommand):
    help = "Let somebody who lost phone and recovery codes set up a second factor anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("domain", help="host name of the site")
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(domains__domain=options["domain"].lower()).first()
        if tenant is None:
            raise CommandError(f"domain: no site is served at {options['domain']}.")
        with bind(tenant):
            user = User.objects.filter(email=options["email"].lower()).first()
            if user is None:
                raise CommandError(f"email: nobody logs in with {options['email']} there.")
            forget_second_factor(user=user, acting_user=None)
        self.stdout.write("Done. The next login by a code leads to setting up a new one.")
