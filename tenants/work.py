"""Background work: jobs that know which site they are for.

A task is an ordinary function in an app's ``tasks.py``. Deferring it writes a job in the caller's
transaction, with the name of the bound site's schema; the worker binds that site again before it
runs the function. Arguments are ids, closed-list keys and dates, never personal data: jobs of all
sites stand in one table of ``public``.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, ParamSpec

from django.db import transaction
from django.utils import translation
from procrastinate import exceptions, retry
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from tenants.binding import bind, current_tenant
from tenants.models import Tenant

P = ParamSpec("P")


class JobWithoutSite(Exception):
    """A job that names no site, or one that is gone."""


class SiteTask(Generic[P]):
    """A function that can be run later, for the site that is bound now."""

    def __init__(self, func: Callable[P, None], task: Task[Any, Any, Any]) -> None:
        self.func = func
        self.task = task

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self.func(*args, **kwargs)

    def defer(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Run as soon as the caller's transaction has committed."""
        self._defer(None, None, kwargs)

    def defer_at(self, moment: datetime, *args: P.args, **kwargs: P.kwargs) -> None:
        """Run at ``moment``, or soon after."""
        self._defer(moment, None, kwargs)

    def defer_once(self, moment: datetime | None, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Run at ``moment``, unless such a job of this site waits already; whether it was added.

        Two transactions that defer the same job wait for each other, so this is for the worker and
        for commands, not for requests.
        """
        lock = ":".join([self.task.name, current_tenant().schema_name, *map(str, kwargs.values())])
        try:
            with transaction.atomic():
                self._defer(moment, lock, kwargs)
        except exceptions.AlreadyEnqueued:
            return False
        return True

    def _defer(self, moment: datetime | None, lock: str | None, arguments: dict[str, Any]) -> None:
        self.task.configure(schedule_at=moment, queueing_lock=lock).defer(
            site=current_tenant().schema_name, **arguments
        )


def site_task(
    *, queue: str = "default", retry_strategy: retry.BaseRetryStrategy | None = None
) -> Callable[[Callable[P, None]], SiteTask[P]]:
    """Make a function a task of sites; keyword arguments only."""

    def decorate(func: Callable[P, None]) -> SiteTask[P]:
        def run(site: str = "", **arguments: Any) -> None:
            tenant = Tenant.objects.with_everything_shown().filter(schema_name=site).first()
            if tenant is None:
                raise JobWithoutSite(f"{name} was deferred for no site we have: {site!r}.")
            with bind(tenant), translation.override("pl"):
                func(**arguments)  # type: ignore[call-arg]

        name = f"{func.__module__.removesuffix('.tasks')}.{func.__name__}"
        task = app.task(name=name, queue=queue, retry=retry_strategy or False)(run)
        return SiteTask(func, task)

    return decorate
