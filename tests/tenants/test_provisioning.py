"""An operator makes sites with provision_site and closes them with archive_site."""

import signal
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import translation

from tenants.fingerprint import differences
from tenants.models import Domain, Tenant
from tests.tenants.fleet_app.operator import owner, process


@pytest.fixture
def everything_kept(unchanged_database: None) -> Iterator[None]:
    before = inventory()
    yield
    assert inventory() == before


def inventory() -> list[Any]:
    """The sites, the host names and the schemas there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1")
        schemas = cursor.fetchall()
    return [
        sorted(Tenant.objects.values_list("schema_name", "status")),
        sorted(Domain.objects.values_list("domain", flat=True)),
        schemas,
    ]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


def refusal(*arguments: str) -> str:
    with translation.override("en"), pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 1
    return str(error.value)


def get(host: str) -> int:
    return Client(HTTP_HOST=host).get("/robots.txt").status_code


def test_a_gmina_gets_a_site(own_database: str) -> None:
    printed = run(
        "provision_site",
        "--teryt",
        "1206072",
        "--domain",
        "Liszki.localhost.",
        "--status",
        "active",
    )

    assert printed == "Gmina Liszki: liszki.localhost (g1206072, active)\n"
    site = Tenant.objects.get(municipality="1206072")
    assert (site.kind, site.status, site.name) == ("municipality", "active", "Gmina Liszki")
    assert differences(site.schema_name) == []


def test_a_leader_gets_a_site_by_name(own_database: str) -> None:
    run(
        "provision_site", "--kind", "leader", "--name", "ROPS w Łodzi", "--domain", "lodz.localhost"
    )

    site = Tenant.objects.get(domains__domain="lodz.localhost")
    assert (site.kind, site.schema_name, site.status) == ("leader", "l_rops_w_lodzi", "hidden")


def test_a_gmina_of_a_name_that_others_share_is_found_by_its_code(own_database: str) -> None:
    """Grybów is a town and a rural gmina around it."""
    run("provision_site", "--teryt", "1210011", "--domain", "grybow.localhost")
    run("provision_site", "--teryt", "1210042", "--domain", "grybow-gmina.localhost")

    assert Tenant.objects.filter(name="Gmina Grybów").count() == 2


@pytest.mark.parametrize(
    ("arguments", "field", "says"),
    [
        ("--teryt 302604 --domain a.localhost", "teryt", "6 digits instead of 7"),
        ("--teryt 30260433 --domain a.localhost", "teryt", "8 digits instead of 7"),
        ("--teryt 30x6043 --domain a.localhost", "teryt", "digits only"),
        ("--teryt 3026044 --domain a.localhost", "teryt", "kind 4"),
        ("--teryt 3026045 --domain a.localhost", "teryt", "kind 5"),
        ("--teryt 1465108 --domain a.localhost", "teryt", "kind 8"),
        ("--teryt 1261029 --domain a.localhost", "teryt", "kind 9"),
        ("--teryt 3026042 --domain a.localhost", "teryt", "3026043"),
        ("--teryt 9926043 --domain a.localhost", "teryt", "not in the register"),
        ("--domain a.localhost", "teryt", "seven digits"),
        ("--teryt 3026043 --domain a.localhost", "teryt", "already has a site"),
        ("--teryt 1206072 --domain srem.localhost", "domain", "already belongs to Gmina Śrem"),
        ("--teryt 1206072 --domain SREM.localhost", "domain", "already belongs to Gmina Śrem"),
        ("--teryt 1206072", "domain", "host name"),
        ("--teryt 1206072 --domain liszki_cus.localhost", "domain", "not a host name"),
        ("--teryt 1206072 --domain=-liszki.localhost", "domain", "not a host name"),
        ("--teryt 1206072 --domain liszki..localhost", "domain", "not a host name"),
        ("--teryt 1206072 --domain liszki.localhost:8000", "domain", "not a host name"),
        ("--teryt 1206072 --domain https://liszki.pl/", "domain", "not a host name"),
        ("--teryt 1206072 --domain śrem.pl", "domain", "xn--rem-bza.pl"),
        ("--teryt 1206072 --domain localhost", "domain", "directory of all sites"),
        ("--kind leader --domain a.localhost", "name", "needs a name"),
        ("--kind leader --name X --teryt 1206072 --domain a.localhost", "teryt", "--name"),
        ("--kind school --domain a.localhost", "kind", "municipality, leader"),
        ("--teryt 1206072 --domain a.localhost --status archived", "status", "hidden, active"),
    ],
)
def test_a_bad_order_is_refused_in_one_line_and_leaves_nothing(
    everything_kept: None, arguments: str, field: str, says: str
) -> None:
    message = refusal("provision_site", *arguments.split())

    assert message.startswith(f"--{field}: ")
    assert says in message
    assert "\n" not in message


def test_a_domain_with_a_space_is_refused(everything_kept: None) -> None:
    message = refusal("provision_site", "--teryt", "1206072", "--domain", "liszki localhost")

    assert message.startswith("--domain: ")


def test_a_starter_that_fails_leaves_nothing(everything_kept: None, settings: Any) -> None:
    settings.TENANT_STARTER = "tests.tenants.test_provisioning.failing_starter"

    with pytest.raises(ZeroDivisionError):
        run("provision_site", "--teryt", "1206072", "--domain", "liszki.localhost")


def failing_starter(tenant: Tenant, **_options: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user")
    raise ZeroDivisionError


def test_a_killed_run_leaves_nothing_and_the_next_one_makes_the_site(own_database: str) -> None:
    before = inventory()
    order = ("provision_site", "--teryt", "1206072", "--domain", "liszki.localhost")
    with process("TENANT_STARTER=tests.tenants.fleet_app.commands.hang", "--", *order) as running:
        assert running.stdout is not None
        assert "hanging" in running.stdout.readline()
        running.send_signal(signal.SIGKILL)
        running.wait()

    assert inventory() == before
    run(*order)
    assert differences("g1206072") == []


def test_an_archived_site_is_closed_and_opens_hidden(own_database: str) -> None:
    assert get("srem.localhost") == 200

    assert run("archive_site", "srem.localhost") == "Gmina Śrem is now archived.\n"
    assert get("srem.localhost") == 410
    assert get("kety.localhost") == 200
    assert run("archive_site", "srem.localhost") == "Gmina Śrem is archived already.\n"

    assert run("archive_site", "SREM.localhost", "--undo") == "Gmina Śrem is now hidden.\n"
    assert run("archive_site", "srem.localhost", "--undo") == "Gmina Śrem is hidden already.\n"


def test_archiving_an_unknown_host_is_refused(everything_kept: None) -> None:
    assert refusal("archive_site", "nobody.localhost") == (
        "domain: no site is served under 'nobody.localhost'."
    )


def test_status_lists_every_site(unchanged_database: None) -> None:
    lines = run("fleet_status").splitlines()

    assert lines[0].split("\t") == [
        "host", "name", "kind", "status", "schema", "pending", "size", "nightly", "failed jobs",
    ]  # fmt: skip
    assert {line.split("\t")[0] for line in lines[1:]} == {"srem.localhost", "kety.localhost"}
    assert all(line.split("\t")[4:6] == ["ok", "0"] for line in lines[1:])
    assert all(line.split("\t")[7:] == ["yes", "0"] for line in lines[1:])


def test_status_tells_of_a_schema_that_belongs_to_nobody(own_database: str) -> None:
    run("provision_site", "--teryt", "1206072", "--domain", "liszki.localhost")
    forget("g1206072")

    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("fleet_status", stdout=out, stderr=out)
    assert error.value.returncode == 1
    assert "schema g1206072 belongs to no site" in out.getvalue()


def forget(schema: str) -> None:
    with owner() as hand:
        hand.execute("DELETE FROM tenants_domain WHERE domain = 'liszki.localhost'")
        hand.execute("DELETE FROM tenants_tenant WHERE schema_name = %s", [schema])
