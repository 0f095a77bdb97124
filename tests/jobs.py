"""Doing what was deferred, at once."""

import json
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from tenants.binding import bind_public
from tenants.models import Tenant


def waiting_jobs(site: Tenant | None = None) -> list[dict[str, Any]]:
    """Task, arguments and moment of every job that waits or runs, without those of the night."""
    with bind_public(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args, scheduled_at FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing') AND task_name <> 'tenants.nightly.run_nightly'"
            " AND (%(site)s::text IS NULL OR args->>'site' = %(site)s) ORDER BY id",
            {"site": site.schema_name if site else None},
        )
        return [
            {"task": task, "args": json.loads(args), "at": moment}
            for task, args, moment in cursor.fetchall()
        ]


def do_due_jobs() -> int:
    """Run all jobs that are due, one after the other, on this connection; how many.

    Also inside the transaction of a test. What a job raises is raised here.
    """
    done = 0
    with bind_public():
        while (job := _fetch()) is not None:
            key, task, arguments = job
            app.tasks[task].func(**arguments)
            with connection.cursor() as cursor:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", [key])
            done += 1
    return done


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.05)


def _fetch() -> tuple[int, str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, task_name, args FROM procrastinate_fetch_job_v2(NULL, NULL)")
        row = cursor.fetchone()
    return (row[0], row[1], json.loads(row[2])) if row and row[0] is not None else None
