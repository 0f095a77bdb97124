"""What a leader's site shows of its partners: services, repeated in the registry."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from cms_pages.areas import ServiceArea
from portal.notifications.links import on_sibling
from tenants.models import Domain, ListedService, Tenant


@dataclass(frozen=True, slots=True)
class PartnerService:
    title: str
    lead: str
    area: str
    site_name: str
    place: str
    url: str

    @property
    def area_label(self) -> str:
        return str(ServiceArea(self.area).label)


def partner_services(leader_site: Tenant) -> list[PartnerService]:
    """Services of the partners of a leader, by gmina and title; one query."""
    primary = Domain.objects.filter(tenant=OuterRef("tenant"), is_primary=True)
    listed = (
        ListedService.objects.of_partners(leader_site)
        .annotate(domain=Subquery(primary.values("domain")[:1]))
        .order_by("tenant__municipality__sort_key", "tenant_id", "title")
    )
    return [
        PartnerService(
            title=service.title,
            lead=service.lead,
            area=service.area,
            site_name=service.tenant.name,
            place=service.tenant.official_place,
            url=on_sibling(service.domain, service.path),  # type: ignore[attr-defined]
        )
        for service in listed
    ]
