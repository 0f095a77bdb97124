"""The audit, newest first, a page at a time: each page begins where the last one ended, so that
the thousandth costs what the first did.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from portal.audit.models import AuditEntry, AuditQuerySet

SIZE = 50


@dataclass(frozen=True, slots=True)
class AuditPage:
    """``older`` is the value of ``?przed=`` of the next page; "" on the last."""

    entries: list[AuditEntry]
    older: str


def audit_page(entries: AuditQuerySet, before: str) -> AuditPage:
    mark = _mark(before)
    if mark is not None:
        at, pk = mark
        entries = entries.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk), at__lte=at)
    rows = list(entries.order_by("-at", "-pk")[: SIZE + 1])
    last = rows[SIZE - 1] if len(rows) > SIZE else None
    return AuditPage(rows[:SIZE], f"{last.at.isoformat()}_{last.pk}" if last else "")


def _mark(text: str) -> tuple[datetime, UUID] | None:
    """When and which entry the page before ended with; None for the first page and for nonsense."""
    moment, _underscore, pk = text.partition("_")
    try:
        at = parse_datetime(moment)
        return (at, UUID(pk)) if at is not None and at.tzinfo is not None else None
    except ValueError:
        return None
