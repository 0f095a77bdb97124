"""The one rule about places: nobody gets one that is not free.

A pool's ``taken`` is changed by one conditional statement, so two who want the last place meet in
the database: the second waits for the first one's transaction and then finds it gone. Whoever takes
from several pools does so in the order of their ids. Workshops, courses and volunteers' shifts all
take their places here.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

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


class _NotAll(Exception):
    """One of several pools lacks places."""


def take(pool: UUID, number: int) -> bool:
    """Take places, all or none; False when fewer are free. Undone with the transaction."""
    return _one(_TAKE, pool=pool, number=number) is not None


def take_all(wanted: Mapping[UUID, int]) -> bool:
    """Take from several pools, from all or from none."""
    if len(wanted) == 1:
        return all(take(pool, number) for pool, number in wanted.items())
    try:
        with transaction.atomic():
            for pool in sorted(wanted):
                if not take(pool, wanted[pool]):
                    raise _NotAll
    except _NotAll:
        return False
    return True


def give_back(pool: UUID, number: int) -> int:
    """Give places back; how many are free now. Keeps the pool locked until the transaction ends, so
    that whoever waits for a place is served before somebody new comes in."""
    free = _one(_GIVE_BACK, pool=pool, number=number)
    if free is None:
        raise CapacityPool.DoesNotExist
    return free


def give_back_all(held: Mapping[UUID, int]) -> None:
    """Give back to several pools, like :func:`give_back`."""
    for pool in sorted(held):
        if held[pool]:
            give_back(pool, held[pool])


def lock(pool: UUID) -> dict[str, CapacityPool]:
    """The pool and those set aside from it, by purpose, locked until the transaction ends: whoever
    gives places back, or moves the line, comes one after another.

    The lock lets others refer to the row: somebody who has taken their place and is writing down
    who they are need not wait.
    """
    rows = CapacityPool.objects.select_for_update(no_key=True)
    return {row.purpose: row for row in rows.filter(Q(pk=pool) | Q(main=pool)).order_by("pk")}


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
