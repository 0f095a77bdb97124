"""The five partnerships reach the registry exactly as their source documents state them."""

from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tenants.models import Indicator, Project, ProjectPartner, ProjectTask, Tenant
from tenants.partnership_files import load_partnership, partnership_files
from tenants.roles import as_owner

OPS = "Ośrodek Pomocy Społecznej w"
RAWICZ_TITLE = "Centrum Usług Społecznych - nowa jakość polityki społecznej w Gminie Rawicz"
SROKOWO_TITLE = "Centrum Usług Społecznych jako nowa jakość wsparcia mieszkańcom gminy Srokowo"
MALOPOLSKIE_ROPS = "Województwo Małopolskie – Regionalny Ośrodek Polityki Społecznej w Krakowie"

# Written by hand from the source documents, not from the files.
EXPECTED: dict[str, dict[str, Any]] = {
    "WLKP": {
        "title": "Rozwój Wielkopolskiej Sieci Centrów Usług Społecznych",
        "leader": ("Regionalny Ośrodek Polityki Społecznej w Poznaniu", "rops-poznan"),
        "programme": "",
        "published_on": None,
        "period": (date(2023, 7, 1), date(2026, 6, 30), "day", None),
        "funding": [
            ("total", "18749999.98", "", "18 749 999,98 zł", False),
            ("eu", "13124999.98", "", "13 124 999,98 zł", False),
        ],
        "partners": [
            ("3026043", "Gmina Śrem", f"{OPS} Śremie"),
            ("3021163", "Gmina Swarzędz", f"{OPS} Swarzędzu"),
            ("3021052", "Gmina Dopiewo", f"{OPS} Dopiewie"),
            ("3021132", "Gmina Rokietnica", f"{OPS} Rokietnicy"),
            ("3024063", "Gmina Pniewy", f"{OPS} Pniewach"),
            ("3020063", "Miasto i Gmina Pleszew", f"Miejsko-Gminny {OPS} Pleszewie"),
            ("3019062", "Gmina Szydłowo", f"Gminny {OPS} Szydłowie"),
        ],
        "stages": [],
        "indicators": [
            (
                "Osoby objęte usługami świadczonymi w społeczności lokalnej",
                *("minimum", 1400, None, 200, "osoby"),
            ),
            (
                "Pracownicy kadry wsparci w rozwoju CUS i świadczeniu usług",
                *("minimum", 70, None, None, "osoby"),
            ),
            (
                "Podmioty administracji publicznej lub służb publicznych objęte wsparciem",
                *("", 7, None, None, "podmioty"),
            ),
            (
                "Utworzone miejsca świadczenia usług w społeczności lokalnej",
                *("", 70, None, None, "miejsca"),
            ),
            (
                "Osoby świadczące usługi w społeczności lokalnej",
                *("", 100, None, None, "osoby"),
            ),
            ("Powołane centra usług społecznych", "", 7, None, 1, "CUS"),
            ("Uruchomione usługi społeczne", "", None, 28, 4, "usługi"),
        ],
        "groups": {"residents": 5, "staff": 1},
        "tasks": {"leader": 3, "every_partner": 3},
        "results": 6,
    },
    "RAWICZ": {
        "title": RAWICZ_TITLE,
        "leader": ("Gmina Rawicz", "rawicz"),
        "programme": (
            "Program Operacyjny Wiedza Edukacja Rozwój, Oś II, Działanie 2.8, "
            "priorytet inwestycyjny 9iv"
        ),
        "published_on": date(2020, 9, 30),
        "period": (date(2020, 10, 1), date(2023, 9, 30), "day", 36),
        "funding": [
            ("total", "2231460.00", "", "2.231 460,00 zł", False),
            ("grant", None, "100%", "Dofinansowanie: 100%", False),
        ],
        "partners": [("3022053", "Gmina Rawicz", f"Miejsko-Gminny {OPS} Rawiczu")],
        "stages": [],
        "indicators": [],
        "groups": {"residents": 1},
        "tasks": {"leader": 9},
        "results": 1,
    },
    "MCUS": {
        "title": "Małopolskie Centra Usług Społecznych",
        "leader": (MALOPOLSKIE_ROPS, "rops-krakow"),
        "programme": (
            "Fundusze Europejskie dla Małopolski na lata 2021-2027, Działanie 6.23, "
            "Europejski Fundusz Społeczny Plus"
        ),
        "published_on": None,
        "period": (date(2024, 9, 1), date(2028, 10, 31), "day", None),
        "funding": [
            ("total", "35917986.98", "", "35 917 986,98 zł", False),
            ("eu", "30530288.93", "", "30 530 288,93 zł z UE", False),
            ("state_budget", "3591798.70", "", "3 591 798,70 z BP", False),
            ("own", "1795899.35", "", "", True),
        ],
        "partners": [
            ("1209013", "Gmina Dobczyce", ""),
            ("1210011", "Miasto Grybów", ""),
            ("1213043", "Gmina Kęty", ""),
            ("1210062", "Gmina Korzenna", ""),
            ("1206072", "Gmina Liszki", ""),
            ("1206092", "Gmina Mogilany", ""),
            ("1219043", "Gmina Niepołomice", ""),
            ("1213011", "Gmina Miasto Oświęcim", ""),
            ("1216063", "Gmina Ryglice", ""),
            ("1216082", "Gmina Skrzyszów", ""),
            ("1210163", "Gmina Stary Sącz", ""),
        ],
        "stages": [
            (
                *("stage", 1, "Diagnoza potencjału i potrzeb w zakresie usług społecznych"),
                *(date(2024, 9, 1), date(2025, 5, 31), "day", None),
            ),
            (
                "stage",
                2,
                "Opracowanie lokalnych programów usług społecznych i uruchomienie CUS",
                *(date(2025, 6, 1), date(2025, 8, 31), "day", None),
            ),
            (
                *("stage", 3, "Realizacja usług społecznych"),
                *(date(2025, 9, 1), date(2028, 10, 31), "day", None),
            ),
        ],
        "indicators": [
            (
                "Liczba osób objętych usługami świadczonymi w społeczności lokalnej w programie",
                *("", 2100, None, None, "osoby"),
            ),
            (
                (
                    "Liczba podmiotów, które rozszerzyły ofertę wsparcia lub podniosły jakość "
                    "oferowanych usług"
                ),
                *("", 11, None, None, "podmioty"),
            ),
        ],
        "groups": {"residents": 5, "staff": 1},
        "tasks": {"leader": 1, "every_partner": 1},
        "results": 7,
    },
    "WOJCIESZKOW": {
        "title": "CUS w gminie Wojcieszków – wysoka jakość usług społecznych dla mieszkańców gminy",
        "leader": ("Gmina Wojcieszków", "wojcieszkow"),
        "programme": "Program Operacyjny Wiedza Edukacja Rozwój, Oś II, Działanie 2.8",
        "published_on": date(2021, 1, 7),
        "period": (date(2021, 1, 1), date(2023, 5, 31), "day", None),
        "funding": [("grant", "3004375.00", "", "3 004 375,00zł", False)],
        "partners": [("0611102", "Gmina Wojcieszków", "")],
        "stages": [],
        "indicators": [],
        "groups": {"residents": 3, "staff": 2},
        "tasks": {"leader": 4},
        "results": 0,
    },
    "SROKOWO": {
        "title": SROKOWO_TITLE,
        "leader": ("Gmina Srokowo", "srokowo"),
        "programme": (
            "Program Operacyjny Wiedza Edukacja Rozwój, POWR.02.00.00, Działanie POWR.02.08.00"
        ),
        "published_on": None,
        "period": (date(2021, 1, 1), date(2023, 5, 31), "month", None),
        "funding": [
            ("total", "2489370.50", "", "2 489 370,50 zł", False),
            ("eu", "2098041.45", "", "2 098 041,45 zł", False),
            ("national_public", "391329.05", "", "391 329,05 zł", False),
            ("grant", None, "100%", "stuprocentowe dofinansowanie", False),
            (
                *("outsourced_services", "1261970.00", ""),
                *("1 261 970,00 zł, tj. 50,69% kosztów bezpośrednich", False),
            ),
            ("ngo_services", None, "35%", "35% kosztów bezpośrednich", False),
        ],
        "partners": [("2808062", "Gmina Srokowo", f"Gminny {OPS} Srokowie")],
        "stages": [
            (
                *("milestone", 1, "Plan Wdrożenia CUS przedstawiony Radzie Programowej"),
                *(date(2021, 1, 1), date(2021, 4, 30), "month", 4),
            ),
            (
                *(
                    "milestone",
                    2,
                    "Realizacja Planu Wdrażania CUS i świadczenie usług, monitoring",
                ),
                *(date(2021, 5, 1), date(2022, 4, 30), "month", 12),
            ),
            (
                *("milestone", 3, "Aktualizacja i realizacja Planu Wdrażania CUS"),
                *(date(2022, 5, 1), date(2023, 2, 28), "month", 10),
            ),
            (
                *("milestone", 4, "Przegląd działań projektu"),
                *(date(2023, 3, 1), date(2023, 5, 31), "month", 3),
            ),
        ],
        "indicators": [("Nowe usługi", "co najmniej", 2, None, None, "usługi")],
        "groups": {"residents": 0},
        "tasks": {"leader": 8},
        "results": 0,
    },
}


