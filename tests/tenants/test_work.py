"""Jobs: deferred in the caller's transaction, done once for the right site, never lost."""

import logging
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from tenants.binding import NoTenantBound, bind
from tenants.jobs import NoSuchFailedJob, failed_jobs, retry_job
from tenants.logs import JobFilter
from tenants.models import Tenant
from tenants.roles import is_owner
from tenants.work import JobWithoutSite, label_of
from tests.jobs import do_due_jobs, wait_until, waiting_jobs
from tests.tenants.fleet_app.models import Club
from tests.tenants.fleet_app.operator import process
from tests.tenants.fleet_app.tasks import (
    break_down,
    defer_and_roll_back,
    sleep,
    try_again,
    write_down,
)


@contextmanager
def worker(*, concurrency: int = 4) -> Iterator[subprocess.Popen[str]]:
    """A worker in a process of its own, ready."""
    with process("--", "worker", f"--concurrency={concurrency}") as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "worker ready\n"
        yield running


def words(site: Tenant) -> list[str]:
    with bind(site):
        return list(Club.objects.order_by("id").values_list("name", flat=True))


def statuses() -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text FROM procrastinate_jobs"
            " WHERE task_name <> 'tenants.nightly.run_nightly'"
        )
        return Counter(status for (status,) in cursor.fetchall())


# Deferring


def test_job_exists_exactly_when_its_transaction_does(srem: Tenant) -> None:
    assert not is_owner()
    with bind(srem):
        with transaction.atomic():
            write_down.defer(word="kept")
        with transaction.atomic():
            write_down.defer(word="lost")
            transaction.set_rollback(True)
    assert [job["args"]["word"] for job in waiting_jobs()] == ["kept"]


def test_deferring_needs_no_transaction(own_srem: Tenant) -> None:
    with bind(own_srem):
        write_down.defer(word="alone")
        assert connection.autocommit
    assert do_due_jobs() == 1
    assert words(own_srem) == ["alone"]


def test_nothing_is_deferred_without_a_site(db: None) -> None:
    with pytest.raises(NoTenantBound):
        write_down.defer(word="nobody's")


def test_once_is_once_a_site_and_argument(srem: Tenant, kety: Tenant) -> None:
    soon = timezone.now() + timedelta(hours=1)
    for site in (srem, kety):
        with bind(site):
            assert write_down.defer_once(soon, word="a")
            assert not write_down.defer_once(soon, word="a")
            assert write_down.defer_once(soon, word="b")
    assert len(waiting_jobs(srem)) == len(waiting_jobs(kety)) == 2


def test_job_waits_for_its_moment_and_urgent_ones_go_first(srem: Tenant) -> None:
    with bind(srem):
        write_down.defer_at(timezone.now() + timedelta(hours=1), word="later")
        write_down.defer(word="second")
        write_down.urgent.defer(word="first")
    assert do_due_jobs() == 2
    assert words(srem) == ["first", "second"]


@pytest.mark.parametrize("arguments", [{}, {"site": "g9999999"}, {"site": "public"}])
def test_job_without_a_site_is_refused(srem: Tenant, arguments: dict[str, str]) -> None:
    write_down.task.defer(word="x", **arguments)
    with pytest.raises(JobWithoutSite):
        do_due_jobs()
    assert words(srem) == []


# The worker


def test_200_jobs_of_two_sites_at_once_are_each_done_in_their_own(
    own_srem: Tenant, own_kety: Tenant
) -> None:
    for number in range(100):
        for site in (own_srem, own_kety):
            with bind(site):
                write_down.defer(word=f"{site.schema_name} {number}", expected=site.schema_name)
    with worker(concurrency=4):
        wait_until(lambda: not statuses())
    for site in (own_srem, own_kety):
        with bind(site):
            rows = set(Club.objects.values_list("name", "town"))
        assert rows == {(f"{site.schema_name} {n}", site.schema_name) for n in range(100)}


def test_new_job_is_done_within_a_second(own_srem: Tenant) -> None:
    with worker(), bind(own_srem):
        began = time.monotonic()
        write_down.defer(word="now")
        wait_until(Club.objects.exists)
        assert time.monotonic() - began < 1
        write_down.defer_at(timezone.now() + timedelta(seconds=2), word="soon")
        wait_until(lambda: Club.objects.count() == 2)
        assert 2 <= time.monotonic() - began < 6


def test_jobs_a_job_defers_belong_to_its_own_transaction(own_srem: Tenant) -> None:
    with worker(), bind(own_srem):
        defer_and_roll_back.defer()
        write_down.defer(word="after")
        wait_until(lambda: not statuses())
    assert words(own_srem) == ["after"]


