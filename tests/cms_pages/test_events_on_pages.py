"""Activities on the pages of a site: home, search, sitemap, and a leader's door to them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.blocks import StreamBlockValidationError

from cms_pages.home_blocks import DoorBlock, HomeBlock
from cms_pages.models import HomePage
from cms_pages.site_files import SiteFile, load_site
from events.models import ActivityText
from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import in_days, make_activity, make_place, make_session


@pytest.fixture
def reader(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    return as_site(srem)


def read(client: SiteClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# Home


def test_home_names_what_comes_next(
    srem: Tenant,
    kety: Tenant,
    reader: SiteClient,
    as_site: type[SiteClient],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with bind(srem):
        for number in (9, 3, 5, 7, 11):
            make_session(
                make_activity(f"Za {number}", age_min=60),
                starts_at=in_days(number), place=make_place(),
            )  # fmt: skip
        make_session(
            make_activity("Odwołane"), status="cancelled", cancelled_at=timezone.now(),
            starts_at=in_days(1),
        )  # fmt: skip
        make_session(make_activity("Minione"), starts_at=in_days(-1))
    reader.get("/kontakt/")
    with django_assert_max_num_queries(11):
        text = read(reader, "/en/")
    assert "Coming events" in text
    found = [number for number in (3, 5, 7, 9) if f">Za {number}</a>" in text]
    assert found == [3, 5, 7, 9]
    for title in ("Za 11", "Odwołane", "Minione"):
        assert title not in text
    assert "Aged 60 or more" in text
    assert "places left" not in text, "the page is kept, and they change by the minute"
    neighbour = read(as_site(kety), "/en/")
    assert "Za 3" not in neighbour
    assert "No events are planned just now." in neighbour


def test_door_of_the_home_page_opens_the_agenda(reader: SiteClient) -> None:
    assert '<a href="/en/wydarzenia/">Sign up for activities</a>' in read(reader, "/en/")
    assert '<h2><a href="/wydarzenia/">' in read(reader, "/")
    door = {"kind": "events", "page": None, "title": "", "text": ""}
    block = DoorBlock()
    assert block.clean(block.to_python(door))["kind"] == "events"


def test_events_stand_on_a_home_page_once() -> None:
    block = HomeBlock()
    twice = [{"type": "upcoming", "value": {"heading": "", "number": 3}}] * 2
    with pytest.raises(StreamBlockValidationError):
        block.clean(block.to_python(twice))
    assert block.clean(block.to_python(twice[:1]))[0].value["number"] == 3


def test_home_pages_nobody_has_touched_get_what_new_sites_begin_with(srem: Tenant) -> None:
    with bind(srem):
        for home in HomePage.objects.all():
            home.body = [block for block in home.body.get_prep_value() if block["type"] == "text"]
            home.save_revision().publish()
        by_hand = HomePage.objects.get(locale__language_code="uk")
        editor = User.objects.get(email__startswith="editor@")
        by_hand.save_revision(user=editor).publish()
        load_site(SiteFile.read("srem"))
        blocks = {
            home.locale.language_code: [block.block_type for block in home.body]
            for home in HomePage.objects.select_related("locale")
        }
    assert blocks["pl"] == blocks["en"]
    assert blocks["pl"][:3] == ["doors", "upcoming", "news"]
    assert blocks["uk"] == ["text"]


# Search and sitemap


@pytest.mark.parametrize("typed", ["smartfon", "SMARTFÓN", "smartfin", "dzwonic wideo"])
def test_search_finds_activities_under_the_pages(
    srem: Tenant, kety: Tenant, reader: SiteClient, as_site: type[SiteClient], typed: str
) -> None:
    with bind(srem):
        make_session(make_activity("Smartfon bez strachu", slug="smartfon"))
        make_session(make_activity("Smartfon, zdjęty", slug="zdjety", status="withdrawn"))
    text = read(reader, f"/en/szukaj/?q={typed}")
    assert "Events found" in text
    assert '<h3 lang="pl"><a href="/en/wydarzenia/smartfon/">' in text
    assert "zdjety" not in text
    assert "Next date:" in text
    assert f'href="/en/wydarzenia/?q={typed.split(maxsplit=1)[0][:3]}' in text
    assert "Nothing found" not in text
    assert "Events found" not in read(as_site(kety), f"/en/szukaj/?q={typed}")


def test_search_names_coming_activities_first_and_no_drafts(
    srem: Tenant, reader: SiteClient
) -> None:
    with bind(srem):
        make_session(make_activity("Spacer minione", slug="a"), starts_at=in_days(-9))
        make_session(make_activity("Spacer przyszłe", slug="b"))
        activity = make_activity("Inne", slug="c")
        ActivityText.objects.create(
            activity=activity, language="en", title="Spacer szkic", live=False
        )
    text = read(reader, "/en/szukaj/?q=spacer")
    assert text.index("Spacer przyszłe") < text.index("Spacer minione")
    assert "No further dates are planned" in text
    assert "szkic" not in text.partition("<main")[2]
    assert "/en/wydarzenia/c/" not in text


def test_sitemap_names_the_agenda_and_what_is_to_come(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        coming = make_activity(slug="przyszle")
        make_session(coming)
        ActivityText.objects.create(activity=coming, language="en", title="x", live=True)
        make_session(make_activity(slug="minione"), starts_at=timezone.now() - timedelta(days=3))
        make_session(make_activity(slug="zdjete", status="withdrawn"))
    text = read(reader, "/sitemap.xml")
    for path in ("/wydarzenia/", "/uk/wydarzenia/", "/wydarzenia/przyszle/"):
        assert f"<loc>http://srem.localhost{path}</loc>" in text
    assert "<loc>http://srem.localhost/en/wydarzenia/przyszle/</loc>" in text
    assert "/uk/wydarzenia/przyszle/" not in text
    assert "minione" not in text
    assert "zdjete" not in text
