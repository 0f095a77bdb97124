"""Partnership files change, partners and leaders' sites come and go, and mistakes are refused."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tenants.models import Domain, Indicator, Institution, Project, ProjectTask, Tenant
from tenants.partnership_files import PARTNERSHIPS, Outcome, link_leader_sites, load_partnership
from tenants.partnership_reading import read_partnership
from tenants.partnership_tables import PartnershipError
from tenants.roles import as_owner

OPS = "Ośrodek Pomocy Społecznej w"


@pytest.fixture
def registry(own_database: str) -> Iterator[None]:
    with as_owner():
        yield


def changed_copy(tmp_path: Path, name: str, *changes: tuple[str, str]) -> Path:
    text = (PARTNERSHIPS / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    copy = tmp_path / name
    copy.write_text(text, encoding="utf-8")
    return copy


def version(teryt: str) -> int:
    return Tenant.objects.get(municipality=teryt).content_version


def test_changed_file_updates_what_differs_and_keeps_the_rest(
    registry: None, tmp_path: Path
) -> None:
    load_partnership(PARTNERSHIPS / "wlkp.toml")
    before = dict(Indicator.objects.values_list("name", "pk"))
    versions = version("3026043"), version("1213043")
    changed = changed_copy(
        tmp_path,
        "wlkp.toml",
        ('amount = "18749999.98"\npublished = "18 749 999,98 zł"',
         'amount = "18750000.00"\npublished = "18 750 000,00 zł"'),
        ('name = "Utworzone miejsca świadczenia usług', 'name = "Miejsca świadczenia usług'),
        ("target = 100\n", "target = 101\n"),
        ('ordinal = 1\nteryt = "3026043"', 'ordinal = 2\nteryt = "3026043"'),
        ('ordinal = 2\nteryt = "3021163"', 'ordinal = 1\nteryt = "3021163"'),
        ('[[results]]\nordinal = 6\ntext = "7 CUS powołanych w Wielkopolsce"\n', ""),
    )  # fmt: skip
    assert load_partnership(changed).outcome == Outcome.UPDATED
    project = Project.objects.get(key="WLKP")
    assert project.funding.get(kind="total").amount == Decimal("18750000.00")
    assert project.results.count() == 5
    names = list(project.partners.order_by("ordinal").values_list("name", flat=True))[:3]
    assert names == ["Gmina Swarzędz", "Gmina Śrem", "Gmina Dopiewo"]
    after = dict(Indicator.objects.values_list("name", "pk"))
    assert set(before.values()) - set(after.values()) == {
        before["Utworzone miejsca świadczenia usług w społeczności lokalnej"]
    }
    assert project.indicators.get(ordinal=5).target == 101
    assert version("3026043") != versions[0]
    assert version("1213043") == versions[1]
    assert load_partnership(changed).outcome == Outcome.UNCHANGED


def test_partner_that_left_loses_its_tasks_and_its_site_is_told(
    registry: None, tmp_path: Path
) -> None:
    only_srem = 'scope = "partner"\nteryt = "3026043"\nordinal = 1\ntext = "punkt w Śremie"\n'
    first_task = '[[tasks]]\nscope = "leader"\nordinal = 1'
    with_task = changed_copy(
        tmp_path, "wlkp.toml", (first_task, f"[[tasks]]\n{only_srem}\n{first_task}")
    )
    load_partnership(with_task)
    assert ProjectTask.objects.get(scope="partner", partner__municipality="3026043")
    told = version("3026043")
    partner = '[[partners]]\nordinal = 1\nteryt = "3026043"\nname = "Gmina Śrem"\n'
    without = changed_copy(
        tmp_path, "wlkp.toml", (f'{partner}unit = "{OPS} Śremie"\nsite = "srem"\n', "")
    )
    assert load_partnership(without).outcome == Outcome.UPDATED
    assert not ProjectTask.objects.filter(scope="partner").exists()
    assert version("3026043") != told


def leader_site(domain: str, **fields: Any) -> Tenant:
    site = Tenant.objects.create(
        kind="leader",
        name=domain,
        schema_name=f"l_{len(domain)}_{Tenant.objects.count()}",
        **fields,
    )
    Domain.objects.create(tenant=site, domain=domain, is_primary=True)
    return site


def test_leader_site_that_exists_is_linked_on_loading(registry: None) -> None:
    poznan = leader_site("rops-poznan.gromada.example")
    told = poznan.content_version
    load_partnership(PARTNERSHIPS / "wlkp.toml")
    load_partnership(PARTNERSHIPS / "mcus.toml")
    assert list(poznan.projects_led.values_list("key", flat=True)) == ["WLKP"]
    poznan.refresh_from_db()
    assert poznan.content_version != told


def test_leader_site_made_later_is_linked_then(registry: None) -> None:
    load_partnership(PARTNERSHIPS / "mcus.toml")
    assert link_leader_sites() == 0
    leader_site("rops-krakowiak.localhost")
    told = version("1213043")
    krakow = leader_site("rops-krakow.localhost")
    assert link_leader_sites() == 1
    assert Project.objects.get(key="MCUS").leader_site == krakow
    assert version("1213043") != told
    assert link_leader_sites() == 0


def test_ambiguous_or_archived_leader_site_is_left_alone(registry: None) -> None:
    leader_site("rops-krakow.one.example")
    leader_site("rops-krakow.two.example")
    archived = {"status": "archived", "archived_at": "2026-01-01T00:00:00Z"}
    leader_site("rops-poznan.one.example", **archived)
    load_partnership(PARTNERSHIPS / "mcus.toml")
    load_partnership(PARTNERSHIPS / "wlkp.toml")
    assert not Project.objects.exclude(leader_site=None).exists()


WRONG = [
    ('teryt = "3026043"', 'teryt = "3026042"',
     "partners 1, teryt: TERYT code 3026042 is not in the register; Śrem is 3026043."),
    ('teryt = "3026043"', 'teryt = "302604"',
     "partners 1, teryt: TERYT code 302604 has 6 digits instead of 7."),
    ('teryt = "3021163"', 'teryt = "3026043"', "partners 2, teryt: is there twice."),
    ('starts = "2023-07-01"', 'starts = "1.07.2023"',
     "starts: must be written like 2024-01-31."),
    ('starts = "2023-07-01"', 'starts = "2023-02-30"', "starts: 2023-02-30 is no date."),
    ('starts = "2023-07-01"', 'starts = "2023-07"', "starts: must be written like 2024-01-31."),
    ('ends = "2026-06-30"', 'ends = "2022-06-30"', "ends: is before the beginning."),
    ('date_precision = "day"', 'date_precision = "month"',
     "starts: must be written like 2024-01."),
    ('amount = "13124999.98"', "amount = 13124999.98",
     'funding 2, amount: must be written like "35917986.98", in quotes.'),
    ('amount = "13124999.98"', 'amount = "13 124 999,98"',
     'funding 2, amount: must be written like "35917986.98", in quotes.'),
    ('amount = "13124999.98"', "", "funding 2, amount: is missing, and so is a share."),
    ('published = "13 124 999,98 zł"', "",
     "funding 2, published: a stated value has a published text, a derived one has none."),
    ('kind = "eu"', 'kind = "eu_funds"', "funding 2, kind: 'eu_funds' is not one of: total, eu, "),
    ('title = "Rozwój Wielkopolskiej Sieci Centrów Usług Społecznych"', "", "title: is missing."),
    ('name = "Gmina Śrem"', 'name = ""',
     "partners 1, name: must be a text in quotes, not empty."),
    ('name = "Gmina Śrem"', f'name = "{"Gmina Śrem" * 20}"', "partners 1, name: "),
    ('former = "Ośrodek Pomocy Społecznej"', f'former = "{"Ośrodek" * 30}"',
     "partners 4, unit_transformed, former: "),
    ('short_name = "ROPS w Poznaniu"', 'shortname = "ROPS w Poznaniu"',
     "leader, shortname: is an unknown key."),
    ('published = "13 124 999,98 zł"', 'published = "13 124 999,98 zł"\npublised = "x"',
     "funding 2, publised: is an unknown key."),
    ('site = "rops-poznan"', 'site = "ROPS Poznań"',
     "leader, site: must be lower-case ASCII letters, digits and hyphens."),
    ('on = "2024-01-01"', "", "partners 4, unit_transformed, on: is missing."),
    ("target = 1400", 'target = "1400"', "indicators 1, target: must be a whole number."),
    ("target = 100\n", "target = true\n", "indicators 5, target: must be a whole number."),
    ("target = 100\n", "", "indicators 5, target: is missing, and so is a target of each partner."),
    ("derived_target = 28", "target = 28\nderived_target = 28",
     "indicators 7, derived_target: is not for a target that is stated."),
    ("derived_target = 28", "derived_target = -28",
     "indicators 7, derived_target: must be a whole number."),
    ('key = "WLKP"', 'key = "WLKP', "Illegal character"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("old", "new", "says"), WRONG)
def test_wrong_file_is_refused_in_one_line_naming_the_place(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    with pytest.raises(PartnershipError) as refused:
        read_partnership(changed_copy(tmp_path, "wlkp.toml", (old, new)))
    message = str(refused.value)
    assert message.startswith("wlkp.toml: ")
    assert says in message
    assert "\n" not in message


@pytest.mark.django_db
def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PartnershipError, match=r"^gone\.toml: No such file or directory$"):
        read_partnership(tmp_path / "gone.toml")


def test_refused_file_leaves_nothing_behind(own_database: str, tmp_path: Path) -> None:
    """Also when the registry's own rules refuse it after half of it was written."""
    wrong = changed_copy(
        tmp_path, "mcus.toml", ('funding_period = "2021-2027"', 'funding_period = "2021+"')
    )
    told = version("1213043")
    with pytest.raises(CommandError) as refused:
        call_command("load_partnership", str(PARTNERSHIPS / "wlkp.toml"), str(wrong))
    assert str(refused.value) == (
        "mcus.toml: breaks the rule project_funding_period_format of the registry."
    )
    assert list(Project.objects.values_list("key", flat=True)) == ["WLKP"]
    assert not Institution.objects.filter(short_name="ROPS w Krakowie").exists()
    assert version("1213043") == told


def test_command_without_files_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="Name at least one file, or use --all"):
        call_command("load_partnership")
