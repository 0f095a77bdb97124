"""What the CMS writes to people is a promise like every other message."""

import re
from typing import Any

import pytest

from cms_pages.models import StandardPage
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.cms_pages.cms import open_page
from tests.cms_pages.test_admin import create
from tests.conftest import SiteClient


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    settings.EMAIL_BACKEND = "portal.notifications.backend.OutboxBackend"


def test_director_gets_a_link_to_the_page_that_waits_for_approval(
    srem: Tenant, editor: SiteClient, director: SiteClient
) -> None:
    create(editor, "Dojazd", "dojazd", **{"action-submit": "1"})
    with bind(srem):
        page = StandardPage.objects.get(slug="dojazd")
        delivery = Delivery.objects.select_related("message").get()
        words = delivery.message.words_in("pl")
    assert words
    assert delivery.address == f"director@{srem.schema_name}.example"
    assert "Zatwierdzenie przez dyrekcję" in open_page(director, "/cms/reports/workflow/")
    [link] = re.findall(rf"http\S+/cms/pages/{page.pk}/edit/", words["text"])
    assert link.startswith("http://srem.localhost:8000/")
    assert director.get(link.removeprefix("http://srem.localhost:8000")).status_code == 200
