from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError
from django.utils.translation import gettext as _

from tenants.models import Municipality, Tenant
from tenants.provisioning import ProvisioningError, SiteOrder, provision
from tenants.template import TemplateError
from tenants.teryt import TerytError, parse_teryt


class Command(BaseCommand):
    help = "Makes the site of a gmina (--teryt) or of a project leader (--kind leader --name)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--teryt", default="", help="seven digits, e.g. 3026043")
        parser.add_argument("--kind", default=Tenant.Kind.MUNICIPALITY, help="or leader")
        parser.add_argument("--domain", default="", help="host name without port")
        parser.add_argument("--name", default="", help="what the office calls itself")
        parser.add_argument("--status", default=Tenant.Status.HIDDEN, help="hidden or active")
        parser.add_argument("--port", type=int, help="when the site is not served on 80 or 443")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            site = provision(_order(options))
        except TerytError as error:
            raise CommandError(f"--teryt: {error}") from None
        except ProvisioningError as error:
            raise CommandError(f"--{error.field}: {error}") from None
        except (TemplateError, ProgrammingError) as error:
            raise CommandError(
                _("The database is not ready, run migrate_fleet first: %(error)s")
                % {"error": str(error).splitlines()[0]}
            ) from None
        self.stdout.write(
            f"{site.name}: {site.get_primary_domain()} ({site.schema_name}, {site.status})"
        )


def _order(options: dict[str, Any]) -> SiteOrder:
    _require_choice(options, "kind", Tenant.Kind.values)
    _require_choice(options, "status", [Tenant.Status.HIDDEN.value, Tenant.Status.ACTIVE.value])
    domain = _ascii_domain(options["domain"])
    return SiteOrder(
        domain=domain,
        municipality=_municipality(options["kind"], options["teryt"]),
        name=options["name"],
        status=options["status"],
        port=options["port"],
    )


def _require_choice(options: dict[str, Any], field: str, choices: list[str]) -> None:
    if options[field] not in choices:
        raise ProvisioningError(
            field,
            _("%(value)r is not one of: %(choices)s.")
            % {"value": options[field], "choices": ", ".join(choices)},
        )


def _municipality(kind: str, teryt: str) -> Municipality | None:
    if kind == Tenant.Kind.LEADER:
        if teryt:
            raise ProvisioningError("teryt", _("A leader's site has no TERYT code, only --name."))
        return None
    if not teryt:
        raise ProvisioningError("teryt", _("Say which gmina: the seven digits of its TERYT code."))
    return Municipality.objects.get(pk=parse_teryt(teryt))


def _ascii_domain(domain: str) -> str:
    if not domain.strip():
        raise ProvisioningError("domain", _("Say under which host name the site is served."))
    if domain.isascii():
        return domain
    try:
        punycode = domain.strip().lower().encode("idna").decode()
    except UnicodeError:
        punycode = "xn--…"
    raise ProvisioningError(
        "domain",
        _("%(domain)r has letters beyond a–z; give its ASCII form (punycode): %(punycode)s")
        % {"domain": domain, "punycode": punycode},
    )
