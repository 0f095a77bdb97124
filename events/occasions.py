"""What a set of places is for: one date, or a whole course with its dates."""

from dataclasses import dataclass
from datetime import datetime

from events.models import Activity, CapacityPool, Session
from events.models.session import SessionQuerySet


@dataclass(frozen=True, slots=True)
class Occasion:
    """
    Attributes:
        sessions: the dates that take place, in order; none when all of them are cancelled.
        first: decides when booking opens and closes, and the age. Of an occasion that is cancelled,
            the date that would have been first.
        ends_at: end of the last date, also of a cancelled one.
    """

    pool: CapacityPool
    activity: Activity
    sessions: tuple[Session, ...]
    first: Session
    ends_at: datetime

    @property
    def is_cancelled(self) -> bool:
        return not self.sessions


def occasion_of(pool: CapacityPool) -> Occasion:
    """Of a pool, or of the one it is set aside from, with where it takes place; one query for the
    places of a date, two for those of a course.

    Raises:
        Session.DoesNotExist: a course that has no dates yet.
    """
    return _occasion(pool, Session.objects.select_related("activity", "place", "room"))


def rules_of(pool: CapacityPool) -> Occasion:
    """The same for whoever asks what applies and when, but not where: half the work."""
    return _occasion(pool, Session.objects.select_related("activity"))


def _occasion(pool: CapacityPool, sessions: SessionQuerySet) -> Occasion:
    main = pool.main_id or pool.pk
    dates = sessions.in_order()
    every = list(dates.filter(pool=main)) or list(dates.filter(activity__pool=main))
    if not every:
        raise Session.DoesNotExist
    activity = every[0].activity
    for session in every:
        session.activity = activity
    taking_place = tuple(session for session in every if not session.is_cancelled)
    return Occasion(
        pool=pool,
        activity=activity,
        sessions=taking_place,
        first=(taking_place or every)[0],
        ends_at=max(session.ends_at for session in every),
    )
