"""Places that nobody claimed in time: of forms left lying, of offers not answered.

Looking for them takes no lock: most of the time there are none, and a crowd at a full date is not
made to stand in line for that answer.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection

from events.models import BookingDraft, CapacityPool, Hold, Offer

# Of the pools in ``places``.
IS_ANYTHING_OVERDUE = f"""(
    EXISTS (
        SELECT FROM {Hold._meta.db_table} hold
        JOIN {BookingDraft._meta.db_table} holder ON holder.id = hold.draft_id
        WHERE hold.pool_id IN (SELECT id FROM places)
        AND coalesce(holder.held_until <= %(now)s, true)
    )
    OR EXISTS (
        SELECT FROM {Offer._meta.db_table} offer
        WHERE offer.pool_id IN (SELECT id FROM places)
        AND offer.state = '{Offer.State.OPEN}' AND offer.expires_at <= %(now)s
    )
)"""  # noqa: S608 (names of our own tables)
_LOOK = f"""
    WITH places AS (SELECT id FROM {CapacityPool._meta.db_table} WHERE %(pool)s IN (id, main_id))
    SELECT {IS_ANYTHING_OVERDUE}
"""  # noqa: S608


def is_anything_overdue(pool: UUID, now: datetime) -> bool:
    """In the pool or those set aside from it."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, {"pool": pool, "now": now})
        (answer,) = cursor.fetchone()
    return bool(answer)
