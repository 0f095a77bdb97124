"""What every site does at night: one job a site, which defers tomorrow's when it is done.

Duties are registered by apps in their ``tasks.py``. One that fails does not keep the others from
running; the job then fails, and staff see it.
"""

from collections.abc import Callable

Duty = Callable[[], None]

_duties: list[Duty] = []


def every_night(duty: Duty) -> Duty:
    """Decorator: run this for each site, every night, bound to the site."""
    _duties.append(duty)
    return duty
