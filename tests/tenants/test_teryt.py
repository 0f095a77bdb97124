"""The register of municipalities, and codes people type."""

from datetime import date

import pytest
from django.core.management import call_command

from tenants.models import Municipality
from tenants.roles import as_owner
from tenants.teryt import TerytError, load_municipalities, parse_teryt

PARTNERS = {
    "0611102": ("Wojcieszków", "2", "łukowski", "lubelskie"),
    "1206072": ("Liszki", "2", "krakowski", "małopolskie"),
    "1206092": ("Mogilany", "2", "krakowski", "małopolskie"),
    "1209013": ("Dobczyce", "3", "myślenicki", "małopolskie"),
    "1210011": ("Grybów", "1", "nowosądecki", "małopolskie"),
    "1210062": ("Korzenna", "2", "nowosądecki", "małopolskie"),
    "1210163": ("Stary Sącz", "3", "nowosądecki", "małopolskie"),
    "1213011": ("Oświęcim", "1", "oświęcimski", "małopolskie"),
    "1213043": ("Kęty", "3", "oświęcimski", "małopolskie"),
    "1216063": ("Ryglice", "3", "tarnowski", "małopolskie"),
    "1216082": ("Skrzyszów", "2", "tarnowski", "małopolskie"),
    "1219043": ("Niepołomice", "3", "wielicki", "małopolskie"),
    "2808062": ("Srokowo", "2", "kętrzyński", "warmińsko-mazurskie"),
    "3019062": ("Szydłowo", "2", "pilski", "wielkopolskie"),
    "3020063": ("Pleszew", "3", "pleszewski", "wielkopolskie"),
    "3021052": ("Dopiewo", "2", "poznański", "wielkopolskie"),
    "3021132": ("Rokietnica", "2", "poznański", "wielkopolskie"),
    "3021163": ("Swarzędz", "3", "poznański", "wielkopolskie"),
    "3022053": ("Rawicz", "3", "rawicki", "wielkopolskie"),
    "3024063": ("Pniewy", "3", "szamotulski", "wielkopolskie"),
    "3026043": ("Śrem", "3", "śremski", "wielkopolskie"),
}


@pytest.mark.django_db
def test_register_has_every_municipality() -> None:
    by_kind = {kind: Municipality.objects.filter(kind=kind).count() for kind in "123"}
    assert by_kind == {"1": 302, "2": 1464, "3": 711}
    assert set(Municipality.objects.values_list("as_of", flat=True)) == {date(2024, 1, 1)}
    assert Municipality.objects.values("voivodeship").distinct().count() == 16
    kept = Municipality.objects.in_bulk(list(PARTNERS))
    assert {
        teryt: (gmina.name, gmina.kind, gmina.county, gmina.voivodeship)
        for teryt, gmina in kept.items()
    } == PARTNERS


@pytest.mark.django_db
def test_register_is_listed_in_polish_order() -> None:
    names = list(Municipality.objects.filter(county="poznański").values_list("name", flat=True))
    assert names[:3] == ["Buk", "Czerwonak", "Dopiewo"]
    in_county = Municipality.objects.filter(county="leżajski").values_list("name", flat=True)
    assert list(in_county) == ["Grodzisko Dolne", "Kuryłówka", "Leżajsk", "Leżajsk", "Nowa Sarzyna"]
    assert Municipality.objects.order_by("-sort_key").values_list("name", flat=True)[0] == "Żywiec"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "teryt"),
    [
        ("szydlowo pilski", "3019062"),
        ("SZYDŁOWO wielkopolskie", "3019062"),
        ("stary sacz", "1210163"),
        ("kety", "1213043"),
    ],
)
def test_people_find_a_municipality_by_name_county_and_voivodeship(typed: str, teryt: str) -> None:
    assert [gmina.teryt for gmina in Municipality.objects.matching(typed)] == [teryt]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["3026043", " 3026043 ", "30 26 04 3"])
def test_code_of_a_municipality_is_accepted(typed: str) -> None:
    assert parse_teryt(typed) == "3026043"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "'' is not a TERYT code: it may have digits only."),
        ("Śrem", "'Śrem' is not a TERYT code: it may have digits only."),
        ("302604x", "'302604x' is not a TERYT code: it may have digits only."),
        ("３０２６０４３", "is not a TERYT code: it may have digits only."),
        ("302604", "TERYT code 302604 has 6 digits instead of 7."),
        ("30260433", "TERYT code 30260433 has 8 digits instead of 7."),
        ("3026044", "3026044 is a part of a municipality or a district (kind 4)"),
        ("3026045", "3026045 is a part of a municipality or a district (kind 5)"),
        ("1465028", "1465028 is a part of a municipality or a district (kind 8)"),
        ("0264029", "0264029 is a part of a municipality or a district (kind 9)"),
        ("3026042", "TERYT code 3026042 is not in the register; Śrem is 3026043."),
        ("3026047", "TERYT code 3026047 is not in the register; Śrem is 3026043."),
        ("9999993", "TERYT code 9999993 is not in the register."),
    ],
)
def test_wrong_code_is_refused_in_one_line(typed: str, says: str) -> None:
    with pytest.raises(TerytError) as refused:
        parse_teryt(typed)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_loading_again_repairs_only_what_differs(own_database: str) -> None:
    assert load_municipalities() == 0
    with as_owner():
        Municipality.objects.filter(pk="3026043").update(name="Srem", search_key="srem")
        Municipality.objects.filter(pk="0611102").delete()
    assert load_municipalities() == 2
    assert load_municipalities() == 0
    assert Municipality.objects.get(pk="3026043").name == "Śrem"
    assert Municipality.objects.count() == 2477


def test_operator_is_told_to_load_an_empty_register(
    own_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with as_owner():
        kept = ["3026043", "1213043"]  # they have sites
        Municipality.objects.exclude(pk__in=kept).delete()
    call_command("load_teryt")
    assert capsys.readouterr().out == "municipalities: 2475 changed\n"
    assert parse_teryt("2808062") == "2808062"
