"""Reads projects out of the registry: everything of each, partners' sites too, in one statement.

Pages show these values and never the registry's rows, so a project page costs one query whatever
the number of its partners.
"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, JSONObject

from tenants.models import (
    Domain,
    FundingSource,
    Indicator,
    Project,
    ProjectPartner,
    ProjectResult,
    ProjectStage,
    ProjectTask,
    TargetGroup,
    Tenant,
)
from tenants.project_facts import (
    Funding,
    IndicatorTarget,
    Leader,
    Partner,
    ProjectFacts,
    Result,
    SiteLink,
    Stage,
    Task,
    UnitTransformation,
)
from tenants.project_facts import TargetGroup as TargetGroupFacts

Json = dict[str, Any]

_OWN_FIELDS = (
    "id", "key", "title", "programme", "programme_axis", "programme_measure",
    "investment_priority", "funding_period", "hashtag", "starts_on", "ends_on", "date_precision",
    "months", "published_on", "summary", "goal", "effects", "fees", "model", "tasks_note",
    "tasks_total", "milestones_total",
)  # fmt: skip


def facts_for_municipality(teryt: str) -> tuple[ProjectFacts, ...]:
    """Projects in which a municipality is a partner, those that run longest first."""
    return _facts(Project.objects.filter(partners__municipality_id=teryt))


def facts_led_by(tenant_id: UUID) -> tuple[ProjectFacts, ...]:
    """Projects led by the body whose site this is, those that run longest first."""
    return _facts(Project.objects.filter(leader_site_id=tenant_id))


def _facts(projects: QuerySet[Project]) -> tuple[ProjectFacts, ...]:
    rows = projects.order_by("-ends_on", "key").values(
        *_OWN_FIELDS,
        "service_areas",
        "planned_services",
        leader_name=F("leader__name"),
        leader_short_name=F("leader__short_name"),
        leader_domain=_primary_domain_of(tenant=OuterRef("leader_site")),
        all_funding=_all(
            FundingSource,
            "ordinal",
            *("kind", "label", "share", "published", "is_derived", "note"),
            # As text: a JSON number would pass through floating point.
            amount=Cast("amount", TextField()),
        ),
        all_partners=_all(
            ProjectPartner,
            "ordinal",
            *("ordinal", "name", "unit_name", "joined_on"),
            *("unit_former_name", "unit_current_name", "unit_transformed_on"),
            teryt=F("municipality_id"),
            site=_primary_domain_of(tenant__municipality=OuterRef("municipality")),
        ),
        all_tasks=_all(
            ProjectTask,
            "ordinal",
            *("scope", "ordinal", "text"),
            partner_teryt=Coalesce("partner__municipality_id", Value("")),
        ),
        all_stages=_all(
            ProjectStage,
            "number",
            *("kind", "number", "name", "starts_on", "ends_on", "date_precision", "months"),
        ),
        all_groups=_all(TargetGroup, "ordinal", "kind", "ordinal", "text"),
        all_indicators=_all(
            Indicator,
            "ordinal",
            *("ordinal", "name", "qualifier", "target", "derived_target", "per_partner", "unit"),
        ),
        all_results=_all(ProjectResult, "ordinal", "ordinal", "text"),
    )
    return tuple(_project(row) for row in rows)


def _all(model: type[Model], order: str, *fields: str, **expressions: Any) -> ArraySubquery:
    """The children of a project as an array of JSON objects."""
    children = model._default_manager.filter(project=OuterRef("pk")).order_by(order)
    same = {field: F(field) for field in fields}
    return ArraySubquery(children.values(json=JSONObject(**same, **expressions)))


def _primary_domain_of(**of: Any) -> Subquery:
    is_active = ExpressionWrapper(Q(tenant__status=Tenant.Status.ACTIVE), BooleanField())
    domains = Domain.objects.filter(is_primary=True, **of)
    return Subquery(domains.values(json=JSONObject(domain="domain", is_active=is_active))[:1])


def _project(row: Json) -> ProjectFacts:
    return ProjectFacts(
        **{field: row[field] for field in _OWN_FIELDS},
        service_areas=tuple(row["service_areas"]),
        planned_services=tuple(row["planned_services"]),
        leader=Leader(row["leader_name"], row["leader_short_name"], _site(row["leader_domain"])),
        funding=tuple(_funding(funding) for funding in row["all_funding"]),
        partners=tuple(_partner(partner) for partner in row["all_partners"]),
        tasks=tuple(Task(**task) for task in row["all_tasks"]),
        stages=tuple(_stage(stage) for stage in row["all_stages"]),
        target_groups=tuple(TargetGroupFacts(**group) for group in row["all_groups"]),
        indicators=tuple(IndicatorTarget(**indicator) for indicator in row["all_indicators"]),
        results=tuple(Result(**result) for result in row["all_results"]),
    )


def _funding(row: Json) -> Funding:
    amount = row.pop("amount")
    return Funding(**row, amount=None if amount is None else Decimal(amount))


def _partner(row: Json) -> Partner:
    return Partner(
        ordinal=row["ordinal"],
        teryt=row["teryt"],
        name=row["name"],
        unit_name=row["unit_name"],
        joined_on=_date(row["joined_on"]),
        unit_transformation=_transformation(row),
        site=_site(row["site"]),
    )


def _transformation(row: Json) -> UnitTransformation | None:
    if row["unit_transformed_on"] is None:
        return None
    return UnitTransformation(
        former=row["unit_former_name"],
        current=row["unit_current_name"],
        on=date.fromisoformat(row["unit_transformed_on"]),
    )


def _stage(row: Json) -> Stage:
    starts_on, ends_on = (date.fromisoformat(row.pop(end)) for end in ("starts_on", "ends_on"))
    return Stage(**row, starts_on=starts_on, ends_on=ends_on)


def _site(row: Json | None) -> SiteLink | None:
    return SiteLink(**row) if row else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
