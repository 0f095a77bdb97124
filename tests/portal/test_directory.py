"""The bare domain: finding one's gmina."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

QUERIES = 4


@pytest.fixture
def visitor(all_sites: None) -> Client:
    return Client(HTTP_HOST="localhost:8000")


def test_directory_lists_every_gmina_and_leader(visitor: Client) -> None:
    text = visitor.get("/").content.decode()
    assert text.count('class="door"') == 21
    assert 'href="http://stary-sacz.localhost:8000/"' in text
    assert "Regionalny Ośrodek Polityki Społecznej w Krakowie" in text
    assert text.index(">Rokietnica<") < text.index(">Szydłowo<") < text.index(">Śrem<")


@pytest.mark.parametrize("typed", ["srem", "ŚREM", "Śrem", "śremski"])
def test_gmina_is_found_without_polish_letters_and_by_county(visitor: Client, typed: str) -> None:
    text = visitor.get("/", {"q": typed}).content.decode()
    assert 'href="http://srem.localhost:8000/"' in text
    assert text.count('class="door"') == 1


def test_voivodeship_narrows_the_list(visitor: Client) -> None:
    assert visitor.get("/", {"woj": "małopolskie"}).content.decode().count('class="door"') == 11
    assert visitor.get("/", {"woj": "nie ma"}).content.decode().count('class="door"') == 21


def test_gmina_without_a_site_is_named_with_what_to_do(visitor: Client) -> None:
    text = visitor.get("/", {"q": "gromadka"}).content.decode()
    assert "Gromadka, powiat bolesławiecki" in text
    assert 'href="/dla-gmin/"' in text


@pytest.mark.parametrize("typed", ["xyzzy", "'; DROP", "<b>", "%"])
def test_nothing_found_says_so(visitor: Client, typed: str) -> None:
    response = visitor.get("/", {"q": typed})
    assert response.status_code == 200
    assert 'class="empty' in response.content.decode()
    assert (
        "<b>"
        not in response.content.decode()
        .split("<main")[1]
        .split("<footer")[0]
        .replace("<b></b>", "")
        or typed != "<b>"
    )


def test_directory_speaks_three_languages_and_asks_for_nothing(visitor: Client) -> None:
    assert "Find your gmina" in visitor.get("/en/").content.decode()
    assert "Znajdź swoją gminę" in visitor.get("/").content.decode()
    for path in ("/", "/uk/", "/dla-gmin/", "/deklaracja-dostepnosci/"):
        response = visitor.get(path)
        assert response.status_code == 200
        assert not response.cookies
        assert "Vary" not in response.headers
    assert visitor.get("/nie-ma/").status_code == 404
    assert visitor.get("/cms/").status_code == 404


def test_directory_costs_the_same_for_any_number_of_sites(
    visitor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(QUERIES):
        visitor.get("/")
