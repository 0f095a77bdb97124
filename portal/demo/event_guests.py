"""Who may come in the demo, and the places they can take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zlib import crc32

from events import availability
from events.models import Activity, CapacityPool, Session
from portal.accounts.models import Person, PrivacyNotice
from portal.demo.event_days import Line
from portal.demo.made_up import key_of
from tenants.models import Tenant

# Keys of people who book together; the first one books.
Party = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """
    Attributes:
        people: by their keys in made_up.toml and portal/demo/people.py.
        lists: who comes to what, what they need, who asks to be driven.
        clerk: who writes down what people say over the telephone.
    """

    tenant: Tenant
    people: Mapping[str, Person]
    lists: Line
    clerk: UUID
    notice: PrivacyNotice | None
    now: datetime

    def listed_for(self, line: Line) -> list[Party]:
        return [party_of(entry) for entry in self.lists["guests"].get(line.get("guests", ""), ())]


def party_of(entry: str) -> Party:
    return tuple(entry.split("+"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Of a date, or of a course with its dates.

    Attributes:
        plan: what has become of it, as events.toml says.
    """

    pool: UUID
    name: str
    line: Line
    plan: Line
    sessions: Sequence[Session]

    @property
    def activity(self) -> Activity:
        return self.sessions[0].activity

    @property
    def is_cancelled(self) -> bool:
        return all(session.is_cancelled for session in self.sessions)

    @property
    def turn(self) -> int:
        """A number of this place's own, so that not everybody comes to everything."""
        return crc32(self.name.encode())

    @property
    def waiting(self) -> list[Party]:
        return [party_of(entry) for entry in self.plan.get("waiting", ())]

    @property
    def reserved(self) -> dict[CapacityPool.Purpose, int]:
        """How many places are set aside, and for whom."""
        purposes = (CapacityPool.Purpose.DESK, CapacityPool.Purpose.WHEELCHAIR)
        return {purpose: self.line[purpose] for purpose in purposes if purpose in self.line}

    def reserved_id(self, purpose: CapacityPool.Purpose, tenant: Tenant) -> UUID:
        return key_of(f"{purpose} of {self.name}", tenant)

    def is_open(self, now: datetime) -> bool:
        """Whether anybody can have booked already."""
        opens_at = availability.opens_at(self.activity, self.sessions[0].starts_at)
        is_published = self.activity.status == Activity.Status.PUBLISHED
        return is_published and (opens_at is None or opens_at <= now)

    def is_coming(self, now: datetime) -> bool:
        return not self.is_cancelled and self.sessions[0].starts_at > now
