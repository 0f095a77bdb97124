"""Writes partnership files into the registry, and tells the sites that show them."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tenants.models import Institution, Project, ProjectPartner, Tenant
from tenants.models.tenant import fresh_version
from tenants.partnership_reading import CHILD_TABLES, ChildTable, Partnership, read_partnership
from tenants.partnership_tables import PartnershipError, Row
from tenants.roles import as_owner

PARTNERSHIPS = Path(__file__).parent / "data" / "partnerships"


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class LoadedProject:
    key: str
    outcome: Outcome


def partnership_files() -> list[Path]:
    """The files that come with the project."""
    return sorted(PARTNERSHIPS.glob("*.toml"))


def load_partnership(path: Path) -> LoadedProject:
    """Make the registry say what the file says; a file that says the same changes nothing.

    The pages of every partner and of the leader become stale in the same transaction.

    Raises:
        PartnershipError: the file is wrong; nothing was written.
    """
    with as_owner():
        try:
            with transaction.atomic():
                partnership = read_partnership(path)
                return LoadedProject(partnership.project["key"], _write(partnership))
        except IntegrityError as exc:
            rule = getattr(getattr(exc.__cause__, "diag", None), "constraint_name", exc)
            raise PartnershipError(
                _("%(file)s: breaks the rule %(rule)s of the registry.")
                % {"file": path.name, "rule": rule}
            ) from exc


def link_leader_sites() -> int:
    """Connect projects with leaders' sites made after them; how many were connected."""
    linked = 0
    with as_owner(), transaction.atomic():
        for project in Project.objects.select_for_update().filter(leader_site=None):
            if _link_leader_site(project):
                project.save(update_fields=["leader_site"])
                _make_stale(_sites_showing(project))
                linked += 1
    return linked


def link_units() -> int:
    """Tell sites made after their project which unit runs them; how many learnt it.

    The unit is the controller of the site's data; it was transformed where the source says so.
    """
    learnt = 0
    with as_owner(), transaction.atomic():
        partners = ProjectPartner.objects.exclude(unit_name="").filter(
            municipality__tenant__unit=None, municipality__tenant__isnull=False
        )
        for partner in partners.select_related("municipality__tenant"):
            site = partner.municipality.tenant
            now = site.name if partner.unit_transformed_on else partner.unit_name
            site.unit, _made = Institution.objects.get_or_create(
                name=now, defaults={"kind": Institution.Kind.UNIT}
            )
            site.controller = site.unit
            site.unit_former_name = partner.unit_name if partner.unit_transformed_on else ""
            site.unit_transformed_on = partner.unit_transformed_on
            site.content_version = fresh_version()
            site.save()
            learnt += 1
    return learnt


def _write(partnership: Partnership) -> Outcome:
    key = partnership.project["key"]
    project = Project.objects.select_for_update().filter(key=key).first()
    shown_before = _sites_showing(project) if project else set()
    is_new = project is None
    project = project or Project(key=key)

    leader, leader_changed = _leader(partnership.leader)
    project_changed = _assign(project, partnership.project | {"leader_id": leader.pk})
    if project.leader_site_id is None:
        project_changed |= _link_leader_site(project)
    if project_changed:
        project.save()
    changed = [leader_changed, project_changed]
    for child in CHILD_TABLES:
        rows = _with_partner_ids(project, partnership.children[child.name])
        changed.append(_replace_children(project, child, rows))

    if not any(changed):
        return Outcome.UNCHANGED
    _make_stale(shown_before | _sites_showing(project))
    return Outcome.CREATED if is_new else Outcome.UPDATED


def _leader(row: Row) -> tuple[Institution, bool]:
    leader, created = Institution.objects.get_or_create(
        name=row["name"],
        defaults={"kind": Institution.Kind.LEADER, "short_name": row["short_name"]},
    )
    changed = _assign(leader, row)
    if changed:
        leader.save(update_fields=list(row))
    return leader, created or changed


def _replace_children(project: Project, child: ChildTable, rows: list[Row]) -> bool:
    """Rows keep their ids while the file keeps naming them: readings will point at indicators."""
    identity = [name if name != "partner_teryt" else "partner_id" for name in child.unique[0]]
    manager = child.model._default_manager
    vanished = {
        tuple(getattr(kept, name) for name in identity): kept
        for kept in manager.filter(project=project)
    }
    new: list[models.Model] = []
    updated: list[models.Model] = []
    for row in rows:
        kept = vanished.pop(tuple(row[name] for name in identity), None)
        if kept is None:
            new.append(child.model(project=project, **row))
        elif _assign(kept, row):
            updated.append(kept)
    manager.filter(pk__in=[kept.pk for kept in vanished.values()]).delete()
    for kept in updated:
        kept.save()
    manager.bulk_create(new)
    return bool(new or updated or vanished)


def _with_partner_ids(project: Project, rows: list[Row]) -> list[Row]:
    """Tasks name their partner by TERYT in a file, by id in the registry."""
    if not any("partner_teryt" in row for row in rows):
        return rows
    ids = dict(project.partners.values_list("municipality_id", "pk"))
    return [
        {name: value for name, value in row.items() if name != "partner_teryt"}
        | {"partner_id": ids.get(row["partner_teryt"])}
        for row in rows
    ]


def _assign(instance: models.Model, values: dict[str, Any]) -> bool:
    """Set the values; whether any of them is new."""
    new = {name: value for name, value in values.items() if getattr(instance, name) != value}
    for name, value in new.items():
        setattr(instance, name, value)
    return bool(new)


def _link_leader_site(project: Project) -> bool:
    """Set the site whose primary domain begins with the leader's label, if there is just one."""
    label = project.leader_site_slug
    if not label:
        return False
    found = Tenant.objects.exclude(status=Tenant.Status.ARCHIVED).filter(
        Q(domains__domain=label) | Q(domains__domain__startswith=f"{label}."),
        domains__is_primary=True,
    )[:2]
    if len(found) != 1:
        return False
    project.leader_site = found[0]
    return True


def _sites_showing(project: Project) -> set[UUID]:
    sites = Tenant.objects.filter(
        Q(municipality__partnerships__project=project) | Q(projects_led=project)
    )
    return set(sites.values_list("pk", flat=True))


def _make_stale(sites: set[UUID]) -> None:
    Tenant.objects.filter(pk__in=sites).update(content_version=fresh_version())
