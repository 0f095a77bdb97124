"""How often something may be tried: one count a subject, kept where every process sees it.

A try is counted by one statement before its outcome is known, so that many at once are no more
tries than many in a row.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from portal.accounts.models import Tries
from tenants.binding import current_tenant


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in a window, which opens with the first of them."""

    purpose: str
    tries: int
    window: timedelta


class TooManyTries(Exception):
    """Somebody has to wait ``wait`` before the next try."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


_COUNT = f"""
    INSERT INTO {Tries._meta.db_table} AS tries (key, count, until) VALUES (%(key)s, 1, %(until)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN tries.until <= %(now)s THEN 1 ELSE tries.count + 1 END,
        until = CASE WHEN tries.until <= %(now)s THEN excluded.until ELSE tries.until END
    RETURNING count, until
"""  # noqa: S608 (the name of our own table)


def take(limit: Limit, subject: str) -> int:
    """Count a try; which one of the window it is.

    Raises:
        TooManyTries: the window has had its tries.
    """
    now = timezone.now()
    count, until = _count(_key(limit, subject), now, now + limit.window)
    if count > limit.tries:
        raise TooManyTries(until - now)
    return count


def forget(limit: Limit, subject: str) -> None:
    """The subject has proved who it is: its tries before do not count any more."""
    Tries.objects.filter(key=_key(limit, subject)).delete()


def forget_what_is_over() -> None:
    Tries.objects.filter(until__lte=timezone.now()).delete()


def _count(key: str, now: datetime, until: datetime) -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "now": now, "until": until})
        count, ends_at = cursor.fetchone()
    return count, ends_at


def _key(limit: Limit, subject: str) -> str:
    text = "\n".join((str(current_tenant().pk), limit.purpose, subject))
    return sha256(text.encode()).hexdigest()
