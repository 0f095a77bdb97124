"""Shifts as everybody reads them: when, where, and whether there is a place."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from events.message_words import SHORT_TITLE, briefly, when
from events.shown import Leaf, Times
from portal.notifications.links import absolute
from portal.places.models import AccessFacts, Place
from portal.places.reach import reach
from volunteering.models import Shift
from volunteering.models.opportunity import ShiftQuerySet


@dataclass(frozen=True)
class ShiftLine:
    """Of a shift that :func:`with_everything` has fetched. In a message every word is in the
    language of whoever gets it."""

    shift: Shift

    @property
    def title(self) -> str:
        return self.shift.opportunity.title

    @property
    def short_title(self) -> str:
        return Truncator(self.title).chars(SHORT_TITLE)

    @cached_property
    def times(self) -> Times:
        return Times(self.shift.starts_at, self.shift.ends_at)

    @property
    def leaf(self) -> Leaf:
        return Leaf(self.times.starts.date())

    @property
    def when(self) -> str:
        """``Tuesday, 14 May 2026, 10:00–12:00``"""
        return when(self.shift.starts_at, self.shift.ends_at)

    @property
    def briefly(self) -> str:
        return briefly(self.shift.starts_at)

    @property
    def place(self) -> Place | None:
        return self.shift.place or self.shift.opportunity.place

    @property
    def where(self) -> str:
        place = self.place
        return ", ".join([place.name, *place.address_lines]) if place else ""

    @property
    def free(self) -> int:
        return self.shift.pool.free

    @property
    def taken(self) -> int:
        return self.shift.pool.taken

    @property
    def capacity(self) -> int:
        return self.shift.pool.capacity

    @property
    def is_cancelled(self) -> bool:
        return self.shift.cancelled_at is not None

    @property
    def is_over(self) -> bool:
        return self.shift.ends_at <= timezone.now()

    @property
    def has_begun(self) -> bool:
        return self.shift.starts_at <= timezone.now()

    @property
    def is_to_come(self) -> bool:
        return not self.is_cancelled and not self.is_over

    @property
    def link(self) -> str:
        return absolute(reverse("volunteering:shift", args=[self.shift.pk]))

    @property
    def opportunity_link(self) -> str:
        return absolute(reverse("volunteering:opportunity", args=[self.shift.opportunity.slug]))

    @property
    def phone(self) -> str:
        return reach().phone


def with_everything(shifts: ShiftQuerySet) -> ShiftQuerySet:
    access = AccessFacts.objects.all()
    return shifts.select_related(
        "pool", "place", "opportunity__place", "opportunity__organisation"
    ).prefetch_related(
        Prefetch("place__access_facts", access),
        Prefetch("opportunity__place__access_facts", access),
    )