def stated(project: Project) -> dict[str, Any]:
    """A project of the registry in the shape of the table above."""

    def count(rows: Any, by: str, keys: Any) -> dict[str, int]:
        return {key: rows.filter(**{by: key}).count() for key in keys}

    expected = EXPECTED[project.key]
    return {
        "title": project.title,
        "leader": (project.leader.name, project.leader_site_slug),
        "programme": project.programme,
        "published_on": project.published_on,
        "period": (project.starts_on, project.ends_on, project.date_precision, project.months),
        "funding": [
            (
                *(source.kind, str(source.amount) if source.amount else None, source.share),
                *(source.published, source.is_derived),
            )
            for source in project.funding.order_by("ordinal")
        ],
        "partners": list(
            project.partners.order_by("ordinal").values_list("municipality", "name", "unit_name")
        ),
        "stages": list(
            project.stages.order_by("number").values_list(
                *("kind", "number", "name", "starts_on", "ends_on", "date_precision", "months")
            )
        ),
        "indicators": list(
            project.indicators.order_by("ordinal").values_list(
                *("name", "qualifier", "target", "derived_target", "per_partner", "unit")
            )
        ),
        "groups": count(project.target_groups, "kind", expected["groups"]),
        "tasks": count(project.tasks, "scope", expected["tasks"]),
        "results": project.results.count(),
    }


