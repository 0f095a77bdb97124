"""Every site has a night: once, spread out, whatever fails in it."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tenants import nightly
from tenants.binding import bind, bind_public, current_schema
from tenants.models import Municipality, Tenant
from tenants.nightly import (
    DutiesFailed,
    every_night,
    every_night_as_owner,
    next_night,
    run_nightly,
    sites_without_a_night,
)
from tenants.provisioning import SiteOrder, archive, provision
from tenants.roles import is_owner
from tests.tenants.fleet_app.models import Club
from tests.tenants.fleet_app.operator import migrate


@pytest.fixture(autouse=True)
def duties(monkeypatch: pytest.MonkeyPatch) -> list[nightly.Duty]:
    """Only the duties of the test."""
    own: list[nightly.Duty] = []
    monkeypatch.setattr(nightly, "_duties", own)
    return own


def nights(site: Tenant) -> list[datetime]:
    """Moments of the nightly jobs that wait for a site."""
    with bind_public(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = %s"
            " AND status = 'todo' AND args->>'site' = %s",
            [run_nightly.task.name, site.schema_name],
        )
        return [moment for (moment,) in cursor.fetchall()]


def forget_nights(site: Tenant) -> None:
    with bind_public(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE args->>'site' = %s", [site.schema_name]
        )


def test_new_site_has_its_first_night(srem: Tenant, kety: Tenant) -> None:
    for site in (srem, kety):
        (moment,) = nights(site)
        assert 1 <= timezone.localtime(moment).hour < 4
    assert nights(srem) != nights(kety)


def test_site_that_is_not_made_has_no_night(own_srem: Tenant, settings: object) -> None:
    settings.TENANT_STARTER = "tests.tenants.test_nightly.fail_to_plant"  # type: ignore[attr-defined]
    with pytest.raises(ZeroDivisionError):
        provision(SiteOrder(domain="liszki.localhost", municipality=_liszki()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args->>'site' = 'g1206072'")
        assert cursor.fetchone() == (0,)


def fail_to_plant(*_args: object, **_options: object) -> None:
    nightly.defer_next_night()
    raise ZeroDivisionError


def _liszki() -> Municipality:
    return Municipality.objects.get(pk="1206072")


def test_night_defers_the_next_one_once(srem: Tenant) -> None:
    with bind(srem):
        before = nights(srem)
        run_nightly(night="2026-11-22")
        run_nightly(night="2026-11-22")
    assert nights(srem) == before


def test_duty_that_fails_keeps_no_other_from_running_and_is_named(
    srem: Tenant, kety: Tenant
) -> None:
    @every_night
    def fail() -> None:
        Club.objects.create(name="half done")
        raise ValueError("somebody@example.org")

    @every_night
    def work() -> None:
        Club.objects.create(name=f"night of {current_schema()}")

    forget_nights(srem)
    with bind(srem), pytest.raises(DutiesFailed, match=r"^tests\.tenants\.test_nightly\.fail$"):
        run_nightly(night="2026-11-22")
    with bind(srem):
        assert [club.name for club in Club.objects.all()] == [f"night of {srem.schema_name}"]
    with bind(kety):
        assert not Club.objects.exists()
    assert len(nights(srem)) == 1


def test_duty_of_the_owner_acts_as_the_owner(own_srem: Tenant) -> None:
    seen = []

    @every_night_as_owner
    def look() -> None:
        seen.append((is_owner(), current_schema()))

    with bind(own_srem):
        run_nightly(night="2026-11-22")
    assert seen == [(True, own_srem.schema_name)]
    assert not is_owner()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-22T00:30+01:00", 22),
        ("2026-11-22T12:00+01:00", 23),
        ("2026-11-22T23:59+01:00", 23),
        # The clock goes forward from 2 to 3 o'clock on the 29th, and back on 25 October.
        ("2026-03-28T12:00+01:00", 29),
        ("2026-10-24T12:00+02:00", 25),
    ],
)
def test_next_night_is_the_first_that_comes(now: str, expected: int) -> None:
    for schema in ("g3026043", "g1213043", "l_rops"):
        moment = next_night(datetime.fromisoformat(now), schema)
        assert moment > datetime.fromisoformat(now)
        assert timezone.localtime(moment).day == expected
        assert 1 <= timezone.localtime(moment).hour <= 4


def test_sites_are_spread_over_the_night() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    moments = sorted(next_night(noon, f"g{3_000_000 + number}") for number in range(200))
    assert moments[-1] - moments[0] > timedelta(hours=2, minutes=45)
    assert len({moment.replace(second=0) for moment in moments}) > 100


def test_migrating_the_fleet_gives_back_a_lost_night_and_status_tells_of_it(
    own_srem: Tenant, own_kety: Tenant
) -> None:
    kept = nights(own_kety)
    archive(own_srem)
    forget_nights(own_srem)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("fleet_status", stdout=out, stderr=out)
    assert "srem.localhost has no nightly job" in out.getvalue()
    assert "kety.localhost has no nightly job" not in out.getvalue()
    assert migrate() == "Every site is up to date.\n"
    migrate()
    assert len(nights(own_srem)) == 1
    assert nights(own_kety) == kept
    call_command("fleet_status", stdout=out, stderr=out)


def test_looking_for_lost_nights_is_one_query(
    srem: Tenant, kety: Tenant, django_assert_num_queries: object
) -> None:
    sites = list(Tenant.objects.all())
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert sites_without_a_night(sites) == []


def test_status_tells_of_failed_jobs_of_no_site(own_srem: Tenant) -> None:
    run_nightly.task.defer(night="2026-11-22", site="g9999999")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' WHERE args->>'site' = 'g9999999'"
        )
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("fleet_status", stdout=out, stderr=out)
    assert "1 failed jobs belong to no site" in out.getvalue()
