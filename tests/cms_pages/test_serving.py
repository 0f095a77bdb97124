"""What a reader gets: pages, languages, headers, and what an editor published a second ago."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cms_pages.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient, forget_everything

UNCACHED_QUERIES = 9
CACHED_QUERIES = 1


def publish(tenant: Tenant, title: str, slug: str) -> StandardPage:
    with bind(tenant):
        home = HomePage.objects.get(locale__language_code="pl")
        page = StandardPage(title=title, slug=slug, lead=f"Lead: {title}")
        home.add_child(instance=page)
        page.save_revision().publish()
    return page


def test_reader_gets_the_same_page_as_everybody(srem: Tenant, as_site: type[SiteClient]) -> None:
    reader, editor = as_site(srem), as_site(srem)
    editor.log_in("editor")
    for_reader, for_editor = reader.get("/kontakt/"), editor.get("/kontakt/")
    assert for_reader.content == for_editor.content
    for response in (for_reader, for_editor):
        assert "Set-Cookie" not in response.headers
        assert not response.cookies
        assert "cookie" not in response.headers.get("Vary", "").lower()
        assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    "path", ["/", "/o-projekcie/", "/kontakt/", "/uslugi/", "/aktualnosci/", "/o-nas/"]
)
def test_a_page_costs_few_queries_and_a_cached_one_costs_one(
    srem: Tenant,
    as_site: type[SiteClient],
    path: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    reader = as_site(srem)
    reader.get(path)  # a process looks up each content type once in its life
    forget_everything()
    with django_assert_max_num_queries(UNCACHED_QUERIES):
        assert reader.get(path).status_code == 200
    with django_assert_max_num_queries(CACHED_QUERIES):
        assert reader.get(path).status_code == 200


def test_unchanged_page_is_not_sent_again(
    srem: Tenant, as_site: type[SiteClient], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader = as_site(srem)
    etag = reader.get("/kontakt/").headers["ETag"]
    with django_assert_num_queries(CACHED_QUERIES):
        again = reader.get("/kontakt/", headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.content == b""
    publish(srem, "Nowa strona", "nowa-strona")
    assert reader.get("/kontakt/", headers={"If-None-Match": etag}).status_code == 200


def test_what_an_editor_publishes_is_on_the_next_request(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient]
) -> None:
    reader, neighbour = as_site(srem), as_site(kety)
    assert reader.get("/zajecia-dla-seniorow/").status_code == 404
    etag_of_neighbour = neighbour.get("/").headers["ETag"]
    page = publish(srem, "Zajęcia dla seniorów", "zajecia-dla-seniorow")
    assert "Zajęcia dla seniorów" in reader.get("/zajecia-dla-seniorow/").content.decode()
    with bind(srem):
        page.title = "Zajęcia dla wszystkich"
        page.save_revision().publish()
    assert "Zajęcia dla wszystkich" in reader.get("/zajecia-dla-seniorow/").content.decode()
    with bind(srem):
        page.unpublish()
    assert reader.get("/zajecia-dla-seniorow/").status_code == 404
    assert neighbour.get("/zajecia-dla-seniorow/").status_code == 404
    assert neighbour.get("/").headers["ETag"] == etag_of_neighbour


def test_draft_is_seen_by_nobody(srem: Tenant, as_site: type[SiteClient]) -> None:
    with bind(srem):
        home = HomePage.objects.get(locale__language_code="pl")
        home.add_child(instance=StandardPage(title="Szkic", slug="szkic", live=False))
    assert as_site(srem).get("/szkic/").status_code == 404
    assert "szkic" not in as_site(srem).get("/sitemap.xml").content.decode()


def test_only_reading_is_allowed(srem: Tenant, as_site: type[SiteClient]) -> None:
    response = as_site(srem).post("/kontakt/", {"a": "b"})
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_address_without_a_slash_is_completed(srem: Tenant, as_site: type[SiteClient]) -> None:
    response = as_site(srem).get("/kontakt")
    assert response.status_code == 301
    assert response.headers["Location"] == "/kontakt/"


def test_missing_page_keeps_the_frame_of_the_site(srem: Tenant, as_site: type[SiteClient]) -> None:
    response = as_site(srem).get("/nie-ma-mnie/")
    assert response.status_code == 404
    text = response.content.decode()
    assert "Nie ma takiej strony" in text
    assert 'href="/kontakt/"' in text
    assert "no-store" in response.headers["Cache-Control"]


# Languages


def test_language_is_in_the_address_and_nowhere_else(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    reader = as_site(srem)
    polish = reader.get("/kontakt/", headers={"Accept-Language": "en"})
    assert '<html lang="pl">' in polish.content.decode()
    assert "Vary" not in polish.headers or "language" not in polish.headers["Vary"].lower()
    assert '<html lang="en">' in reader.get("/en/kontakt/").content.decode()
    assert '<html lang="uk">' in reader.get("/uk/kontakt/").content.decode()


def test_translated_page_is_offered_in_its_languages(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    text = as_site(srem).get("/en/kontakt/").content.decode()
    assert "<h1>Contact</h1>" in text
    assert 'rel="canonical" href="http://srem.localhost/en/kontakt/"' in text
    for code in ("pl", "en", "uk"):
        assert f'hreflang="{code}" href="http://srem.localhost/' in text


def test_page_without_a_translation_says_so_and_points_to_polish(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    publish(srem, "Tylko po polsku", "tylko-po-polsku")
    text = as_site(srem).get("/en/tylko-po-polsku/").content.decode()
    assert '<html lang="en">' in text
    assert 'lang="pl"' in text.split("<main")[1].split(">")[0]
    assert "This page is available in Polish only." in text
    assert 'rel="canonical" href="http://srem.localhost/tylko-po-polsku/"' in text
    assert 'rel="alternate" hreflang' not in text
    sitemap = as_site(srem).get("/sitemap.xml").content.decode()
    assert "/tylko-po-polsku/" in sitemap
    assert "/en/tylko-po-polsku/" not in sitemap


# Search


@pytest.mark.parametrize(
    "typed",
    ["usługi opiekuńcze", "uslugi opiekuncze", "USŁUGI OPIEKUŃCZE", "opiekuń", "uslgui opiekuncze"],
)
def test_search_forgives_letters_case_halves_and_slips(
    srem: Tenant, as_site: type[SiteClient], typed: str
) -> None:
    publish(srem, "Usługi opiekuńcze w domu", "uslugi-opiekuncze")
    text = as_site(srem).get("/szukaj/", {"q": typed}).content.decode()
    assert "/uslugi-opiekuncze/" in text


def test_search_finds_nothing_of_another_site(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient]
) -> None:
    publish(srem, "Kanarek ze Śremu", "kanarek")
    assert "/kanarek/" in as_site(srem).get("/szukaj/", {"q": "kanarek"}).content.decode()
    empty = as_site(kety).get("/szukaj/", {"q": "kanarek"}).content.decode()
    assert "/kanarek/" not in empty
    assert "Nic nie znaleziono" in empty


@pytest.mark.parametrize(
    "typed", ["", "   ", "%", "_", "'", "\\", "<script>alert(1)</script>", "ż" * 500]
)
def test_search_bears_whatever_is_typed(
    srem: Tenant, as_site: type[SiteClient], typed: str
) -> None:
    response = as_site(srem).get("/szukaj/", {"q": typed})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_search_costs_the_same_for_few_and_many_results(
    srem: Tenant, as_site: type[SiteClient], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(25):
        publish(srem, f"Zajęcia numer {number}", f"zajecia-{number}")
    reader = as_site(srem)
    with django_assert_max_num_queries(UNCACHED_QUERIES):
        first = reader.get("/szukaj/", {"q": "zajęcia"}).content.decode()
    assert "strona=3" in first
    assert (
        'aria-current="page"'
        in reader.get("/szukaj/", {"q": "zajęcia", "strona": "3"}).content.decode()
    )


# Machines


def test_news_feed_lists_the_newest(srem: Tenant, as_site: type[SiteClient]) -> None:
    with bind(srem):
        index = NewsIndexPage.objects.get(locale__language_code="pl")
        news = NewsPage(
            title="Ruszyły zapisy", slug="ruszyly-zapisy", date="2026-11-20", lead="Od dziś."
        )
        index.add_child(instance=news)
        news.save_revision().publish()
    response = as_site(srem).get("/aktualnosci/rss.xml")
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    assert "Ruszyły zapisy" in response.content.decode()
    assert "http://srem.localhost/aktualnosci/ruszyly-zapisy/" in response.content.decode()


def test_robots_name_the_sitemap_of_this_host(srem: Tenant, as_site: type[SiteClient]) -> None:
    text = as_site(srem).get("/robots.txt").content.decode()
    assert "Sitemap: http://srem.localhost/sitemap.xml" in text


def test_site_has_its_own_colours(srem: Tenant, as_site: type[SiteClient]) -> None:
    reader = as_site(srem)
    address = re.search(r"/theme\.[0-9a-f]+\.css", reader.get("/").content.decode())
    assert address
    response = reader.get(address[0])
    assert f"--gmina: {srem.colour}" in response.content.decode().replace("--gmina:#", "--gmina: #")
    assert "immutable" in response.headers["Cache-Control"]
    assert reader.get("/theme.000000000000.css").status_code == 404


def test_policy_of_public_pages_allows_nothing_inline_and_nobody_else(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    response = as_site(srem).get("/")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    text = response.content.decode()
    assert " style=" not in text
    assert "<script" not in text
    assert "http://" not in text.replace("http://srem.localhost", "").replace(
        "http://localhost", ""
    ).replace("http://www.w3.org", "")


def test_unknown_host_gets_words_not_a_stack(db: None) -> None:
    response = Client(HTTP_HOST="nieznany.localhost").get("/")
    assert "Pod tym adresem" in response.content.decode()
