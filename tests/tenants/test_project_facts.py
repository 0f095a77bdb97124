"""Pages read a project's facts in one query, and never what the source did not state."""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tenants.models import Domain, Tenant
from tenants.partnership_files import PARTNERSHIPS, load_partnership
from tenants.project_facts import ProjectFacts, PublicityField, SiteLink
from tenants.projects import facts_for_municipality, facts_led_by
from tenants.roles import as_owner

TODAY = date(2026, 11, 22)
SREM, KETY, ROKIETNICA = "3026043", "1213043", "3021132"
RAWICZ, WOJCIESZKOW, SROKOWO = "3022053", "0611102", "2808062"


@pytest.fixture
def five_projects(own_database: str) -> Iterator[None]:
    with as_owner():
        for file in sorted(PARTNERSHIPS.glob("*.toml")):
            load_partnership(file)
        yield


@pytest.fixture
def facts(five_projects: None) -> dict[str, ProjectFacts]:
    """The one project of each gmina, by its TERYT code."""
    gminas = [SREM, KETY, RAWICZ, WOJCIESZKOW, SROKOWO]
    return {teryt: project for teryt in gminas for project in facts_for_municipality(teryt)}


def test_everything_of_a_project_costs_one_query(
    five_projects: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        (project,) = facts_for_municipality(KETY)
    assert project.key == "MCUS"
    assert [partner.name for partner in project.partners][:2] == ["Gmina Dobczyce", "Miasto Grybów"]
    assert [partner.ordinal for partner in project.partners] == list(range(1, 12))
    assert [stage.number for stage in project.stages] == [1, 2, 3]
    assert (len(project.indicators), len(project.results), len(project.target_groups)) == (2, 7, 6)
    assert project.starts_on == date(2024, 9, 1)
    assert project.stages[2].ends_on == date(2028, 10, 31)
    assert project.total_amount == Decimal("35917986.98")
    assert str(project.eu_amount) == "30530288.93"
    assert project.leader.short_name == "ROPS w Krakowie"


def test_municipality_without_a_project_has_no_facts(
    five_projects: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert facts_for_municipality("0201011") == ()


def test_leader_sees_what_it_leads(five_projects: None, django_assert_num_queries: Any) -> None:
    leader = Tenant.objects.create(kind="leader", name="ROPS", schema_name="l_rops")
    Domain.objects.create(tenant=leader, domain="rops-poznan.localhost", is_primary=True)
    assert facts_led_by(leader.pk) == ()
    load_partnership(PARTNERSHIPS / "wlkp.toml")
    with django_assert_num_queries(1):
        (project,) = facts_led_by(leader.pk)
    assert project.key == "WLKP"
    assert project.leader.site == SiteLink("rops-poznan.localhost", is_active=False)


def test_partners_link_to_their_own_sites(facts: dict[str, ProjectFacts]) -> None:
    sites = {partner.teryt: partner.site for partner in facts[SREM].partners}
    assert sites.pop(SREM) == SiteLink("srem.localhost", is_active=True)
    assert set(sites.values()) == {None}

    Domain.objects.create(
        tenant=Tenant.objects.get(municipality=SREM), domain="www.srem.example", is_primary=False
    )
    Tenant.objects.filter(municipality=SREM).update(status="hidden")
    (again,) = facts_for_municipality(SREM)
    srem = again.partner(SREM)
    assert srem is not None
    assert srem.site == SiteLink("srem.localhost", is_active=False)


def test_only_rokietnica_has_a_transformed_unit(facts: dict[str, ProjectFacts]) -> None:
    partners = [partner for project in facts.values() for partner in project.partners]
    (rokietnica,) = [partner for partner in partners if partner.unit_transformation]
    assert rokietnica.teryt == ROKIETNICA
    assert rokietnica.joined_on == date(2023, 7, 1)
    assert rokietnica.unit_transformation is not None
    assert rokietnica.unit_transformation.on == date(2024, 1, 1)
    assert [partner.teryt for partner in partners if partner.joined_on] == [ROKIETNICA]
    assert facts[SREM].partner("1213043") is None


def test_four_projects_have_ended_and_one_is_in_its_third_stage(
    facts: dict[str, ProjectFacts],
) -> None:
    ended = {project.key for project in facts.values() if project.has_ended(TODAY)}
    assert ended == {"WLKP", "RAWICZ", "WOJCIESZKOW", "SROKOWO"}
    mcus = facts[KETY]
    stage = mcus.current_stage(TODAY)
    assert stage is not None
    assert stage.number == 3
    assert [stage.state(TODAY) for stage in mcus.stages] == ["done", "done", "now"]
    assert facts[SROKOWO].current_stage(TODAY) is None


def test_stages_change_state_on_their_days(facts: dict[str, ProjectFacts]) -> None:
    mcus = facts[KETY]
    days = {
        date(2024, 8, 31): ["next", "next", "next"],
        date(2024, 9, 1): ["now", "next", "next"],
        date(2025, 5, 31): ["now", "next", "next"],
        date(2025, 6, 1): ["done", "now", "next"],
        date(2028, 10, 31): ["done", "done", "now"],
        date(2028, 11, 1): ["done", "done", "done"],
    }
    for today, states in days.items():
        assert [stage.state(today) for stage in mcus.stages] == states, today
        assert mcus.has_ended(today) == (today > date(2028, 10, 31))


def test_months_last_to_their_last_day(facts: dict[str, ProjectFacts]) -> None:
    srokowo = facts[SROKOWO]
    assert srokowo.date_precision == "month"
    assert not srokowo.has_ended(date(2023, 5, 31))
    assert srokowo.has_ended(date(2023, 6, 1))
    stage = srokowo.current_stage(date(2023, 2, 28))
    assert stage is not None
    assert (stage.kind, stage.number, stage.months) == ("milestone", 3, 10)


def test_derived_amounts_are_never_among_the_published(facts: dict[str, ProjectFacts]) -> None:
    for project in facts.values():
        assert all(source.published for source in project.stated_funding)
        assert not any(source.published for source in project.funding if source.is_derived)
    mcus = facts[KETY]
    assert [source.kind for source in mcus.stated_funding] == ["total", "eu", "state_budget"]
    (own,) = (source for source in mcus.funding if source.is_derived)
    assert (own.kind, own.amount) == ("own", Decimal("1795899.35"))
    assert mcus.total_amount == sum(source.amount or 0 for source in mcus.funding[1:])
    services = facts[SREM].indicators[6]
    assert (services.target, services.derived_target, services.per_partner) == (None, 28, 4)


def test_remainder_is_computed_only_where_the_source_lets_us(
    facts: dict[str, ProjectFacts],
) -> None:
    left = {project.key: project.derived_remainder for project in facts.values()}
    assert left == {
        "WLKP": Decimal("5625000.00"),
        "MCUS": None,  # its own contribution is a derived row already
        "SROKOWO": None,  # European and national money are the whole
        "WOJCIESZKOW": None,  # no total is stated
        "RAWICZ": None,  # no European part is stated
    }
    assert facts[WOJCIESZKOW].total_amount is None
    assert facts[WOJCIESZKOW].eu_amount is None


def test_derived_total_would_not_count_as_stated(facts: dict[str, ProjectFacts]) -> None:
    mcus = facts[KETY]
    derived = tuple(replace(source, published="", is_derived=True) for source in mcus.funding)
    assert replace(mcus, funding=derived).total_amount is None


def test_tasks_belong_to_the_leader_or_to_partners(facts: dict[str, ProjectFacts]) -> None:
    wlkp = facts[SREM]
    assert [task.ordinal for task in wlkp.tasks_of_leader()] == [1, 2, 3]
    assert wlkp.tasks_of_partner(SREM)[0].text == "przekształcenie OPS w CUS"
    assert len(wlkp.tasks_of_partner(SREM)) == 3
    only_rokietnica = replace(wlkp.tasks[0], scope="partner", partner_teryt=ROKIETNICA)
    with_one = replace(wlkp, tasks=(*wlkp.tasks, only_rokietnica))
    assert only_rokietnica in with_one.tasks_of_partner(ROKIETNICA)
    assert only_rokietnica not in with_one.tasks_of_partner(SREM)


def test_staff_are_told_which_publicity_fields_are_missing(
    facts: dict[str, ProjectFacts],
) -> None:
    missing = {project.key: project.missing_publicity_fields() for project in facts.values()}
    assert missing == {
        "WLKP": (PublicityField.PROGRAMME, PublicityField.HASHTAG),
        "MCUS": (PublicityField.HASHTAG,),
        "SROKOWO": (),
        "RAWICZ": (PublicityField.EU_VALUE,),
        "WOJCIESZKOW": (PublicityField.TOTAL, PublicityField.EU_VALUE),
    }
    bare = replace(facts[KETY], effects="", goal="", summary="", hashtag="#FunduszeUE")
    assert bare.missing_publicity_fields() == (PublicityField.DESCRIPTION, PublicityField.EFFECTS)


def test_facts_cannot_be_changed(facts: dict[str, ProjectFacts]) -> None:
    with pytest.raises(FrozenInstanceError):
        facts[SREM].title = "x"  # type: ignore[misc]
