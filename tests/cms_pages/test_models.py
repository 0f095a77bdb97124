"""What editors may build, what is refused and in which words, and what pages cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Locale

from cms_pages.blocks import TableBlock
from cms_pages.home_blocks import AlertBlock, DoorBlock
from cms_pages.models import (
    ContactPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    ProjectPage,
    ServiceAvailability,
    ServiceIndexPage,
    ServicePage,
    StandardPage,
)
from cms_pages.slugs import RESERVED_SLUGS
from portal.places.models import Contact, Place
from tenants.binding import bind
from tenants.models import Tenant


@contextmanager
def refused(words: str) -> Iterator[None]:
    """The editor's change is refused in these (English) words."""
    with translation.override("en"), pytest.raises(ValidationError, match=words):
        yield


def home() -> HomePage:
    page: HomePage = HomePage.objects.get(locale__language_code="pl")
    return page


def service(slug: str, **fields: Any) -> ServicePage:
    fields = {"title": slug.title(), "area": "pomoc-spoleczna", "cost_kind": "free"} | fields
    index = ServiceIndexPage.objects.get(locale__language_code="pl")
    page = ServicePage(slug=slug, **fields)
    index.add_child(instance=page)
    return page


# Addresses


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS - {"robots.txt", "sitemap.xml"}))
@pytest.mark.parametrize("live", [True, False])
def test_address_of_the_portal_itself_is_refused(srem: Tenant, slug: str, live: bool) -> None:
    with bind(srem), refused("belongs to the portal itself"):
        home().add_child(instance=StandardPage(title="Moja", slug=slug, live=live))


def test_such_an_address_is_free_further_down(srem: Tenant) -> None:
    with bind(srem):
        about = StandardPage.objects.get(slug="o-nas", locale__language_code="pl")
        assert about.add_child(instance=StandardPage(title="Pomoc", slug="pomoc")).url == (
            "/o-nas/pomoc/"
        )


def test_address_of_a_section_is_kept_for_its_page(srem: Tenant) -> None:
    with bind(srem):
        contact = ContactPage.objects.get(locale__language_code="pl")
        contact.slug = "jak-nas-znalezc"
        contact.save_revision().publish()
        assert ContactPage.objects.get(pk=contact.pk).slug == "kontakt"
        about = StandardPage.objects.get(slug="o-nas", locale__language_code="pl")
        about.slug = "kim-jestesmy"
        with refused("of this page stays"):
            about.save_revision()
        ContactPage.objects.get(pk=contact.pk).delete()
        with refused("kept for one page"):
            home().add_child(instance=StandardPage(title="Kontakt", slug="kontakt"))


def test_address_made_of_a_title_keeps_the_polish_letters_readable(srem: Tenant) -> None:
    with bind(srem):
        page = home().add_child(instance=StandardPage(title="Zajęcia w Szydłowie"))
        assert page.slug == "zajecia-w-szydlowie"


def test_only_one_of_each_section(srem: Tenant) -> None:
    with bind(srem):
        assert not ContactPage.can_create_at(home())
        assert not ServicePage.can_create_at(home())
        assert ServicePage.can_create_at(ServiceIndexPage.objects.get(locale__language_code="pl"))
        assert not HomePage.can_create_at(home())


def test_translated_page_keeps_the_polish_path_whatever_its_own(srem: Tenant) -> None:
    with bind(srem):
        polish = home().add_child(instance=StandardPage(title="Dojazd", slug="dojazd"))
        english = polish.copy_for_translation(Locale.objects.get(language_code="en"))
        english.title, english.slug = "How to get here", "how-to-get-here"
        english.save_revision().publish()
        polish.slug = "jak-dojechac"
        polish.save_revision().publish()
        english = StandardPage.objects.get(pk=english.pk)
        assert english.url == "/en/jak-dojechac/"
        assert english.full_url == "http://srem.localhost:8000/en/jak-dojechac/"


# Search


def test_search_text_holds_every_word_without_polish_letters(srem: Tenant) -> None:
    with bind(srem):
        page = service(
            "pomoc-w-domu",
            title="Pomoc w domu",
            official_name="usługi opiekuńcze",
            who=[("item", "Mieszkańcy Śremu")],
            how=[("step", {"title": "Zadzwoń", "text": "Zapytamy."})],
        )
        for words in (" pomoc w domu", " uslugi opiekuncze", " mieszkancy sremu", " zadzwon"):
            assert words in page.search_text
        page.official_name = "opieka"
        page.save_revision()
        assert "opiekuncze" in ServicePage.objects.get(pk=page.pk).search_text


# Facts that have to be right


def test_service_must_have_an_area_of_the_act(srem: Tenant) -> None:
    with bind(srem):
        with pytest.raises(ValidationError, match="area"):
            service("bez-dziedziny", area="")
        page = service("z-dziedzina")
        with pytest.raises(IntegrityError, match="service_area_of_the_act"), transaction.atomic():
            ServicePage.objects.filter(pk=page.pk).update(area="astrologia")


