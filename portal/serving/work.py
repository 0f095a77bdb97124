"""The worker."""

from collections.abc import Callable

from tenants import worker


def work(when_ready: Callable[[], object]) -> None:
    """Until SIGTERM. It waits for a database that is away; meanwhile the pages say that it is."""
    when_ready()
    worker.run()
