"""The 23 real sites: every one answers with its own facts, and nothing is invented."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from tenants.models import Tenant

NBSP = "\u00a0"

WLKP = ["srem", "swarzedz", "dopiewo", "rokietnica", "pniewy", "pleszew", "szydlowo"]
MCUS = [
    "dobczyce", "grybow", "kety", "korzenna", "liszki", "mogilany", "niepolomice", "oswiecim",
    "ryglice", "skrzyszow", "stary-sacz",
]  # fmt: skip
SINGLE = ["rawicz", "wojcieszkow", "srokowo"]
LEADERS = ["rops-poznan", "rops-krakow"]
ENDED = [*WLKP, *SINGLE]
SECTIONS = ["/", "/o-projekcie/", "/kontakt/", "/uslugi/", "/aktualnosci/"]
LEGAL = [
    "/deklaracja-dostepnosci/", "/prywatnosc/", "/standardy-ochrony-maloletnich/",
    "/tekst-latwy-do-czytania/", "/o-nas/",
]  # fmt: skip

pytestmark = pytest.mark.usefixtures("all_sites")


def read(site: str, path: str) -> str:
    """Visible words of a page, markup and runs of space taken out."""
    response = Client(HTTP_HOST=f"{site}.localhost:8000").get(path)
    assert response.status_code == 200, f"{site}{path}: {response.status_code}"
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).replace(NBSP, " ").split())


def positions(text: str, parts: list[str]) -> list[int]:
    found = [text.find(part) for part in parts]
    assert -1 not in found, [part for part in parts if part not in text]
    return found


def test_there_are_21_gminas_and_2_leaders() -> None:
    assert Tenant.objects.municipalities().listed().count() == 21
    assert Tenant.objects.leaders().listed().count() == 2


@pytest.mark.parametrize("site", [*WLKP, *MCUS, *SINGLE, *LEADERS])
def test_every_section_of_every_site_answers(site: str) -> None:
    for path in (*SECTIONS, *LEGAL):
        assert len(read(site, path)) > 80
        for prefix in ("/en", "/uk"):
            assert len(read(site, prefix + path)) > 80


@pytest.mark.parametrize("site", [*WLKP, "rops-poznan"])
def test_wielkopolska(site: str) -> None:
    text = read(site, "/o-projekcie/")
    for fact in (
        "Rozwój Wielkopolskiej Sieci Centrów Usług Społecznych",
        "Regionalny Ośrodek Polityki Społecznej w Poznaniu",
        "18 749 999,98 zł",
        "13 124 999,98 zł",
        "1 lipca 2023 r.",
        "30 czerwca 2026 r.",
        "Projekt zakończony",
        "1400",
        "200",
    ):
        assert fact in text
    partners = positions(
        text,
        ["Gmina Śrem", "Gmina Swarzędz", "Gmina Dopiewo", "Gmina Rokietnica", "Gmina Pniewy",
         "Miasto i Gmina Pleszew", "Gmina Szydłowo"],
    )  # fmt: skip
    text_of_list = text[text.rfind("Gmina Śrem, ") if "Gmina Śrem, " in text else 0 :]
    assert text_of_list
    assert len(partners) == 7


@pytest.mark.parametrize("site", [*MCUS, "rops-krakow"])
def test_malopolska(site: str) -> None:
    text = read(site, "/o-projekcie/")
    for fact in (
        "Małopolskie Centra Usług Społecznych",
        "35 917 986,98 zł",
        "30 530 288,93 zł",
        "3 591 798,70 zł",
        "1 września 2024 r.",
        "31 października 2028 r.",
        "2100",
        "Gmina Stary Sącz",
        "Miasto Grybów",
        "Gmina Miasto Oświęcim",
        "Diagnoza potencjału i potrzeb w zakresie usług społecznych",
        "Opracowanie lokalnych programów usług społecznych i uruchomienie CUS",
        "Realizacja usług społecznych",
    ):
        assert fact in text
    assert "Projekt zakończony" not in text
    # The own contribution is our arithmetic: it may be shown, but only said to be that.
    assert "5 %" not in text
    if "1 795 899,35 zł" in text:
        assert "wyliczon" in text.split("1 795 899,35 zł")[1][:60]


def test_partners_stand_in_the_order_of_the_source() -> None:
    page = Client(HTTP_HOST="rops-krakow.localhost:8000").get("/o-projekcie/").content.decode()
    listed = re.findall(r"<ol class=\"partners.*?</ol>", page, re.DOTALL)
    assert listed
    order = positions(
        unescape(listed[0]),
        ["Dobczyce", "Grybów", "Kęty", "Korzenna", "Liszki", "Mogilany", "Niepołomice",
         "Oświęcim", "Ryglice", "Skrzyszów", "Stary Sącz"],
    )  # fmt: skip
    assert order == sorted(order)


def test_rawicz() -> None:
    text = read("rawicz", "/o-projekcie/")
    for fact in ("2 231 460,00 zł", "100%", "1 października 2020 r.", "30 września 2023 r."):
        assert fact in text.replace("100 %", "100%")
    assert "ul. Grota Roweckiego 4a" in read("rawicz", "/kontakt/")
    assert "63-900" in read("rawicz", "/kontakt/")


def test_wojcieszkow_states_a_grant_and_no_total() -> None:
    text = read("wojcieszkow", "/o-projekcie/")
    assert "3 004 375,00 zł" in text
    assert "Całkowita wartość" not in text
    assert "Całkowity koszt" not in text


def test_wojcieszkow_has_its_own_hours_on_wednesday_and_friday() -> None:
    text = read("wojcieszkow", "/kontakt/")
    assert "7:30–16:00" in text
    assert "7:30–15:00" in text
    assert text.count("7:30–15:30") >= 3
    assert "25 755 41 01" in text
    assert 'href="tel:+48257554101"' in (
        Client(HTTP_HOST="wojcieszkow.localhost:8000").get("/kontakt/").content.decode()
    )


def test_srokowo_keeps_the_precision_of_months() -> None:
    text = read("srokowo", "/o-projekcie/")
    assert "2 489 370,50 zł" in text
    assert "2 098 041,45 zł" in text
    assert "391 329,05 zł" in text
    assert "50,69" in text
    assert "1 stycznia 2021" not in text
    assert "31 maja 2023" not in text
    assert re.search(r"styczeń 2021|stycznia 2021", text)
    assert re.search(r"maj 2023|maja 2023", text)
    for number in range(1, 5):
        assert str(number) in text


@pytest.mark.parametrize("site", [*WLKP, *MCUS, *SINGLE])
def test_only_rokietnica_says_when_its_centre_was_created(site: str) -> None:
    text = read(site, "/o-projekcie/")
    assert ("1 stycznia 2024 r." in text) == (site == "rokietnica")


@pytest.mark.parametrize("site", ENDED)
def test_projects_that_are_over_say_so_on_the_home_page_too(site: str) -> None:
    assert "akończon" in read(site, "/") + read(site, "/o-projekcie/")


def test_rokietnica_names_roles_and_office_numbers_but_no_person() -> None:
    text = read("rokietnica", "/kontakt/")
    for fact in (
        "Organizator Usług Społecznych", "Organizator Społeczności Lokalnej",
        "61 814 53 41", "607 900 235", "607 900 238",
    ):  # fmt: skip
        assert fact in text
    for path in SECTIONS:
        assert "Mosiężna" not in read("rokietnica", path)
        assert "Zabrocka" not in read("rokietnica", path)


@pytest.mark.parametrize("site", MCUS)
def test_a_number_nobody_stated_is_left_to_the_office(site: str) -> None:
    assert "Numer telefonu uzupełni urząd" in read(site, "/kontakt/")


def test_srokowo_lists_the_ten_services_of_its_project() -> None:
    text = read("srokowo", "/uslugi/").lower()
    for part in ("wolontariat", "transport", "terap", "integracj"):
        assert part in text


@pytest.mark.parametrize(
    ("leader", "partner"), [("rops-poznan", "Rokietnica"), ("rops-krakow", "Kęty")]
)
def test_a_leader_shows_what_its_partners_offer(leader: str, partner: str) -> None:
    text = read(leader, "/uslugi/")
    assert partner in text
    page = Client(HTTP_HOST=f"{leader}.localhost:8000").get("/uslugi/").content.decode()
    assert re.search(r"href=\"http://[a-z-]+\.localhost:8000/uslugi/[a-z-]+/\"", page)


def test_the_registry_knows_which_unit_runs_a_site_and_when_it_changed() -> None:
    rokietnica = Tenant.objects.get(domains__domain="rokietnica.localhost")
    assert rokietnica.unit is not None
    assert rokietnica.unit.name == "Centrum Usług Społecznych w Rokietnicy"
    assert rokietnica.unit_former_name == "Ośrodek Pomocy Społecznej w Rokietnicy"
    assert rokietnica.unit_transformed_on == date(2024, 1, 1)
    others = Tenant.objects.exclude(pk=rokietnica.pk)
    assert not others.exclude(unit_transformed_on=None).exists()
    kety = Tenant.objects.get(domains__domain="kety.localhost")
    assert kety.unit is None
