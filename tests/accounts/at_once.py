"""Doing things at one moment, each in a thread with a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection

from tenants.binding import bind
from tenants.models import Tenant


def at_once(tenant: Tenant, *deeds: Callable[[], object]) -> list[object]:
    """What each deed returned, or the exception it ended with, in order."""
    results: list[object] = [None] * len(deeds)
    start = Barrier(len(deeds))

    def run(place: int) -> None:
        try:
            with bind(tenant):
                start.wait(timeout=10)
                results[place] = deeds[place]()
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
