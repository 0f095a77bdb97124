"""The same flow with other ways of taking a place: the control, and what ours is compared with.

Each stands in for :func:`events.capacity.take` in a server of its own; nothing else differs.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import connection

from events import capacity
from events.models import CapacityPool, Hold, Offer, Participation

_COUNT = f"""
    SELECT capacity
        - (SELECT count(*) FROM {Participation._meta.db_table} WHERE place_id = pool.id)
        - (SELECT coalesce(sum(number), 0) FROM {Hold._meta.db_table} WHERE pool_id = pool.id)
        - (SELECT coalesce(sum(number), 0) FROM {Offer._meta.db_table}
           WHERE pool_id = pool.id AND state = 'open')
    FROM {CapacityPool._meta.db_table} AS pool WHERE id = %s
"""  # noqa: S608 (names of our own tables)
_LOCK = f"SELECT 1 FROM {CapacityPool._meta.db_table} WHERE id = %s FOR UPDATE"  # noqa: S608
_RAISE = f"UPDATE {CapacityPool._meta.db_table} SET taken = taken + %s WHERE id = %s"  # noqa: S608

Take = Callable[[UUID, int], bool]


def count_then_insert(pool: UUID, number: int) -> bool:
    """Look how many places are left, then write: between the two, others look too."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [pool])
        (free,) = cursor.fetchone()
        if free < number:
            return False
        cursor.execute(_RAISE, [number, pool])
    return True


def select_for_update(pool: UUID, number: int) -> bool:
    """Lock the pool, then count and write."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [pool])
    return count_then_insert(pool, number)


VARIANTS: dict[str, Take] = {
    "ours": capacity.take,
    "count then insert": count_then_insert,
    "select for update": select_for_update,
}


def use(variant: str) -> None:
    """In this process, from now on."""
    capacity.take = VARIANTS[variant]  # type: ignore[assignment]
