"""Jobs of the bound site that failed, for its staff."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app

from tenants.binding import current_tenant
from tenants.work import label_of

# More than anybody reads; the oldest are deleted after a month anyway.
MOST = 500


class NoSuchFailedJob(ObjectDoesNotExist):
    """The site has no such job, or it has not failed, or was retried already."""


@dataclass(frozen=True, slots=True)
class FailedJob:
    """
    Attributes:
        label: what it should have done. Why it failed stands in the log: an error may quote
            anything.
    """

    id: int
    label: str
    failed_at: datetime | None
    attempts: int


def failed_jobs() -> list[FailedJob]:
    """Of the bound site, newest first: one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, attempts, (SELECT max(at) FROM procrastinate_events"
            "  WHERE job_id = job.id AND type = 'failed') AS failed_at"
            " FROM procrastinate_jobs job"
            " WHERE status = 'failed' AND args->>'site' = %s"
            " ORDER BY failed_at DESC NULLS LAST, id DESC LIMIT %s",
            [current_tenant().schema_name, MOST],
        )
        return [
            FailedJob(id=pk, label=label_of(task), failed_at=failed_at, attempts=attempts)
            for pk, task, attempts, failed_at in cursor.fetchall()
        ]


@transaction.atomic
def retry_job(job_id: int) -> None:
    """Put a failed job of the bound site back; harmless where an equal one waits already.

    Raises:
        NoSuchFailedJob: it is not this site's, or has not failed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM procrastinate_jobs"
            " WHERE id = %s AND status = 'failed' AND args->>'site' = %s FOR UPDATE",
            [job_id, current_tenant().schema_name],
        )
        if cursor.fetchone() is None:
            raise NoSuchFailedJob(job_id)
        try:
            with transaction.atomic():
                app.job_manager.retry_job_by_id(job_id, retry_at=timezone.now())
        except exceptions.UniqueViolation:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
