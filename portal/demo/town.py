"""What the parts of the volunteering demo have in common: its file, and the gmina being filled."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.accounts.models import User
from tenants.models import Tenant
from volunteering.models import District, VolunteerProfile

_FILE = Path(__file__).with_name("volunteering.toml")
Line = dict[str, Any]


@cache
def content() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """
    Attributes:
        monday: of this week; requests and shifts are made of it.
        profiles: in the order of the file.
    """

    tenant: Tenant
    clerk: User
    notice: UUID | None
    monday: date
    districts: Sequence[District]
    profiles: Sequence[VolunteerProfile]

    def at(self, days: int, hour: int) -> datetime:
        """An hour of the clock in Poland, so many days after Monday."""
        day = self.monday + timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time(hour)))
