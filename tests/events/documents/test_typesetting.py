"""From data to paper: pages, metadata, and whatever people type."""

import json
from dataclasses import asdict
from typing import Any

import pytest
import typst
from django.utils import translation

from events.printing import typesetting
from events.printing.letters import drawable, letters
from events.printing.poster import poster_data
from events.printing.sign_in import sign_in_data
from events.printing.slip import slip_data
from events.printing.transport import transport_data
from tenants.binding import bind
from tenants.funding import funding_marks
from tenants.models import Tenant
from tests.events.documents.bookings import drive, make_booking, make_person
from tests.events.making import in_days, make_activity, make_place, make_session


def pages(template: str, data: dict[str, Any]) -> int:
    """How many sheets it takes; drawn small, for counting."""
    drawn = typst.compile(
        str(typesetting._HERE / f"{template}.typ"), root=str(typesetting._HERE),
        font_paths=[str(typesetting._FONTS)], ignore_system_fonts=True, format="png", ppi=5,
        sys_inputs={"data": json.dumps(drawable(data))},
    )  # fmt: skip
    return len(drawn) if isinstance(drawn, list) else 1


@pytest.fixture
def poster(srem: Tenant) -> dict[str, Any]:
    with bind(srem), translation.override("pl"):
        activity = make_activity(age_min=60)
        for week in range(9):
            make_session(activity, starts_at=in_days(3 + 7 * week), place=make_place())
        marks = [asdict(mark) for mark in funding_marks("2021-2027")]
        return poster_data(activity) | {"marks": marks, "project": "Projekt: Rozwój usług"}


def test_a_document_says_its_title_its_language_and_that_it_is_accessible(
    poster: dict[str, Any],
) -> None:
    content = typesetting.pdf("poster", poster)
    assert content.startswith(b"%PDF-")
    assert "Plakat" in poster["document"] or "Poster" in poster["document"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert f">{poster['document']}</rdf:li>".encode() in content
    assert b"/Lang(pl)" in content


def test_the_same_data_give_the_same_bytes(poster: dict[str, Any]) -> None:
    assert typesetting.pdf("poster", poster) == typesetting.pdf("poster", poster)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Warsztaty rękodzieła artystycznego i konserwacji haftów wielkopolskich"},
        {"title": "Konstantynopolitańczykowianeczka" * 3},
        {"lead": "Przy herbacie i cieście uczymy się haftu snutkowego. " * 6},
        {"facts": ["Opłata: 15 zł (" + "seniorzy płacą połowę, " * 8 + ")", "Wiek: od 60"]},
        {"first": None, "more": None},
    ],
)
def test_a_poster_is_one_sheet_however_much_there_is_to_say(
    poster: dict[str, Any], changes: dict[str, Any]
) -> None:
    assert pages("poster", poster | changes) == 1


@pytest.mark.parametrize(
    "typed",
    [
        '#set page(width: 1mm)\n#read("/etc/passwd") *b* $x$ @a <b> [c] \\ // "',
        "Święta 🎄 w świetlicy",
        "中文 عربى \u200b\u202e\x07",
        "🎄🎄",
        "Z\u0307o\u0301\u0142w",
    ],
)
def test_whatever_people_type_is_words_and_nothing_else(poster: dict[str, Any], typed: str) -> None:
    odd = poster | {"title": typed, "lead": typed, "document": f"Plakat: {typed}"}
    assert typesetting.pdf("poster", odd).startswith(b"%PDF-")
    assert pages("poster", odd) == 1


def test_signs_without_a_shape_are_replaced_and_letters_are_kept() -> None:
    assert (
        drawable("Zażółć gęślą jaźń, Їжак і ґава — „5 €”")
        == "Zażółć gęślą jaźń, Їжак і ґава — „5 €”"
    )
    assert drawable("Z\u0307o\u0301\u0142w") == "Żółw"
    assert drawable("Święta 🎄") == "Święta "
    assert drawable("𝓢𝓪𝓵𝓪") == "Sala"
    assert drawable("李") == "?"
    assert drawable({"a": ["x\u00ady", 7, None]}) == {"a": ["xy", 7, None]}


def test_every_letter_we_count_on_has_a_shape(poster: dict[str, Any]) -> None:
    every = "".join(sorted(letters() - {"\n"}))
    typesetting.pdf("poster", poster | {"lead": every})


@pytest.mark.parametrize(("people", "sheets"), [(0, 2), (1, 1), (40, 4)])
def test_a_sign_in_sheet_grows_with_the_list(srem: Tenant, people: int, sheets: int) -> None:
    with bind(srem):
        data = sign_in_data(
            make_session(place=make_place()), ["Grażyna Brzęczyszczykiewicz"] * people
        )
    assert pages("sign_in", data) == sheets
    assert typesetting.pdf("sign_in", data).startswith(b"%PDF-")


def test_a_slip_of_a_long_course_is_one_small_sheet(srem: Tenant) -> None:
    with bind(srem):
        course = make_activity(kind="course")
        for week in range(14):
            make_session(course, starts_at=in_days(3 + 7 * week), place=make_place())
        booking = make_booking(course.pool, make_person("Halina Nowak"), make_person("Jan Nowak"))
        data = slip_data(booking)
    assert pages("slip", data) == 1
    assert typesetting.pdf("slip", data).startswith(b"%PDF-")


@pytest.mark.parametrize(("rides", "sheets"), [(0, 1), (24, 3)])
def test_a_list_for_the_driver_grows_with_the_rides(srem: Tenant, rides: int, sheets: int) -> None:
    with bind(srem):
        session = make_session(capacity=40)
        asked = [
            drive(make_booking(session.pool, make_person(f"Halina {number}", phone="+48606123123")))
            for number in range(rides)
        ]
        data = transport_data(session, asked)
    assert pages("transport", data) == sheets
    assert typesetting.pdf("transport", data).startswith(b"%PDF-")
