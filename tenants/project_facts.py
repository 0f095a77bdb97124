"""A project's facts as plain values, and what follows from them; read by ``tenants.projects``."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.models import ProjectTask
from tenants.models.project import FundingKind

# Sources that add up to the total; the others are parts of the money spent in a certain way.
_PARTS_OF_TOTAL = {
    FundingKind.EU,
    FundingKind.STATE_BUDGET,
    FundingKind.NATIONAL_PUBLIC,
    FundingKind.OWN,
}


class StageState(models.TextChoices):
    DONE = "done", _("done")
    NOW = "now", _("now")
    NEXT = "next", _("next")


class PublicityField(models.TextChoices):
    """What EU visibility rules for 2021-27 ask a page about a project to say."""

    TITLE = "title", _("title of the project")
    BENEFICIARY = "beneficiary", _("beneficiary")
    PROGRAMME = "programme", _("programme (source of funding)")
    TOTAL = "total", _("total value of the project")
    EU_VALUE = "eu_value", _("value of the European Funds contribution")
    PERIOD = "period", _("period")
    DESCRIPTION = "description", _("description (what the project does)")
    EFFECTS = "effects", _("planned effects")
    HASHTAG = "hashtag", _("hashtag")


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A site of the registry; link to it only while it is active."""

    domain: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Leader:
    name: str
    short_name: str
    site: SiteLink | None


@dataclass(frozen=True, slots=True)
class Funding:
    """An amount, a share, or both. A derived one has no ``published`` text: it never was."""

    kind: str
    label: str
    amount: Decimal | None
    share: str
    published: str
    is_derived: bool
    note: str


@dataclass(frozen=True, slots=True)
class UnitTransformation:
    former: str
    current: str
    on: date


@dataclass(frozen=True, slots=True)
class Partner:
    ordinal: int
    teryt: str
    name: str
    unit_name: str
    joined_on: date | None
    unit_transformation: UnitTransformation | None
    site: SiteLink | None


@dataclass(frozen=True, slots=True)
class Task:
    scope: str
    ordinal: int
    text: str
    partner_teryt: str


@dataclass(frozen=True, slots=True)
class Stage:
    kind: str
    number: int
    name: str
    starts_on: date
    ends_on: date
    date_precision: str
    months: int | None

    def state(self, today: date) -> StageState:
        if self.ends_on < today:
            return StageState.DONE
        return StageState.NOW if self.starts_on <= today else StageState.NEXT


@dataclass(frozen=True, slots=True)
class TargetGroup:
    kind: str
    ordinal: int
    text: str


@dataclass(frozen=True, slots=True)
class IndicatorTarget:
    """``derived_target`` is our arithmetic, given only where ``target`` was not published."""

    ordinal: int
    name: str
    qualifier: str
    target: int | None
    derived_target: int | None
    per_partner: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Result:
    ordinal: int
    text: str


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project as its source states it; an empty field was not stated."""

    id: UUID
    key: str
    title: str
    leader: Leader
    programme: str
    programme_axis: str
    programme_measure: str
    investment_priority: str
    funding_period: str
    hashtag: str
    starts_on: date
    ends_on: date
    date_precision: str
    months: int | None
    published_on: date | None
    summary: str
    goal: str
    effects: str
    fees: str
    model: str
    tasks_note: str
    tasks_total: int | None
    milestones_total: int | None
    service_areas: tuple[str, ...]
    planned_services: tuple[str, ...]
    funding: tuple[Funding, ...]
    partners: tuple[Partner, ...]
    tasks: tuple[Task, ...]
    stages: tuple[Stage, ...]
    target_groups: tuple[TargetGroup, ...]
    indicators: tuple[IndicatorTarget, ...]
    results: tuple[Result, ...]

    def has_ended(self, today: date) -> bool:
        return self.ends_on < today

    def current_stage(self, today: date) -> Stage | None:
        return next((s for s in self.stages if s.state(today) == StageState.NOW), None)

    def partner(self, teryt: str) -> Partner | None:
        return next((p for p in self.partners if p.teryt == teryt), None)

    def tasks_of_leader(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.scope == ProjectTask.Scope.LEADER)

    def tasks_of_partner(self, teryt: str) -> tuple[Task, ...]:
        """What every partner does, then what this one does alone."""
        return tuple(
            task
            for task in self.tasks
            if task.scope == ProjectTask.Scope.EVERY_PARTNER or task.partner_teryt == teryt
        )

    @property
    def stated_funding(self) -> tuple[Funding, ...]:
        return tuple(source for source in self.funding if not source.is_derived)

    @property
    def total_amount(self) -> Decimal | None:
        return self._stated_amount(FundingKind.TOTAL)

    @property
    def eu_amount(self) -> Decimal | None:
        return self._stated_amount(FundingKind.EU)

    @property
    def derived_remainder(self) -> Decimal | None:
        """What the total leaves after every named source: our arithmetic, to be marked as such.

        None unless total and European part are stated and something is left.
        """
        if self.total_amount is None or self.eu_amount is None:
            return None
        named = sum(
            (s.amount for s in self.funding if s.kind in _PARTS_OF_TOTAL and s.amount is not None),
            Decimal(0),
        )
        left = self.total_amount - named
        return left if left > 0 else None

    def missing_publicity_fields(self) -> tuple[PublicityField, ...]:
        """What staff must still supply before the page says all that EU visibility asks.

        The hashtag is a rule of 2021-27; projects known to be older need none.
        """
        said = {
            PublicityField.TITLE: self.title,
            PublicityField.BENEFICIARY: self.leader.name,
            PublicityField.PROGRAMME: self.programme,
            PublicityField.TOTAL: self.total_amount,
            PublicityField.EU_VALUE: self.eu_amount,
            PublicityField.PERIOD: self.starts_on and self.ends_on,
            PublicityField.DESCRIPTION: self.goal or self.summary,
            PublicityField.EFFECTS: self.effects,
            PublicityField.HASHTAG: self.hashtag or self.funding_period == "2014-2020",
        }
        return tuple(field for field, value in said.items() if not value)

    def _stated_amount(self, kind: FundingKind) -> Decimal | None:
        return next((s.amount for s in self.stated_funding if s.kind == kind), None)
