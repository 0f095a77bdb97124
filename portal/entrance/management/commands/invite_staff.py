from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from portal.accounts.roles import STAFF, Role
from portal.audit.models import record
from portal.entrance.addresses import EMAIL, LoginAddress
from portal.entrance.invitations import link, new_invitation, roles_to_invite_to
from tenants.binding import bind
from tenants.models import Tenant


class Command(BaseCommand):
    help = "Print a link with which somebody joins the staff of a site: its first director."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("domain", help="host name of the site")
        parser.add_argument("email")
        parser.add_argument("--role", choices=[role.value for role in Role if role in STAFF],
                            default=Role.DIRECTOR.value)  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(domains__domain=options["domain"].lower()).first()
        if tenant is None:
            raise CommandError(f"domain: no site is served at {options['domain']}.")
        email = options["email"].lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"email: {email!r} is not an e-mail address.") from None
        role = Role(options["role"])
        with bind(tenant), transaction.atomic():
            if role not in roles_to_invite_to():
                raise CommandError(f"role: {tenant.name} has no {role.value}.")
            invitation, token = new_invitation(
                address=LoginAddress(EMAIL, email),
                role=role,
                organisation=None,
                organisation_role="",
                invited_by=None,
            )
            record("invitation.sent", actor=None, of=invitation, role=role.value)
            self.stdout.write(
                f"{email} may accept until {invitation.expires_at:%Y-%m-%d}:\n{link(token)}"
            )
