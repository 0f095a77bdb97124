"""Finding one's way in the CMS."""

from cms_pages.models import BasePage
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient


def open_page(client: SiteClient, path: str) -> str:
    """The HTML a person ends up with at a path."""
    response = client.get(path, follow=True)
    assert response.status_code == 200, path
    return response.content.decode()


def page_id(tenant: Tenant, slug: str) -> int:
    """Key of a Polish page."""
    with bind(tenant):
        return int(BasePage.objects.get(slug=slug, locale__language_code="pl").pk)
