from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from portal.accounts.actions.grant_role import grant_role
from portal.accounts.models import User
from portal.accounts.roles import Role
from tenants.binding import bind
from tenants.models import Tenant

ROLES = {"editor": Role.EDITOR, "director": Role.DIRECTOR}


class Command(BaseCommand):
    help = "Give somebody a login to the editors' admin of one site; asks for the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("domain", help="host name of the site")
        parser.add_argument("email")
        parser.add_argument(
            "--role",
            choices=ROLES,
            default="editor",
            help="an editor writes, a director also approves and publishes",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(domains__domain=options["domain"].lower()).first()
        if tenant is None:
            raise CommandError(f"domain: no site is served at {options['domain']}.")
        email = options["email"].lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"email: {email!r} is not an e-mail address.") from None
        with bind(tenant), transaction.atomic():
            if User.objects.filter(email=email).exists():
                raise CommandError(f"email: {email} already has a login on {tenant.name}.")
            user = User.objects.create_user(email=email, password=_password())
            grant_role(user=user, role=ROLES[options["role"]], acting_user=None)
        self.stdout.write(f"{email} may log in at https://{options['domain']}/cms/")


def _password() -> str:
    password = getpass("Password: ")
    if password != getpass("Password again: "):
        raise CommandError("password: the two are not the same.")
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError(f"password: {' '.join(error.messages)}") from None
    return password
