"""What is being booked, as its pages show it: in the reader's language, by the clock in Poland."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.core.cache import cache
from django.db.models import prefetch_related_objects
from django.utils import timezone

from events.availability import cancel_until, office_phone
from events.models import Activity, CapacityPool, Session
from events.occasions import Occasion, occasion_of
from events.shown import Leaf, Times, foreign
from portal.places.models import Place

_A_DAY = 86_400  # seconds


@dataclass(frozen=True)
class Facts:
    """
    Attributes:
        pool: of the places.
        ask: for the occasion, once something about it is shown that was not kept.
    """

    pool: UUID
    ask: Callable[[], Occasion]

    @property
    def key(self) -> str:
        """What is shown about the places can be kept under it: until midnight, because it says
        what is today."""
        return f"{self.pool}:{timezone.localdate()}"

    @cached_property
    def occasion(self) -> Occasion:
        occasion = self.ask()
        prefetch_related_objects([occasion.activity], "texts")
        return occasion

    @property
    def activity(self) -> Activity:
        return self.occasion.activity

    @property
    def title(self) -> str:
        return self.activity.title

    @property
    def lang(self) -> str:
        """Of the title, where it is not the reader's."""
        return foreign(self.activity.text)

    @property
    def sessions(self) -> Sequence[Session]:
        return self.occasion.sessions or (self.occasion.first,)

    @property
    def first(self) -> Session:
        return self.occasion.first

    @property
    def leaf(self) -> Leaf:
        return Leaf(timezone.localdate(self.first.starts_at))

    @property
    def times(self) -> list[Times]:
        return [Times(session.starts_at, session.ends_at) for session in self.sessions]

    @property
    def notes(self) -> list[str]:
        """What everybody should know: why it was moved or cancelled."""
        return list(dict.fromkeys(session.note for session in self.sessions if session.note))

    @property
    def place(self) -> Place | None:
        return self.first.place

    @property
    def where(self) -> list[str]:
        """Lines: the place, its room, its address."""
        place, room = self.first.place, self.first.room
        if place is None:
            return []
        return [place.name, *([str(room)] if room else []), *place.address_lines]

    @cached_property
    def office(self) -> str:
        key = f"office:{self.key}"
        return str(cache.get_or_set(key, lambda: office_phone(self.activity), _A_DAY))

    @property
    def cancel_until(self) -> datetime:
        return cancel_until(self.activity, self.first.starts_at)

    @property
    def can_still_cancel(self) -> bool:
        return timezone.now() < self.cancel_until

    @property
    def is_over(self) -> bool:
        return self.occasion.ends_at <= timezone.now()


def facts_of(occasion: Occasion) -> Facts:
    return Facts(occasion.pool.pk, lambda: occasion)


def facts_about(pool: CapacityPool) -> Facts:
    return Facts(pool.pk, lambda: occasion_of(pool))