def test_older_text_of_a_service_does_not_reopen_it(srem: Tenant) -> None:
    with bind(srem):
        page = service("pomoc-w-domu")
        first = page.save_revision()
        state = ServiceAvailability.objects.create(service=page, status="accepting")
        state.status = ServiceAvailability.Status.ENDED
        state.save()
        first.publish()
        assert page.page_context()["availability"].status == "ended"


def test_project_key_must_be_one_of_the_site(srem: Tenant) -> None:
    with bind(srem):
        page = ProjectPage.objects.get()
        page.project_key = "MCUS"
        with refused("takes part in"):
            page.save_revision()


# Blocks


def test_table_with_a_short_row_is_refused_by_number() -> None:
    block = TableBlock()
    value = block.to_python({"caption": "Ceny", "columns": ["Kto", "Ile"], "rows": [["Dorośli"]]})
    with translation.override("en"), pytest.raises(StructBlockValidationError) as error:
        block.clean(value)
    assert "Row 1 has 1 cells, the table 2." in str(error.value.as_json_data())


def test_alert_shows_from_its_first_day_to_its_last() -> None:
    block = AlertBlock()
    value = block.to_python(
        {"title": "W piątek do 12", "starts_on": "2026-11-25", "ends_on": "2026-11-27"}
    )
    shown = [value.is_shown(date(2026, 11, day)) for day in range(24, 29)]
    assert shown == [False, True, True, True, False]
    value["ends_on"] = date(2026, 11, 1)
    with pytest.raises(ValidationError):
        block.clean(value)


def test_door_says_and_opens_what_its_kind_does() -> None:
    block = DoorBlock()
    with translation.override("en"):
        door = block.to_python({"kind": "services", "page": None, "title": "", "text": ""})
        assert (door.heading, door.url) == ("Find a service", "/en/uslugi/")
        door = block.to_python({"kind": "help", "page": None, "title": "", "text": ""})
        assert (door.heading, door.url) == ("Neighbourly help", "/en/pomoc-sasiedzka/")


# What templates get


def test_home_shows_what_its_blocks_ask_for(srem: Tenant) -> None:
    today = timezone.localdate()
    with bind(srem):
        page = home()
        alert = {"title": "Dziś krócej", "text": "", "page": None, "starts_on": today}
        page.alerts = [("alert", {**alert, "ends_on": today})]
        page.save_revision().publish()
        index = NewsIndexPage.objects.get()
        for age in range(5):
            index.add_child(
                instance=NewsPage(
                    title=f"Wieść {age}", slug=f"wiesc-{age}", date=today - timedelta(days=age)
                )
            )
        Contact.objects.create(role="Organizator")
        page = home()
        with CaptureQueriesContext(connection) as queries:
            context = page.page_context()
        assert [entry.title for entry in context["news"]] == ["Wieść 0", "Wieść 1", "Wieść 2"]
        assert context["news"][0].url == "/aktualnosci/wiesc-0/"
        assert [alert.value["title"] for alert in context["alerts"]] == ["Dziś krócej"]
        assert [contact.role for contact in context["contacts"]] == ["Organizator"]
        assert len(queries) == 4


def test_services_are_listed_by_area_in_the_reader_s_language(srem: Tenant) -> None:
    with bind(srem):
        first = service("asystent", title="Asystent rodziny", area="wspieranie-rodziny")
        service("pomoc", title="Pomoc w domu")
        english = first.copy_for_translation(Locale.objects.get(language_code="en"))
        english.title = "Family assistant"
        english.save_revision().publish()
        index = ServiceIndexPage.objects.get(locale__language_code="en")
        with translation.override("en"), CaptureQueriesContext(connection) as queries:
            areas = index.page_context()["areas"]
        assert [
            (area.value, [(e.title, e.lang, e.url) for e in found]) for area, found in areas
        ] == [
            ("wspieranie-rodziny", [("Family assistant", "", "/en/uslugi/asystent/")]),
            ("pomoc-spoleczna", [("Pomoc w domu", "pl", "/en/uslugi/pomoc/")]),
        ]
        assert len(queries) == 1


def test_service_falls_back_to_the_first_contact_and_its_place(srem: Tenant) -> None:
    with bind(srem):
        office = Place.objects.create(name="Urząd")
        Contact.objects.create(role="Kasa", ordinal=0)
        Contact.objects.create(role="Organizator", ordinal=1, is_lead=True, place=office)
        page = service("pomoc", title="Pomoc w domu")
        service("dowoz", title="Dowóz")
        service("kultura", title="Kino", area="kultura")
        page = ServicePage.objects.get(pk=page.pk)
        with CaptureQueriesContext(connection) as queries:
            context = page.page_context()
        assert context["contact"].role == "Organizator"
        assert context["place"] == office
        assert [entry.title for entry in context["similar"]] == ["Dowóz"]
        assert len(queries) <= 6
