"""A crowd at a date that is full: each is told so by one question to the database, without waiting
for each other's locks.

A no by this is as true as a no under the lock: a place that comes free a moment later is free for
both. A date that was called off has no places at all, and says so under the lock.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from events.models import Activity, BookingDraft, CapacityPool, Hold
from events.overdue import IS_ANYTHING_OVERDUE
from tenants import statements

# Written out: the ORM would spend many times longer on composing it than the server on answering.
_LATE = f"""
    WITH places AS (
        SELECT pool.id, pool.capacity, pool.taken
        FROM {CapacityPool._meta.db_table} pool
        JOIN {BookingDraft._meta.db_table} draft ON draft.pool_id IN (pool.id, pool.main_id)
        WHERE draft.id = %(draft)s
    )
    SELECT draft.pool_id, draft.person_id, draft.answers -> 'osoby',
        activity.kind = '{Activity.Kind.COURSE}'
    FROM {BookingDraft._meta.db_table} draft
    JOIN {Activity._meta.db_table} activity ON activity.id = draft.activity_id
    WHERE draft.id = %(draft)s AND draft.client = %(client)s
    AND draft.booking_id IS NULL AND draft.party_size IS NOT NULL AND NOT draft.is_for_waiting_list
    AND (SELECT sum(capacity) > 0 AND bool_and(taken >= capacity) FROM places)
    AND NOT EXISTS (SELECT FROM {Hold._meta.db_table} WHERE draft_id = %(draft)s)
    AND NOT {IS_ANYTHING_OVERDUE}
"""  # noqa: S608 (names of our own tables)


@dataclass(frozen=True, slots=True)
class LateForm:
    """A form that asked for places which others may keep now; what its refusal is made of.

    Attributes:
        person: whose login it was begun with.
        party: what was answered to who comes.
        is_course: it is booked as a whole, so there is no other date.
    """

    draft: UUID
    pool: UUID
    person: UUID | None
    party: dict[str, Any]
    is_course: bool


def late_form(draft: UUID, client: str) -> LateForm | None:
    """The form of a browser, if all places are taken by people who may keep them and it holds none;
    one query."""
    with statements.prepared(), connection.cursor() as cursor:
        cursor.execute(_LATE, {"draft": draft, "client": client, "now": timezone.now()})
        row = cursor.fetchone()
    if row is None:
        return None
    pool, person, party, is_course = row
    return LateForm(draft, pool, person, json.loads(party or "{}"), is_course)
