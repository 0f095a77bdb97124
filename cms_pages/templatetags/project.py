"""What pages about a project show beyond its plain facts."""

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.translation import get_language

from cms_pages import project_tables
from cms_pages.addresses import localised
from cms_pages.project_tables import Figure, FundingTable, TargetTable
from tenants.project_facts import Partner, ProjectFacts

register = template.Library()


@register.simple_tag
def funding_table(project: ProjectFacts) -> FundingTable:
    return project_tables.funding_table(project)


@register.simple_tag
def target_table(project: ProjectFacts) -> TargetTable:
    return project_tables.target_table(project)


@register.simple_tag
def project_figures(project: ProjectFacts, partner: Partner | None) -> list[Figure]:
    return project_tables.figures(project, partner)


@register.simple_tag(takes_context=True)
def site_url(context: Context, domain: str) -> str:
    """The front door of another site of this installation: our scheme, port and language."""
    request: HttpRequest = context["request"]
    _host, colon, port = request.get_host().partition(":")
    return f"{request.scheme}://{domain}{colon}{port}{localised('', get_language())}"
