"""Reads partnership files: a project as its source document states it, in TOML.

``tenants/data/partnerships/*.toml`` are examples of every key. What the document does not state is
left out; what we computed is marked (``derived``, ``derived_target``). Reading checks everything
that can be wrong in a file and names the file, the table and the key.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from tenants.models import (
    FundingSource,
    Indicator,
    Project,
    ProjectPartner,
    ProjectResult,
    ProjectStage,
    ProjectTask,
    TargetGroup,
)
from tenants.models.project import DatePrecision, FundingKind
from tenants.partnership_tables import PartnershipError, Row, Table
from tenants.teryt import TerytError, parse_teryt

_KEYS_OF_FIELDS = {
    "municipality_id": "teryt",
    "partner_teryt": "teryt",
    "unit_name": "unit",
    "unit_former_name": "unit_transformed, former",
    "unit_current_name": "unit_transformed, current",
}


@dataclass(frozen=True, slots=True)
class ChildTable:
    """A repeated table; ``unique`` lists keys without duplicates, the first of which identifies."""

    name: str
    model: type[models.Model]
    unique: tuple[tuple[str, ...], ...]
    read: Callable[[Table], Row]


@dataclass(frozen=True, slots=True)
class Partnership:
    """A file that was read: rows by model field, in the order of the file."""

    file: str
    leader: Row
    project: Row
    children: dict[str, list[Row]]
    site_labels: dict[str, str]  # TERYT code of a partner → first label of its site's domain


def read_partnership(path: Path) -> Partnership:
    """Read and check one file.

    Raises:
        PartnershipError: unreadable, an unknown or missing key, a value that cannot be.
    """
    document = Table(path.name, "", _parsed(path))
    leader = document.table("leader")
    project = _project(document) | {"leader_site_slug": leader.host_label("site")}
    _check_lengths(document, Project, project)
    children = {child.name: _rows(document, child) for child in CHILD_TABLES}
    if not children["partners"]:
        raise document.error("partners", _("at least one is needed."))
    partnership = Partnership(
        file=path.name,
        leader={"name": leader.text("name"), "short_name": leader.optional_text("short_name")},
        project=project,
        children=children,
        site_labels={
            partner["municipality_id"]: partner.pop("site") for partner in children["partners"]
        },
    )
    _check_task_partners(document, partnership)
    leader.refuse_unread()
    document.refuse_unread()
    return partnership


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise PartnershipError(f"{path.name}: {exc.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise PartnershipError(f"{path.name}: {exc}".replace("\n", " ")) from None


def _project(document: Table) -> Row:
    precision = document.choice("date_precision", DatePrecision)
    starts_on, ends_on = document.period("starts", "ends", precision)
    return {
        "key": document.text("key"),
        "title": document.text("title"),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "date_precision": precision,
        "published_on": document.optional_day("published_on"),
        "months": document.optional_integer("months"),
        "tasks_total": document.optional_integer("tasks_total"),
        "milestones_total": document.optional_integer("milestones_count"),
        "service_areas": [area.only_text() for area in document.tables("service_areas")],
        "planned_services": [it.only_text() for it in document.tables("planned_services")],
    } | {
        key: document.optional_text(key)
        for key in (
            "programme", "programme_axis", "programme_measure", "investment_priority",
            "funding_period", "hashtag", "summary", "goal", "effects", "fees", "model",
            "tasks_note",
        )
    }  # fmt: skip


def _rows(document: Table, child: ChildTable) -> list[Row]:
    rows = []
    seen: set[tuple[Any, ...]] = set()
    for table in document.tables(child.name):
        row = child.read(table)
        table.refuse_unread()
        _check_lengths(table, child.model, row)
        for fields in child.unique:
            value = (fields, *(row[field] for field in fields))
            if value in seen:
                raise table.error(_key(fields[-1]), _("is there twice."))
            seen.add(value)
        rows.append(row)
    return rows


def _funding(table: Table) -> Row:
    row = {
        "ordinal": table.position,
        "kind": table.choice("kind", FundingKind),
        "label": table.optional_text("label"),
        "amount": table.optional_amount("amount"),
        "share": table.optional_text("share"),
        "published": table.optional_text("published"),
        "is_derived": table.optional_flag("derived"),
        "note": table.optional_text("note"),
    }
    if row["amount"] is None and not row["share"]:
        raise table.error("amount", _("is missing, and so is a share."))
    if row["is_derived"] == bool(row["published"]):
        raise table.error(
            "published", _("a stated value has a published text, a derived one has none.")
        )
    return row


def _partner(table: Table) -> Row:
    try:
        teryt = parse_teryt(table.text("teryt"))
    except TerytError as exc:
        raise table.error("teryt", str(exc)) from None
    change = table.optional_table("unit_transformed")
    row = {
        "ordinal": table.integer("ordinal"),
        "municipality_id": teryt,
        "name": table.text("name"),
        "unit_name": table.optional_text("unit"),
        "joined_on": table.optional_day("joined_on"),
        "unit_former_name": change.text("former") if change else "",
        "unit_current_name": change.text("current") if change else "",
        "unit_transformed_on": change.day("on") if change else None,
        "site": table.host_label("site"),
    }
    if change:
        change.refuse_unread()
    return row


def _task(table: Table) -> Row:
    scope = table.choice("scope", ProjectTask.Scope)
    is_of_one = scope == ProjectTask.Scope.PARTNER
    return {
        "scope": scope,
        "partner_teryt": table.text("teryt") if is_of_one else "",
        "ordinal": table.integer("ordinal"),
        "text": table.text("text"),
    }


def _stage(table: Table) -> Row:
    precision = table.choice("precision", DatePrecision)
    starts_on, ends_on = table.period("starts", "ends", precision)
    return {
        "kind": table.choice("kind", ProjectStage.Kind),
        "number": table.integer("number"),
        "name": table.text("name"),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "date_precision": precision,
        "months": table.optional_integer("months"),
    }


def _target_group(table: Table) -> Row:
    return {
        "kind": table.choice("kind", TargetGroup.Kind),
        "ordinal": table.integer("ordinal"),
        "text": table.text("text"),
    }


def _indicator(table: Table) -> Row:
    row = {
        "ordinal": table.integer("ordinal"),
        "name": table.text("name"),
        "qualifier": table.optional_text("qualifier"),
        "target": table.optional_integer("target"),
        "derived_target": table.optional_integer("derived_target"),
        "per_partner": table.optional_integer("per_partner"),
        "unit": table.text("unit"),
    }
    if row["target"] is None and row["per_partner"] is None:
        raise table.error("target", _("is missing, and so is a target of each partner."))
    if row["target"] is not None and row["derived_target"] is not None:
        raise table.error("derived_target", _("is not for a target that is stated."))
    return row


def _result(table: Table) -> Row:
    return {"ordinal": table.integer("ordinal"), "text": table.text("text")}


CHILD_TABLES = (
    ChildTable("funding", FundingSource, (("ordinal",),), _funding),
    ChildTable("partners", ProjectPartner, (("municipality_id",), ("ordinal",)), _partner),
    ChildTable("tasks", ProjectTask, (("scope", "partner_teryt", "ordinal"),), _task),
    ChildTable("stages", ProjectStage, (("kind", "number"),), _stage),
    ChildTable("target_groups", TargetGroup, (("ordinal",),), _target_group),
    ChildTable("indicators", Indicator, (("name",), ("ordinal",)), _indicator),
    ChildTable("results", ProjectResult, (("ordinal",),), _result),
)


def _check_lengths(table: Table, model: type[models.Model], row: Row) -> None:
    """What the columns can hold, before the database refuses it without naming the row."""
    columns = {field.attname for field in model._meta.concrete_fields}
    instance = model(**{name: value for name, value in row.items() if name in columns})
    relations = [field.name for field in model._meta.concrete_fields if field.is_relation]
    try:
        instance.clean_fields(exclude={*relations, *(columns - row.keys())})
    except ValidationError as exc:
        field, messages = next(iter(exc.message_dict.items()))
        raise table.error(_key(field), messages[0]) from None


def _key(field: str) -> str:
    return _KEYS_OF_FIELDS.get(field, field)


def _check_task_partners(document: Table, partnership: Partnership) -> None:
    for position, task in enumerate(partnership.children["tasks"], start=1):
        if task["partner_teryt"] and task["partner_teryt"] not in partnership.site_labels:
            raise document.error(f"tasks {position}, teryt", _("is not a partner of the project."))
