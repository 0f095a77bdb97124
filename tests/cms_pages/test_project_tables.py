"""The rows of a project page: what the source says and what we worked out stay apart."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from cms_pages.project_tables import figures, funding_table, target_table
from tenants.project_facts import Funding, IndicatorTarget, Leader, Partner, ProjectFacts


def project(**facts: Any) -> ProjectFacts:
    texts = (
        "programme", "programme_axis", "programme_measure", "investment_priority",
        "funding_period", "hashtag", "summary", "goal", "effects", "fees", "model", "tasks_note",
    )  # fmt: skip
    lists = (
        "service_areas", "planned_services", "funding", "partners", "tasks", "stages",
        "target_groups", "indicators", "results",
    )  # fmt: skip
    numbers = ("months", "published_on", "tasks_total", "milestones_total")
    return ProjectFacts(
        **{
            **dict.fromkeys(texts, ""),
            **dict.fromkeys(lists, ()),
            **dict.fromkeys(numbers),
            "id": UUID(int=1),
            "key": "WLKP",
            "title": "Sieć",
            "leader": Leader("ROPS", "ROPS", None),
            "starts_on": date(2023, 7, 1),
            "ends_on": date(2026, 6, 30),
            "date_precision": "day",
            **facts,
        }
    )


def source(
    kind: str,
    amount: str = "",
    published: str = "",
    *,
    label: str = "",
    share: str = "",
    is_derived: bool = False,
) -> Funding:
    value = Decimal(amount) if amount else None
    return Funding(kind, label or kind, value, share, published, is_derived, "")


def partner(ordinal: int) -> Partner:
    return Partner(ordinal, f"302113{ordinal}", f"Gmina {ordinal}", "", None, None, None)


def indicator(target: int | None, derived: int | None, each: int | None) -> IndicatorTarget:
    return IndicatorTarget(1, "Osoby", "minimum", target, derived, each, "osoby")


def test_what_no_source_is_named_for_is_marked_as_calculated() -> None:
    table = funding_table(
        project(
            funding=(
                source("total", "18749999.98", "18 749 999,98 zł"),
                source("eu", "13124999.98", "13 124 999,98 zł"),
            )
        )
    )
    eu, rest = table.parts
    assert (eu.is_derived, eu.quote, eu.start, eu.length) == (False, "", "0.00", "70.00")
    assert (rest.amount, rest.is_derived, rest.is_ours) == (Decimal("5625000.00"), True, True)
    assert (rest.start, rest.length) == ("70.00", "30.00")
    assert table.has_bar


def test_implied_own_contribution_is_never_shown_as_published() -> None:
    table = funding_table(
        project(
            funding=(
                source("total", "35917986.98", "35 917 986,98 zł"),
                source("eu", "30530288.93", "30 530 288,93 zł z UE"),
                source("state_budget", "3591798.70", "3 591 798,70 z BP"),
                source("own", "1795899.35", is_derived=True),
            )
        )
    )
    assert [part.is_derived for part in table.parts] == [False, False, True]
    assert table.parts[0].quote == "30 530 288,93 zł z UE"
    assert [part.ink for part in table.parts] == ["b1", "l3", "b3"]
    assert sum(Decimal(part.length) for part in table.parts) == 100


def test_without_a_stated_total_there_is_no_bar_and_no_total() -> None:
    table = funding_table(
        project(funding=(source("grant", "3004375.00", "3 004 375,00zł", label="Dofinansowanie"),))
    )
    assert (table.parts, table.total, table.has_bar) == ((), None, False)
    assert [(row.label, row.quote) for row in table.others] == [("Dofinansowanie", "")]


def test_the_words_of_the_source_are_quoted_where_they_say_more() -> None:
    table = funding_table(
        project(
            funding=(
                source("total", "2231460.00", "2.231 460,00 zł"),
                source(
                    "grant", share="100%", published="Dofinansowanie: 100%", label="Dofinansowanie"
                ),
                source("ngo_services", share="35%", published="35% kosztów bezpośrednich"),
            )
        )
    )
    assert table.total is not None
    assert table.total.quote == "2.231 460,00 zł"
    assert [row.quote for row in table.others] == ["", "35% kosztów bezpośrednich"]


def test_only_a_target_divided_among_partners_has_a_bar() -> None:
    table = target_table(
        project(
            indicators=(
                indicator(1400, None, 200),
                indicator(70, None, None),
                indicator(None, 28, 4),
                indicator(None, None, 1),
            )
        )
    )
    assert [target.length for target in table.targets] == ["14.29", "", "14.29", ""]
    assert [target.whole for target in table.shared] == [1400, 28]
    assert [target.is_derived for target in table.shared] == [False, True]


def test_figures_of_a_gmina_are_its_own_target_and_published_money() -> None:
    facts = project(
        partners=(partner(1), partner(2)),
        indicators=(indicator(1400, None, 200),),
        funding=(
            source("total", "10.00", "10,00 zł"),
            source("own", "4.00", is_derived=True),
            source("eu", "6.00", "6,00 zł"),
        ),
    )
    assert [figure.value for figure in figures(facts, partner(1))] == ["200", "2", "6,00\u00a0zł"]
    assert figures(facts, None)[0].value == "minimum 1400"


def test_figures_leave_out_what_the_source_does_not_state() -> None:
    only_derived = project(funding=(source("own", "4.00", is_derived=True),))
    assert figures(only_derived, None) == []
