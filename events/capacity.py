"""The one rule about places: nobody gets one that is not free.

A pool's ``taken`` is changed by one conditional statement, so two who want the last place meet in
the database: the second waits for the first one's transaction and then finds it gone. Whoever takes
from several pools does so in the order of their ids. Workshops, courses and volunteers' shifts all
take their places here.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection

from events.models import CapacityPool
from events.refusals import CapacityBelowTaken

_TABLE = CapacityPool._meta.db_table
_TAKE = (
    f"UPDATE {_TABLE} SET taken = taken + %(number)s"  # noqa: S608 (the name of our own table)
    " WHERE id = %(pool)s AND taken + %(number)s <= capacity RETURNING taken"
)
_GIVE_BACK = (
    f"UPDATE {_TABLE} SET taken = taken - %(number)s"  # noqa: S608
    " WHERE id = %(pool)s RETURNING capacity - taken"
)
_RESIZE = (
    f"UPDATE {_TABLE} SET capacity = %(capacity)s"  # noqa: S608
    " WHERE id = %(pool)s AND taken <= %(capacity)s RETURNING capacity - taken"
)


def take(pool: UUID, number: int) -> bool:
    """Take places, all or none; False when fewer are free. Undone with the transaction."""
    return _one(_TAKE, pool=pool, number=number) is not None


def take_all(wanted: Mapping[UUID, int]) -> bool:
    """Take from several pools; False when one of them lacks places, and then nothing may be kept:
    the caller rolls back what was taken before it."""
    return all(take(pool, wanted[pool]) for pool in sorted(wanted))


def give_back(pool: UUID, number: int) -> int:
    """Give places back; how many are free now. Keeps the pool locked until the transaction ends, so
    that whoever waits for a place is served before somebody new comes in."""
    free = _one(_GIVE_BACK, pool=pool, number=number)
    if free is None:
        raise CapacityPool.DoesNotExist
    return free


def resize(pool: UUID, capacity: int) -> int:
    """Set how many places there are; how many of them are free. Locks like :func:`give_back`.

    Raises:
        CapacityBelowTaken: more are taken than there would be.
    """
    free = _one(_RESIZE, pool=pool, capacity=capacity)
    if free is None:
        raise CapacityBelowTaken(CapacityPool.objects.get(pk=pool).taken)
    return free


def _one(statement: str, **values: UUID | int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return int(row[0]) if row else None
