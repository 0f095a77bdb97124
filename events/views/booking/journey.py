"""The questions of one booking, in order: which apply, which are answered, which comes next."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from events.forms.people import OTHERS
from events.models import Activity, BookingDraft
from events.occasions import Occasion, occasion_of
from events.party import Form, answers_to_form
from portal.accounts.models import Person

PARTY, BOOKER, CONTACT, SHARING = "osoby", "ty", "kontakt", "organizator"
NEEDS, TRANSPORT, CHECK = "potrzeby", "dowoz", "sprawdz"
OPTIONAL = (SHARING, NEEDS, TRANSPORT)


def attendee_step(number: int) -> str:
    return f"osoba-{number}"


@dataclass(frozen=True)
class Journey:
    draft: BookingDraft

    @property
    def activity(self) -> Activity:
        return self.draft.activity

    @cached_property
    def occasion(self) -> Occasion:
        return occasion_of(self.draft.pool)

    @cached_property
    def answers(self) -> dict[str, Any]:
        answers: dict[str, Any] = self.draft.answers
        return answers

    @cached_property
    def form(self) -> Form:
        return answers_to_form(self.draft)

    # Who

    @property
    def me(self) -> Person | None:
        """Whoever is logged in: we do not ask them what we know."""
        return self.draft.person

    @property
    def party(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.answers.get(PARTY, {})
        return answer

    @property
    def size(self) -> int:
        return int(self.party.get("size", 1))

    @property
    def comes_too(self) -> bool:
        """Whether the first of those who come is the one who fills in the form."""
        return self.party.get("who") != OTHERS

    def is_me(self, number: int) -> bool:
        return number == 1 and self.comes_too

    def knows_name_of(self, number: int) -> bool:
        return self.is_me(number) and self.me is not None and bool(self.me.full_name)

    # Steps

    @cached_property
    def steps(self) -> list[str]:
        return _steps(self.activity, self.me, size=self.size, comes_too=self.comes_too)

    @property
    def total(self) -> int:
        """With the date, which comes before there is a draft."""
        return len(self.steps) + 1

    def number_of(self, step: str) -> int:
        return self.steps.index(step) + 2

    def before(self, step: str) -> str:
        """Where „Back” leads."""
        index = self.steps.index(step) if step in self.steps else 0
        if index == 0:
            return reverse("events:draft_date", args=[self.draft.pk])
        return self.url(self.steps[index - 1])

    def url(self, step: str) -> str:
        return reverse("events:step", args=[self.draft.pk, step])

    @property
    def next(self) -> str:
        """The first question without an answer, else the check of all of them."""
        return next((step for step in self.steps if not self.is_answered(step)), CHECK)

    @property
    def missing(self) -> str:
        """The same among those that nobody can book without."""
        needed = (step for step in self.steps if step not in OPTIONAL)
        return next((step for step in needed if not self.is_answered(step)), CHECK)

    def is_answered(self, step: str) -> bool:
        contact = self.answers.get(CONTACT, {})
        if step == PARTY:
            return self.has_places and self.draft.party_size == self.size
        if step == BOOKER:
            return "first_name" in contact
        if step == CONTACT:
            return "channel" in contact
        if step == SHARING:
            return "shows_names" in contact
        if step.startswith("osoba-"):
            answer = self.answers.get(step, {})
            return bool(answer) and (not self.activity.has_ages or self._is_age_right(answer))
        return step in self.answers

    def _is_age_right(self, answer: dict[str, Any]) -> bool:
        """The limits may have changed, or the date."""
        age = answer.get("age")
        return age is not None and self.activity.admits(age)

    # Places

    @property
    def has_places(self) -> bool:
        """Held, or in line; also where the time of the hold has passed."""
        return self.draft.party_size is not None

    @property
    def waits(self) -> bool:
        return self.draft.is_for_waiting_list

    @property
    def is_held(self) -> bool:
        until = self.draft.held_until
        return not self.waits and until is not None and until > timezone.now()

    @property
    def has_lapsed(self) -> bool:
        return self.has_places and not self.waits and not self.is_held

    @property
    def can_extend(self) -> bool:
        return self.is_held and not self.draft.was_extended


def steps_ahead(activity: Activity, me: Person | None) -> list[str]:
    """Of somebody who books for themselves, before they have said so."""
    return _steps(activity, me, size=1, comes_too=True)


def _steps(activity: Activity, me: Person | None, *, size: int, comes_too: bool) -> list[str]:
    named = [1] if comes_too and me is not None and me.full_name else []
    steps = [PARTY]
    steps += [
        attendee_step(number)
        for number in range(1, size + 1)
        if activity.has_ages or number not in named
    ]
    if me is None:
        # Who is logged in is known, and hears from us as they chose under „My data”.
        steps += [CONTACT] if comes_too else [BOOKER, CONTACT]
    if activity.organisation_id is not None:
        steps.append(SHARING)
    steps.append(NEEDS)
    if activity.offers_transport:
        steps.append(TRANSPORT)
    return [*steps, CHECK]


def known_answers(journey: Journey) -> dict[str, Any]:
    """Of somebody logged in: what the form need not ask, as if they had typed it."""
    me, answers = journey.me, journey.answers
    if me is None:
        return {}
    known: dict[str, Any] = {}
    names = {"first_name": me.first_name, "last_name": me.last_name}
    if journey.knows_name_of(1):
        first = attendee_step(1)
        known[first] = {"age": None, **answers.get(first, {}), **names}
    if not journey.comes_too and me.full_name:
        known[CONTACT] = {**answers.get(CONTACT, {}), **names}
    return known
