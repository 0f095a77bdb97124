"""When what people booked takes place, or took place."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q

from events.models import Session


def dates_of(pools: Iterable[UUID]) -> dict[UUID, list[Session]]:
    """The dates that each pool is for, in order: one query, and one for the titles."""
    wanted = set(pools)
    found: dict[UUID, list[Session]] = defaultdict(list)
    sessions = Session.objects.of_pools(wanted)
    with_titles = sessions.select_related("activity").prefetch_related("activity__texts")
    for session in with_titles.in_order():
        pool = session.activity.pool_id if session.activity.is_course else session.pool_id
        if pool is not None:
            found[pool].append(session)
    return found


def said_of(sessions: Iterable[Session]) -> dict[str, Any]:
    """Title and dates, for the export."""
    dates = list(sessions)
    return {
        "activity": dates[0].activity.title if dates else "",
        "dates": [session.starts_at for session in dates],
    }


def over_before(moment: datetime, pool: str) -> Q:
    """Of rows that belong to a pool: those whose last date had ended then."""
    return Q(~Exists(Session.objects.of_pool_in(pool).filter(ends_at__gte=moment)))