def test_job_of_a_killed_worker_is_done_by_the_next(own_srem: Tenant) -> None:
    with bind(own_srem):
        sleep.defer(seconds=3, word="long")
    with worker() as killed:
        wait_until(lambda: words(own_srem) == ["long begun"])
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    with worker():
        wait_until(lambda: not statuses(), seconds=25)
    assert words(own_srem) == ["long begun", "long begun", "long done"]


def test_slow_messages_do_not_keep_other_work_waiting(own_srem: Tenant) -> None:
    with bind(own_srem):
        for number in range(6):
            sleep.defer(seconds=30, word=f"mail {number}")
        write_down.defer(word="other")
    with worker(concurrency=2):
        wait_until(lambda: "other" in words(own_srem), seconds=5)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_lets_what_runs_end_and_begins_nothing_new(
    own_srem: Tenant, number: signal.Signals
) -> None:
    with bind(own_srem):
        sleep.defer(seconds=2, word="running")
        sleep.defer(seconds=2, word="waiting")
    with worker(concurrency=1) as running:
        wait_until(lambda: words(own_srem) == ["running begun"])
        running.send_signal(number)
        assert running.wait(timeout=10) == 0
    assert words(own_srem) == ["running begun", "running done"]
    assert statuses() == {"todo": 1}


def test_worker_stops_in_time_although_a_job_does_not_end(own_srem: Tenant) -> None:
    with bind(own_srem):
        sleep.defer(seconds=60, word="endless")
    with worker() as running:
        wait_until(lambda: words(own_srem) == ["endless begun"])
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=10)
    assert statuses() == {"doing": 1}


def test_worker_outlives_its_connections(own_srem: Tenant) -> None:
    with worker(), bind(own_srem):
        for number in range(5):
            _cut_all_connections()
            write_down.defer(word=f"{number}")
            wait_until(partial(_is_written, own_srem, f"{number}"))
        wait_until(lambda: not statuses())


def _is_written(site: Tenant, word: str) -> bool:
    return word in words(site)


def _cut_all_connections() -> None:
    """As when PostgreSQL is restarted; ours too, which Django opens anew."""
    url = psycopg.conninfo.make_conninfo(
        dbname="postgres",
        host=connection.settings_dict["HOST"],
        user="postgres",
    )
    with psycopg.connect(url, autocommit=True) as administrator:
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid()",
            [connection.settings_dict["NAME"]],
        )
    connection.close()


# Failures


def test_failed_job_is_seen_and_retried_by_its_own_site(own_srem: Tenant, own_kety: Tenant) -> None:
    with bind(own_srem):
        break_down.defer(word="secret")
    with worker() as running:
        wait_until(lambda: statuses() == {"failed": 1})
        with bind(own_kety):
            assert failed_jobs() == []
        with bind(own_srem):
            job = failed_jobs()[0]
            assert (job.label, job.attempts) == ("breaking", 1)
            assert job.failed_at is not None
            assert timezone.now() - job.failed_at < timedelta(minutes=1)
        with bind(own_kety), pytest.raises(NoSuchFailedJob):
            retry_job(job.id)
        with bind(own_srem):
            retry_job(job.id)
            wait_until(lambda: [job.attempts for job in failed_jobs()] == [3])
        assert running.poll() is None
    with bind(own_srem), pytest.raises(NoSuchFailedJob):
        retry_job(job.id + 1_000)


def test_job_without_a_site_fails_at_once_and_visibly(own_database: str) -> None:
    try_again.task.defer(word="x", site="g9999999")
    with worker():
        wait_until(lambda: statuses() == {"failed": 1}, seconds=5)


def test_retrying_what_waits_already_is_harmless(srem: Tenant) -> None:
    later = timezone.now() + timedelta(hours=1)
    with bind(srem), connection.cursor() as cursor:
        write_down.defer_once(None, word="a")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE args->>'word' = 'a'")
        write_down.defer_once(later, word="a")
        retry_job(failed_jobs()[0].id)
        assert failed_jobs() == []
    assert len(waiting_jobs()) == 1


def test_failure_is_one_line_that_names_the_site_and_quotes_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    record = logging.makeLogRecord({"msg": "Job x[1](word='secret') ended", "job": {
        "id": 7, "task_name": "fleet_app.break_down", "attempts": 0,
        "task_kwargs": {"site": "g3026043", "word": "secret"},
    }})  # fmt: skip
    try:
        break_down.func(word="secret")
    except ValueError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    assert JobFilter().filter(record)
    line = logging.Formatter("{schema} {message}", style="{").format(record)
    assert line.startswith("g3026043 job 7 fleet_app.break_down failed in attempt 1: ValueError in")
    assert "\n" not in line
    assert "secret" not in line
    assert "@" not in line


def test_every_task_says_in_words_what_it_does() -> None:
    ours = [name for name in app.tasks if not name.startswith(("builtin", "procrastinate"))]
    assert [name for name in ours if label_of(name) == name] == []