@pytest.fixture
def registry(own_database: str) -> Iterator[None]:
    with as_owner():
        yield


def version(teryt: str) -> int:
    return Tenant.objects.get(municipality=teryt).content_version


def test_operator_loads_all_five_and_a_second_time_changes_nothing(own_database: str) -> None:
    out = StringIO()
    call_command("load_partnership", all=True, stdout=out)
    assert out.getvalue().splitlines() == [
        "MCUS: created",
        "RAWICZ: created",
        "SROKOWO: created",
        "WLKP: created",
        "WOJCIESZKOW: created",
    ]
    for key, expected in EXPECTED.items():
        assert stated(Project.objects.get(key=key)) == expected
    ids = set(Indicator.objects.values_list("pk", flat=True))
    versions = version("3026043"), version("1213043")

    out = StringIO()
    call_command("load_partnership", *map(str, partnership_files()), stdout=out)
    assert {line.split(": ")[1] for line in out.getvalue().splitlines()} == {"unchanged"}
    assert set(Indicator.objects.values_list("pk", flat=True)) == ids
    assert (version("3026043"), version("1213043")) == versions


def test_texts_and_lists_carry_over(registry: None) -> None:
    for file in partnership_files():
        load_partnership(file)
    projects = {project.key: project for project in Project.objects.all()}
    rawicz, mcus, srokowo = projects["RAWICZ"], projects["MCUS"], projects["SROKOWO"]
    assert rawicz.service_areas == [
        "wsparcie rodziny",
        "wsparcie osób z niepełnosprawnościami",
        "wsparcie osób starszych",
        "pobudzanie aktywności obywatelskiej",
    ]
    assert rawicz.milestones_total == 4
    assert rawicz.model.startswith("TYP 1: CUS działający na obszarze jednej gminy")
    assert rawicz.fees.startswith("odpłatnie w przystępnej cenie")
    assert rawicz.investment_priority.startswith("9iv: ")
    assert mcus.tasks_total == 12
    assert mcus.tasks_note == "11 zadań CUS-ów w gminach partnerskich i zadanie lidera"
    assert mcus.results.filter(text="11 utworzonych CUS").exists()
    assert len(srokowo.planned_services) == 10
    assert srokowo.planned_services[2] == "dzieci 0–3 i 4–15 lat"
    every_partner = ProjectTask.objects.filter(project=projects["WLKP"], scope="every_partner")
    assert every_partner.order_by("ordinal")[0].text == "przekształcenie OPS w CUS"
    assert {
        key for key, project in projects.items() if not project.goal or not project.effects
    } == (set())


def test_only_rokietnica_says_when_it_joined_and_when_its_unit_changed(registry: None) -> None:
    for file in partnership_files():
        load_partnership(file)
    with_dates = ProjectPartner.objects.exclude(joined_on=None, unit_transformed_on=None)
    rokietnica = with_dates.get()
    assert rokietnica.municipality_id == "3021132"
    assert rokietnica.joined_on == date(2023, 7, 1)
    assert rokietnica.unit_former_name == "Ośrodek Pomocy Społecznej"
    assert rokietnica.unit_current_name == "Centrum Usług Społecznych"
    assert rokietnica.unit_transformed_on == date(2024, 1, 1)


def test_amounts_are_the_digits_of_their_published_texts(registry: None) -> None:
    for file in partnership_files():
        load_partnership(file)
    for project in Project.objects.all():
        for source in project.funding.exclude(amount=None).filter(is_derived=False):
            digits = "".join(filter(str.isdigit, source.published))
            assert digits.startswith(str(source.amount).replace(".", "")), source
