"""What an editor changes makes the site's cached pages stale, at once and on that site only."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image
from wagtail.contrib.redirects.models import Redirect

from cms_pages.models import HomePage, SiteDocument, SiteImage, StandardPage
from portal.places.models import Contact, Place
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient


class ChangedMind(Exception):
    """The editor leaves without saving."""


def version(tenant: Tenant) -> int:
    return Tenant.objects.values_list("content_version", flat=True).get(pk=tenant.pk)


@contextmanager
def renews(tenant: Tenant) -> Iterator[None]:
    before = version(tenant)
    with bind(tenant), transaction.atomic():
        yield
    assert version(tenant) != before


@contextmanager
def leaves(tenant: Tenant) -> Iterator[None]:
    before = version(tenant)
    yield
    assert version(tenant) == before


def new_page(tenant: Tenant, *, live: bool = True) -> StandardPage:
    with bind(tenant):
        home = HomePage.objects.get(slug="home")
        page = StandardPage(title="Dojazd", slug="dojazd", live=live)
        home.add_child(instance=page)
    return page


def test_publishing_taking_down_moving_and_deleting_a_page(srem: Tenant, kety: Tenant) -> None:
    page = new_page(srem)
    with leaves(kety):
        with renews(srem):
            page.title = "Jak dojechać"
            page.save_revision().publish()
        with renews(srem):
            page.unpublish()
        with renews(srem):
            page.move(
                StandardPage.objects.get(slug="o-nas", depth=3, locale=page.locale), "last-child"
            )
        with renews(srem):
            page.refresh_from_db()
            page.delete()


def test_drafts_change_nothing_for_the_public(srem: Tenant) -> None:
    page = new_page(srem)
    with leaves(srem), bind(srem), transaction.atomic():
        page.title = "Jeszcze nie"
        page.save_revision()


def test_places_contacts_documents_and_redirects_count(srem: Tenant) -> None:
    with renews(srem):
        place = Place.objects.create(name="Urząd")
    with renews(srem):
        place.city = "Śrem"
        place.save(update_fields=["city"])
    with renews(srem):
        Contact.objects.create(role="Kasa").delete()
    with renews(srem):
        SiteDocument.objects.create(title="Wniosek", file=ContentFile(b"x", "wniosek.txt"))
    with renews(srem):
        Redirect.objects.create(old_path="/stary/", redirect_link="/nowy/")


def test_an_edit_that_is_rolled_back_leaves_the_version(own_database: str) -> None:
    tenant = Tenant.objects.get(domains__domain="srem.localhost")
    with leaves(tenant), bind(tenant), suppress(ChangedMind), transaction.atomic():
        Place.objects.create(name="Urząd")
        raise ChangedMind


def test_change_after_a_rolled_back_savepoint_still_counts(own_database: str) -> None:
    tenant = Tenant.objects.get(domains__domain="srem.localhost")
    with renews(tenant):
        with suppress(ChangedMind), transaction.atomic():
            Place.objects.create(name="Cofnięty")
            raise ChangedMind
        Place.objects.create(name="Zostaje")


def test_picture_shown_for_the_first_time_is_no_edit(srem: Tenant) -> None:
    file = BytesIO()
    Image.new("RGB", (8, 8), "green").save(file, "PNG")
    with bind(srem):
        picture = SiteImage.objects.create(
            title="Zielony", is_decorative=True, file=ContentFile(file.getvalue(), "zielony.png")
        )
        with leaves(srem):
            picture.get_rendition("width-4")


def test_fixtures_and_work_outside_any_site_are_no_edits(srem: Tenant) -> None:
    with leaves(srem), bind(srem), transaction.atomic():
        place = Place(name="Urząd")
        place.save_base(raw=True)


def test_editor_sees_the_change_on_the_next_request(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    """Over HTTP, through the page cache."""
    site = as_site(srem)
    site.log_in("director")
    first = site.get("/o-nas/")
    assert site.get("/o-nas/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    with bind(srem):
        about = StandardPage.objects.get(slug="o-nas", locale__language_code="pl")
    site.post(f"/cms/pages/{about.pk}/unpublish/")
    assert site.get("/o-nas/", headers={"If-None-Match": first["ETag"]}).status_code == 404
