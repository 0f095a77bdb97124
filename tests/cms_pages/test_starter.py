"""A new site is there with its pages, in three languages, and nothing in them is left open."""

import re

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Revision, Site

from cms_pages import slugs
from cms_pages.models import AccessibilityPage, BasePage, HomePage, MinorsPage
from cms_pages.starter import plant_starter, set_site_address
from tenants.binding import bind
from tenants.models import Municipality, Tenant
from tenants.provisioning import SiteOrder, provision
from tenants.roles import as_owner
from tests.conftest import SiteClient


def test_new_site_has_every_section_under_its_address(srem: Tenant) -> None:
    with bind(srem):
        home = HomePage.objects.get(slug="home")
        sections = home.get_children().live()
        assert {page.slug for page in sections} == set(slugs.SECTION_SLUGS)
        assert {type(page.specific).__name__ for page in sections} >= {
            "AccessibilityPage", "PrivacyPage", "MinorsPage", "EasyReadPage", "ServiceIndexPage",
        }  # fmt: skip
        assert Site.objects.get().root_page_id == home.pk
        assert Site.objects.get().root_url == "http://srem.localhost:8000"
        assert {locale.language_code for locale in Locale.objects.all()} == {"pl", "en", "uk"}


def test_starter_texts_name_the_office_and_leave_no_placeholder(srem: Tenant) -> None:
    with bind(srem):
        texts = " ".join(
            " ".join(map(str, page.serializable_data().values()))
            for page in BasePage.objects.filter(depth__gt=1).specific()
        )
    assert "Gmina Śrem" in texts
    assert not re.search(r"\{(site|unit|municipality)\}", texts)


def test_translations_are_linked_and_published_under_the_polish_path(srem: Tenant) -> None:
    with bind(srem):
        polish = BasePage.objects.get(slug=slugs.PRIVACY, locale__language_code="pl")
        english = polish.get_translation(Locale.objects.get(language_code="en"))
        assert english.live
        assert english.title == "Your data and privacy"
        assert (polish.url, english.url) == ("/prywatnosc/", "/en/prywatnosc/")
        assert not BasePage.objects.filter(slug=slugs.MINORS, locale__language_code="en").exists()


def test_planted_pages_are_as_if_published_by_hand(srem: Tenant) -> None:
    with bind(srem):
        problems = BasePage.find_problems()
        assert not any(problems), problems
        for page in BasePage.objects.filter(depth__gt=1).specific():
            revision = page.latest_revision
            assert page.live_revision_id == revision.pk
            assert revision.as_object().title == page.title
            page.full_clean()
        assert Revision.objects.count() == BasePage.objects.filter(depth__gt=1).count()
        found = BasePage.objects.search("deklaracja")
        assert slugs.ACCESSIBILITY in {page.slug for page in found}


def test_declaration_starts_partial_with_today_as_its_date(srem: Tenant) -> None:
    with bind(srem):
        page = AccessibilityPage.objects.get(locale__language_code="pl")
        assert page.official_status == "częściowo zgodna"
        assert page.prepared_on is not None
        assert page.reviewed_on is None
        assert page.intro_parts[1] == page.entity
        assert page.scope_parts[1] == page.website == srem.name
        assert len(page.procedure) >= 3
        assert MinorsPage.objects.get().child_rules


def test_translated_home_page_opens(srem: Tenant, as_site: type[SiteClient]) -> None:
    for path in ("/", "/en/", "/uk/", "/uslugi/", "/en/uslugi/", "/o-nas/"):
        assert as_site(srem).get(path).status_code == 200, path


def test_planting_is_cheap(own_database: str) -> None:
    rawicz = Municipality.objects.get(pk="3022053")
    site = provision(SiteOrder(domain="rawicz.localhost", municipality=rawicz, port=8000))
    with as_owner(), bind(site), transaction.atomic():
        Site.objects.all().delete()
        for home in HomePage.objects.all():
            home.delete()
        with CaptureQueriesContext(connection) as queries:
            plant_starter(site, port=8000)
    assert len(queries) <= 80


def test_leader_starts_with_the_same_pages_under_its_own_name(own_database: str) -> None:
    leader = provision(SiteOrder(domain="rops-poznan.example", name="ROPS w Poznaniu"))
    with bind(leader):
        home = HomePage.objects.get(slug="home")
        assert home.title == "ROPS w Poznaniu"
        assert home.get_children().count() == len(slugs.SECTION_SLUGS)
        assert Site.objects.get().root_url == "https://rops-poznan.example"
        assert home.full_url == "https://rops-poznan.example/"


def test_address_follows_a_demo_that_moves(srem: Tenant) -> None:
    with bind(srem):
        set_site_address("srem.localhost", 8123)
        assert HomePage.objects.get(slug="home").full_url == "http://srem.localhost:8123/"
