"""The project a site tells about."""

from tenants.binding import current_tenant
from tenants.project_facts import ProjectFacts
from tenants.projects import facts_for_municipality, facts_led_by


def projects_of_site() -> tuple[ProjectFacts, ...]:
    """What the bound gmina takes part in, or the bound leader leads; one query."""
    tenant = current_tenant()
    if tenant.municipality_id is not None:
        return facts_for_municipality(tenant.municipality_id)
    return facts_led_by(tenant.pk)


def project_of_site(key: str = "") -> ProjectFacts | None:
    """The project of this key, or the site's only or latest one; None where it has none."""
    projects = projects_of_site()
    return next((project for project in projects if key in {"", project.key}), None)
