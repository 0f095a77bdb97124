"""Who comes and who books, as it was answered in the form or written down at the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from events.models import AccessNeed, BookingDraft
from portal.accounts.models import Person
from tenants.polish import search_key

LARGEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """
    Attributes:
        person: somebody we have a card of; staff chose it.
        needs: of the closed list, ``AccessNeed.Need``.
    """

    first_name: str = ""
    last_name: str = ""
    age: int | None = None
    is_booker: bool = False
    person: UUID | None = None
    needs: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def name_key(self) -> str:
        return search_key(self.full_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookerContact:
    first_name: str
    last_name: str
    channel: str = ""
    phone: str = ""
    email: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    language: str = "pl"

    @property
    def name_key(self) -> str:
        return search_key(f"{self.first_name} {self.last_name}")

    def as_person(self) -> Person:
        """A new card, not saved yet."""
        return Person(
            first_name=self.first_name, last_name=self.last_name, channel=self.channel,
            phone=self.phone, email=self.email.lower(), street=self.street,
            postcode=self.postcode, city=self.city, language=self.language,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """``people=0`` asks for none."""

    people: int
    street: str = ""
    city: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """
    Attributes:
        contact: of whoever books; their name too, where they do not come themselves.
    """

    contact: BookerContact
    attendees: tuple[Attendee, ...]
    transport: Transport | None = None
    note: str = ""
    shows_names: bool = False
    shows_contact: bool = False
    agrees_to_needs: bool = False

    @property
    def size(self) -> int:
        return len(self.attendees)

    @property
    def is_complete(self) -> bool:
        """Whether everybody is named."""
        return bool(self.attendees) and all(one.name_key for one in self.attendees)


class _Answers:
    """What was answered at each step; a step that was not reached is empty."""

    def __init__(self, steps: Mapping[str, Any]) -> None:
        self._steps = steps

    def step(self, name: str) -> Mapping[str, Any]:
        found = self._steps.get(name)
        return found if isinstance(found, Mapping) else {}

    @classmethod
    def of(cls, draft: BookingDraft) -> Self:
        return cls(draft.answers)


def answers_to_form(draft: BookingDraft) -> Form:
    """What was answered so far. Needs count only where somebody agreed that we keep them."""
    answers = _Answers.of(draft)
    people, contact = answers.step("osoby"), answers.step("kontakt")
    needs = answers.step("potrzeby")
    agrees = bool(needs.get("agrees"))
    needed: Mapping[str, Sequence[str]] = (needs.get("needs") or {}) if agrees else {}
    attendees = tuple(
        _attendee(
            answers.step(f"osoba-{number}"),
            is_booker=number == 1 and people.get("who") != "others",
            needs=needed.get(str(number), ()),
        )
        for number in range(1, min(int(people.get("size") or 0), LARGEST) + 1)
    )
    return Form(
        contact=_contact(contact, attendees, str(draft.answers.get("language") or "pl")),
        attendees=attendees,
        transport=_transport(answers.step("dowoz"), len(attendees)),
        note=_text(needs, "note"),
        shows_names=bool(contact.get("shows_names")),
        shows_contact=bool(contact.get("shows_contact")),
        agrees_to_needs=agrees,
    )


def _attendee(answers: Mapping[str, Any], *, is_booker: bool, needs: Sequence[str]) -> Attendee:
    age = answers.get("age")
    return Attendee(
        first_name=_text(answers, "first_name"),
        last_name=_text(answers, "last_name"),
        age=None if age in (None, "") else int(age),
        is_booker=is_booker,
        needs=tuple(need for need in AccessNeed.Need.values if need in needs),
    )


def _contact(
    answers: Mapping[str, Any], attendees: Sequence[Attendee], language: str
) -> BookerContact:
    """Who comes themselves has given their name already."""
    comes = attendees[0] if attendees and attendees[0].is_booker else None
    fields = ("channel", "phone", "email", "street", "postcode", "city")
    return BookerContact(
        first_name=comes.first_name if comes else _text(answers, "first_name"),
        last_name=comes.last_name if comes else _text(answers, "last_name"),
        language=language if language in Person.Language else "pl",
        **{field: _text(answers, field) for field in fields},
    )


def _transport(answers: Mapping[str, Any], party: int) -> Transport | None:
    if not answers.get("wants"):
        return None
    return Transport(
        people=max(1, min(int(answers.get("people") or party), party)),
        street=_text(answers, "street"),
        city=_text(answers, "city"),
        note=_text(answers, "note"),
    )


def _text(answers: Mapping[str, Any], key: str) -> str:
    return str(answers.get(key) or "").strip()
