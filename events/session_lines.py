"""Dates as those see them who run the activity: with numbers, drafts too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.holidays import holiday_on
from events.message_words import when
from events.models import Activity, Session
from events.models.session import SessionQuerySet
from events.shown import Times


@dataclass(frozen=True)
class Numbers:
    """
    Attributes:
        taken: places nobody else can have now, also held and offered ones.
    """

    taken: int
    capacity: int
    waiting: int

    @property
    def is_full(self) -> bool:
        return self.taken >= self.capacity


@dataclass(frozen=True)
class SessionLine:
    session: Session

    @property
    def title(self) -> str:
        return self.session.activity.title

    @cached_property
    def times(self) -> Times:
        return Times(self.session.starts_at, self.session.ends_at)

    @property
    def day(self) -> date:
        return self.times.starts.date()

    @property
    def when(self) -> str:
        """``Tuesday, 14 May 2026, 10:00–12:00``"""
        return when(self.session.starts_at, self.session.ends_at)

    @property
    def where(self) -> str:
        return ", ".join(str(part) for part in (self.session.place, self.session.room) if part)

    @property
    def holiday(self) -> str:
        return holiday_on(self.day)

    @property
    def is_over(self) -> bool:
        return self.session.ends_at <= timezone.now()

    @property
    def state(self) -> str:
        """Only what is not as one would expect."""
        session = self.session
        if session.is_cancelled:
            return _("Cancelled")
        if session.activity.status != Activity.Status.PUBLISHED:
            return str(session.activity.get_status_display())
        if session.status in {Session.Status.DRAFT, Session.Status.RESCHEDULED}:
            return str(session.get_status_display())
        return ""

    @property
    def state_look(self) -> str:
        return "bad" if self.session.is_cancelled else "warn"

    @property
    def can_change(self) -> bool:
        held = self.session.status == Session.Status.HELD
        return not (self.session.is_cancelled or self.is_over or held)

    @cached_property
    def numbers(self) -> Numbers | None:
        """None where people just come, and of what is cancelled. No query for what was read by
        :func:`lines`."""
        pool = self.session.places
        if pool is None or self.session.is_cancelled:
            return None
        pools = [pool, *pool.reserved.all()]
        return Numbers(
            taken=sum(one.taken for one in pools),
            capacity=sum(one.capacity for one in pools),
            waiting=getattr(self.session, "people_waiting", 0),
        )


def lines(sessions: SessionQuerySet) -> SessionQuerySet:
    """Ready for :class:`SessionLine`, in a fixed number of queries."""
    return sessions.with_everything().prefetch_related("pool__reserved", "activity__pool__reserved")


def as_lines(sessions: Iterable[Session]) -> list[SessionLine]:
    return [SessionLine(session) for session in sessions]


def not_public() -> Q:
    return Q(status=Session.Status.DRAFT) | ~Q(activity__status=Activity.Status.PUBLISHED)
