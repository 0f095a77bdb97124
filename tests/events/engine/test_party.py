"""What the steps of the form left behind, as the engine reads it."""

from typing import Any

import pytest

from events.models import BookingDraft
from events.party import answers_to_form
from tests.events.engine.booking_forms import answers


def form(**given: Any) -> Any:
    names = given.pop("names", ("Anna Nowak", "Jan Nowak"))
    return answers_to_form(BookingDraft(answers=answers(*names, **given)))


def test_who_comes_in_what_order() -> None:
    read = form(ages={2: 7}, phone="+48600100200")
    assert [(one.full_name, one.age, one.is_booker) for one in read.attendees] == [
        ("Anna Nowak", None, True), ("Jan Nowak", 7, False)
    ]  # fmt: skip
    assert (read.contact.first_name, read.contact.phone, read.size) == ("Anna", "+48600100200", 2)
    assert read.is_complete


def test_an_empty_form_is_read_and_not_complete() -> None:
    read = answers_to_form(BookingDraft(answers={}))
    assert (read.size, read.is_complete, read.transport) == (0, False, None)
    broken = BookingDraft(answers={"osoby": None, "kontakt": [], "osoba-1": "x", "language": "de"})
    assert answers_to_form(broken).contact.language == "pl"


@pytest.mark.parametrize(("agrees", "needs"), [(True, ("step_free", "lift")), (False, ())])
def test_needs_count_with_consent_and_from_the_closed_list(
    agrees: bool, needs: tuple[str, ...]
) -> None:
    asked = {"needs": {"2": ["lift", "step_free", "wealth"]}, "agrees": agrees, "note": " Cicho. "}
    read = form(potrzeby=asked)
    assert [one.needs for one in read.attendees] == [(), needs]
    assert read.note == "Cicho."


@pytest.mark.parametrize(("asked", "people"), [(1, 1), (9, 2), (None, 2)])
def test_no_more_are_driven_than_come(asked: int | None, people: int) -> None:
    read = form(dowoz={"wants": True, "people": asked, "street": "Polna 2", "city": "Mełpin"})
    assert (read.transport.people, read.transport.city) == (people, "Mełpin")
    assert form(dowoz={"wants": False, "people": 1}).transport is None
