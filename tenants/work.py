"""Background work: jobs that know which site they are for.

A task is an ordinary function in an app's ``tasks.py``. Deferring it writes a job in the caller's
transaction, with the name of the bound site's schema; the worker binds that site again before it
runs the function. Arguments are ids, closed-list keys and dates, never personal data: jobs of all
sites stand in one table of ``public``.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, ParamSpec

from django.db import InterfaceError, OperationalError, transaction
from django.utils import translation
from django.utils.functional import Promise
from procrastinate import exceptions, jobs, retry
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from tenants.binding import bind, current_tenant
from tenants.models import Tenant

P = ParamSpec("P")

# Procrastinate takes the highest first; everything else has 0.
URGENT = 10
# For work that may begin again from nothing.
WHILE_THE_DATABASE_IS_AWAY = retry.RetryStrategy(
    max_attempts=20, wait=5, retry_exceptions=[OperationalError, InterfaceError]
)


class JobWithoutSite(Exception):
    """A job that names no site, or one that is gone."""


@dataclass(frozen=True, slots=True)
class SiteTask(Generic[P]):
    """A function that can be run later, for the site that is bound now."""

    func: Callable[P, None]
    task: Task[Any, Any, Any]
    label: Promise | str = ""
    priority: int = 0

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self.func(*args, **kwargs)

    @property
    def urgent(self) -> "SiteTask[P]":
        """The same task, deferred before everything that waits in its queue."""
        return replace(self, priority=URGENT)

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
        self.task.configure(schedule_at=moment, queueing_lock=lock, priority=self.priority).defer(
            site=current_tenant().schema_name, **arguments
        )


_tasks: dict[str, SiteTask[Any]] = {}


def site_task(
    *,
    label: Promise | str = "",
    queue: str = "default",
    retry_strategy: retry.BaseRetryStrategy | None = None,
) -> Callable[[Callable[P, None]], SiteTask[P]]:
    """Make a function a task of sites; keyword arguments only.

    Args:
        label: what it does, for staff who see that it failed.
        queue: jobs of one queue do not wait for those of another, however slow they are.
    """

    def decorate(func: Callable[P, None]) -> SiteTask[P]:
        def run(site: str = "", **arguments: Any) -> None:
            with bind(_site(site, name)), translation.override("pl"):
                func(**arguments)  # type: ignore[call-arg]

        name = f"{func.__module__.removesuffix('.tasks')}.{func.__name__}"
        strategy = _OnlyForSites(retry_strategy) if retry_strategy else False
        task = app.task(name=name, queue=queue, retry=strategy)(run)
        _tasks[name] = SiteTask(func, task, label)
        return _tasks[name]

    return decorate


def label_of(task_name: str) -> str:
    """What a task does, in words; its name where the code has forgotten the task."""
    task = _tasks.get(task_name)
    return str(task.label) if task and task.label else task_name


def queues() -> list[str]:
    return sorted({task.task.queue for task in _tasks.values()})


def _site(schema_name: str, task_name: str) -> Tenant:
    tenant = Tenant.objects.with_everything_shown().filter(schema_name=schema_name).first()
    if tenant is None:
        raise JobWithoutSite(f"{task_name} was deferred for no site we have: {schema_name!r}.")
    return tenant


@dataclass(frozen=True, slots=True)
class _OnlyForSites(retry.BaseRetryStrategy):
    """No site will appear by trying again."""

    strategy: retry.BaseRetryStrategy

    def get_retry_decision(
        self, *, exception: BaseException, job: jobs.Job
    ) -> retry.RetryDecision | None:
        if isinstance(exception, JobWithoutSite):
            return None
        return self.strategy.get_retry_decision(exception=exception, job=job)
