"""What every site does at night: one job a site, which defers tomorrow's before it starts.

Duties are registered by apps in their ``tasks.py``. One that fails does not keep the others from
running; the job then fails, and staff see it. Archived sites have their nights too: what was kept
long enough is deleted there as everywhere.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from zlib import crc32

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.binding import bind, bind_public, current_schema
from tenants.models import Tenant
from tenants.roles import as_owner
from tenants.work import site_task

# Sites are spread over these hours of the clock in Poland.
FROM, SPREAD = time(1), timedelta(hours=3)

Duty = Callable[[], None]

_duties: list[Duty] = []
logger = logging.getLogger(__name__)


class DutiesFailed(Exception):
    """Some duties of the night failed; the message names them."""


def every_night(duty: Duty) -> Duty:
    """Decorator: run this for each site, every night, in a transaction bound to the site."""
    _duties.append(transaction.atomic(duty))
    return duty


def every_night_as_owner(duty: Duty) -> Duty:
    """The same for what only the owner of the tables may do; without the owner's URL it fails.

    The role changes between transactions, so the duty opens its own.
    """
    _duties.append(as_owner()(duty))
    return duty


@site_task(label=_("nightly clean-up"))
def run_nightly(*, night: str) -> None:
    """Do the duties of the night that began on ``night``.

    Raises:
        DutiesFailed: after all of them were tried.
    """
    defer_next_night()
    failed = [name for duty in _duties if (name := _name_if_failed(duty))]
    if failed:
        raise DutiesFailed(", ".join(failed))


def defer_next_night() -> bool:
    """Add the bound site's next night, once; whether it was missing."""
    moment = next_night(timezone.now(), current_schema())
    return run_nightly.defer_once(moment, night=timezone.localdate(moment).isoformat())


def next_night(after: datetime, schema_name: str) -> datetime:
    """When a site's next night is: the same minute every day."""
    day = timezone.localdate(after)
    offset = timedelta(seconds=crc32(schema_name.encode()) % int(SPREAD.total_seconds()))
    while True:
        # Hours are added in UTC: on two nights a year the clock in Poland jumps between them.
        moment = timezone.make_aware(datetime.combine(day, FROM)).astimezone(UTC) + offset
        if moment > after:
            return moment
        day += timedelta(days=1)


def sites_without_a_night(sites: Iterable[Tenant]) -> list[Tenant]:
    """Those for which no nightly job waits or runs: one query."""
    with bind_public(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'site' FROM procrastinate_jobs"
            " WHERE task_name = %s AND status IN ('todo', 'doing')",
            [run_nightly.task.name],
        )
        found = {site for (site,) in cursor.fetchall()}
    return [site for site in sites if site.schema_name not in found]


def ensure_nights(sites: Iterable[Tenant]) -> None:
    """Defer the next night of every site that has none; a no-op where all have one."""
    for site in sites_without_a_night(sites):
        with bind(site):
            defer_next_night()


def _name_if_failed(duty: Duty) -> str:
    name = f"{duty.__module__}.{duty.__name__}"
    try:
        duty()
    except Exception as error:  # noqa: BLE001 - a duty may raise anything; the others go on
        logger.error("%s failed: %s", name, type(error).__name__)
        return name
    return ""
