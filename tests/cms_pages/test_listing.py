"""A leader's site lists the services its partners publish, as soon as they do."""

from contextlib import suppress

from django.db import transaction
from wagtail.models import Locale

from cms_pages.models import ServiceIndexPage, ServicePage
from cms_pages.partner_services import partner_services
from tenants.binding import bind
from tenants.models import ListedService, Tenant
from tenants.partnership_files import link_leader_sites, load_partnership, partnership_files
from tenants.provisioning import SiteOrder, provision
from tenants.roles import as_owner


class PublishingFailed(Exception):
    """Something after the page was saved went wrong."""


def new_service(tenant: Tenant, *, live: bool = True) -> ServicePage:
    with bind(tenant):
        index = ServiceIndexPage.objects.get(locale__language_code="pl")
        service = ServicePage(
            title="Pomoc w domu",
            slug="pomoc-w-domu",
            lead="Opiekunka przychodzi.",
            area="pomoc-spoleczna",
            cost_kind="free",
            live=live,
        )
        index.add_child(instance=service)
    return service


def listed(tenant: Tenant) -> list[tuple[str, str]]:
    return list(ListedService.objects.filter(tenant=tenant).values_list("title", "path"))


def test_service_is_listed_while_it_is_published(srem: Tenant, kety: Tenant) -> None:
    page = new_service(srem, live=False)
    assert listed(srem) == []
    with bind(srem):
        page.save_revision().publish()
    assert listed(srem) == [("Pomoc w domu", "/uslugi/pomoc-w-domu/")]
    with bind(srem):
        page.title, page.slug = "Pomoc u Ciebie", "pomoc"
        page.save_revision().publish()
    assert listed(srem) == [("Pomoc u Ciebie", "/uslugi/pomoc/")]
    with bind(srem):
        page.refresh_from_db()
        page.unpublish()
    assert listed(srem) == []
    assert listed(kety) == []


def test_deleted_service_is_listed_no_more(srem: Tenant) -> None:
    page = new_service(srem)
    assert listed(srem)
    with bind(srem):
        page.delete()
    assert listed(srem) == []


def test_draft_of_a_change_is_not_listed(srem: Tenant) -> None:
    page = new_service(srem)
    with bind(srem):
        page.title = "Jeszcze nie"
        page.save_revision()
    assert listed(srem) == [("Pomoc w domu", "/uslugi/pomoc-w-domu/")]


def test_translation_of_a_service_is_the_same_service(srem: Tenant) -> None:
    page = new_service(srem)
    with bind(srem):
        english = page.copy_for_translation(Locale.objects.get(language_code="en"))
        english.title = "Help at home"
        english.save_revision().publish()
        assert english.url == "/en/uslugi/pomoc-w-domu/"
    assert listed(srem) == [("Pomoc w domu", "/uslugi/pomoc-w-domu/")]


def test_publishing_that_fails_lists_nothing(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    with suppress(PublishingFailed), bind(srem), transaction.atomic():
        new_service(srem)
        raise PublishingFailed
    assert listed(srem) == []


def test_leader_lists_the_services_of_its_partners_and_is_made_fresh(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    kety = Tenant.objects.get(domains__domain="kety.localhost")
    leader = provision(SiteOrder(domain="rops-poznan.localhost", name="ROPS w Poznaniu", port=8000))
    with as_owner():
        for file in partnership_files():
            if file.stem == "wlkp":
                load_partnership(file)
        link_leader_sites()
    leader.refresh_from_db()
    before = leader.content_version
    new_service(srem)
    new_service(kety)
    leader.refresh_from_db()
    assert leader.content_version != before
    with bind(leader):
        services = partner_services(leader)
    assert [(service.place, service.url) for service in services] == [
        ("Gmina Śrem", "http://srem.localhost:8000/uslugi/pomoc-w-domu/")
    ]
    assert services[0].area_label
