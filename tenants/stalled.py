"""Jobs whose worker is gone, put back into their queue; and old ones, deleted.

One statement looks and acts: two workers that look at the same moment take up each job once.
"""

from collections.abc import Collection

from procrastinate import App

# A worker without a heartbeat for so many seconds is gone.
AFTER = 8.0
# A job that was started so often and never ended is what kills the workers.
MOST_ATTEMPTS = 50
KEPT_HOURS = 30 * 24

_GONE = (
    "status = 'doing' AND id <> ALL(%(running)s::bigint[]) AND (worker_id IS NULL"
    " OR worker_id NOT IN (SELECT id FROM procrastinate_workers"
    "  WHERE last_heartbeat > now() - make_interval(secs => %(after)s)))"
)
_PUT_BACK = (
    "UPDATE procrastinate_jobs SET attempts = attempts + 1,"
    " status = CASE WHEN attempts < %(most)s THEN 'todo' ELSE 'failed' END"
    "  ::procrastinate_job_status"
    " WHERE {which} RETURNING id"
)
# Where an equal job waits already, this one is not needed any more.
_DROP_EQUAL = (
    "DELETE FROM procrastinate_jobs job WHERE {which} AND EXISTS (SELECT 1 FROM procrastinate_jobs"
    " WHERE status = 'todo' AND queueing_lock = job.queueing_lock)"
)


async def take_up(app: App, running: Collection[int]) -> list[int]:
    """Put back the jobs of every worker that is gone; their ids."""
    ids = await _act(app, _GONE, running=list(running), after=AFTER)
    await app.job_manager.prune_stalled_workers(AFTER)
    return ids


async def not_running(app: App, workers: Collection[int], running: Collection[int]) -> set[int]:
    """Jobs that these workers are said to do and do not."""
    rows = await app.connector.execute_query_all_async(
        "SELECT id FROM procrastinate_jobs WHERE status = 'doing'"
        " AND worker_id = ANY(%(workers)s::bigint[]) AND id <> ALL(%(running)s::bigint[])",
        workers=list(workers),
        running=list(running),
    )
    return {row["id"] for row in rows}


async def put_back(app: App, jobs: Collection[int]) -> list[int]:
    if not jobs:
        return []
    return await _act(app, "status = 'doing' AND id = ANY(%(jobs)s::bigint[])", jobs=list(jobs))


async def delete_old(app: App) -> None:
    """Failed jobs that nobody retried, and whatever else was left."""
    await app.job_manager.delete_old_jobs(
        KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


async def _act(app: App, which: str, **arguments: object) -> list[int]:
    await app.connector.execute_query_async(_DROP_EQUAL.format(which=which), **arguments)
    rows = await app.connector.execute_query_all_async(
        _PUT_BACK.format(which=which), most=MOST_ATTEMPTS, **arguments
    )
    return [row["id"] for row in rows]
