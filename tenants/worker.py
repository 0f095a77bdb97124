"""The worker: runs the jobs that were deferred, until it is told to stop.

Each queue has its own lane, so that a mail server that hangs keeps only mails waiting. A job runs
at least once: the jobs of a worker that was killed go back to the queue as soon as its heartbeat
has been missing for a while.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import psycopg
from procrastinate import App, exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.middleware import AsyncCallNext
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from tenants import stalled
from tenants.work import queues

CONCURRENCY = 4
# Seconds.
HEARTBEAT = 2.0
POLLING = 1.0
LOOKING_FOR_STALLED = 3.0
TIDYING = 24 * 3_600
# How long jobs may go on after a signal. Those that take longer are run again by the next worker.
GRACE = 8.0
PAUSE = 1.0

logger = logging.getLogger(__name__)


def run(*, concurrency: int = CONCURRENCY, when_ready: Callable[[], object] | None = None) -> None:
    """Work until SIGTERM or SIGINT.

    Args:
        concurrency: jobs of one queue that run at the same time.
        when_ready: called once, when the first jobs can be taken.
    """
    asyncio.run(_run(concurrency, when_ready or (lambda: None)))


async def _run(concurrency: int, when_ready: Callable[[], object]) -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(concurrency * len(queues())))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, stop)
    while not stop.is_set():
        try:
            await _until_something_happens(stop, concurrency, when_ready)
        except (exceptions.ConnectorException, psycopg.Error) as error:
            logger.warning("The database is away: %s", _first_line(error))
        if not stop.is_set():
            await _wait(stop, PAUSE)


def _stop(stop: asyncio.Event) -> None:
    """A thread cannot be stopped: a job that does not end in time is left as a kill leaves it."""
    if stop.is_set():
        return
    stop.set()
    asyncio.get_running_loop().call_later(GRACE, os._exit, 0)


async def _until_something_happens(
    stop: asyncio.Event, concurrency: int, when_ready: Callable[[], object]
) -> None:
    """Work until a signal, or until the lanes end because they lost the database."""
    # Fails at once where there is no database; the pool would try for half a minute.
    await (await psycopg.AsyncConnection.connect(**connector_params())).close()
    running: set[int] = set()
    # Tasks keep deferring by Django's connection, in the transactions of their own work.
    worker_app = app.with_connector(
        PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4, timeout=10)
    )
    async with worker_app.open_async():
        lanes = [_lane(worker_app, queue, concurrency, running) for queue in queues()]
        work = [asyncio.create_task(lane.run()) for lane in lanes]  # type: ignore[no-untyped-call]
        aside = [
            asyncio.create_task(_take_up_stalled(worker_app, lanes, running)),
            asyncio.create_task(_tidy(worker_app)),
        ]
        when_ready()
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait([*work, stopping], return_when=asyncio.FIRST_COMPLETED)
        for task in (*aside, stopping):
            task.cancel()
        for lane in lanes:
            lane.stop()  # type: ignore[no-untyped-call]
        for ended in await asyncio.gather(*work, return_exceptions=True):
            if isinstance(ended, BaseException):
                raise ended


def _lane(worker_app: App, queue: str, concurrency: int, running: set[int]) -> Worker:
    async def note(call_next: AsyncCallNext, context: Any, _worker: Worker) -> Any:
        running.add(context.job.id)
        try:
            return await call_next()
        finally:
            running.discard(context.job.id)

    return Worker(
        worker_app,
        queues=[queue],
        name=queue,
        concurrency=concurrency,
        fetch_job_polling_interval=POLLING,
        update_heartbeat_interval=HEARTBEAT,
        stalled_worker_timeout=stalled.AFTER,
        delete_jobs="successful",
        install_signal_handlers=False,
        worker_middleware=[note],
        task_middleware=worker_app.worker_defaults["task_middleware"],
    )


async def _take_up_stalled(worker_app: App, lanes: list[Worker], running: set[int]) -> None:
    lost: set[int] = set()
    while True:
        try:
            ours = [lane.worker_id for lane in lanes if lane.worker_id is not None]
            for worker_id in ours:  # a machine that slept finds its own heartbeat old
                await worker_app.job_manager.update_heartbeat(worker_id)
            taken = await stalled.take_up(worker_app, running)
            # What the database says we run and we do not: its end could not be written down.
            seen = await stalled.not_running(worker_app, ours, running)
            taken += await stalled.put_back(worker_app, lost & seen)
            lost = seen - lost
            for job in taken:
                logger.warning("job %s of a worker that is gone is run again", job)
        except exceptions.ConnectorException as error:
            logger.debug("Not looking for stalled jobs: %s", error)
        await asyncio.sleep(LOOKING_FOR_STALLED)


async def _tidy(worker_app: App) -> None:
    while True:
        try:
            await stalled.delete_old(worker_app)
        except exceptions.ConnectorException as error:
            logger.debug("Old jobs stay for now: %s", error)
        await asyncio.sleep(TIDYING)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


def _first_line(error: BaseException) -> str:
    cause = error.__cause__ or error
    return (str(cause).strip() or type(cause).__name__).splitlines()[0]
