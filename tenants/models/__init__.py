"""The registry in ``public``: municipalities, sites, institutions and projects. No people."""

from tenants.models.institution import Institution
from tenants.models.listing import ListedService, ListedSession
from tenants.models.migration_record import MigrationRecord
from tenants.models.month_figure import MonthFigure
from tenants.models.municipality import Municipality
from tenants.models.project import (
    FundingSource,
    Indicator,
    Project,
    ProjectPartner,
    ProjectResult,
    ProjectStage,
    ProjectTask,
    TargetGroup,
)
from tenants.models.template import TemplateDump
from tenants.models.tenant import Domain, Tenant

__all__ = [
    "Domain",
    "FundingSource",
    "Indicator",
    "Institution",
    "ListedService",
    "ListedSession",
    "MigrationRecord",
    "MonthFigure",
    "Municipality",
    "Project",
    "ProjectPartner",
    "ProjectResult",
    "ProjectStage",
    "ProjectTask",
    "TargetGroup",
    "TemplateDump",
    "Tenant",
]
