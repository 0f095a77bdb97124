"""The questions of somebody who asks for help, in order: which apply, which are answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.urls import reverse

from events.party import BookerContact
from portal.accounts.models import Person
from volunteering.close_people import close_to
from volunteering.forms.asking import SOMEBODY_ELSE
from volunteering.models import District
from volunteering.orders import HelpOrder
from volunteering.times_asked import is_possible, moments
from volunteering.views.asking.drafts import Draft
from volunteering.vocabulary import Kind, Language

FOR_WHOM, KIND, DAY, HOURS, PLACE = "dla-kogo", "rodzaj", "dzien", "godziny", "miejsce"
LANGUAGE, HELPED, NAME, CONTACT = "jezyk", "osoba", "ty", "kontakt"
DETAILS, CHECK = "szczegoly", "sprawdz"


@dataclass(frozen=True)
class Journey:
    """
    Attributes:
        me: whoever is logged in: we do not ask them what we know.
    """

    draft: Draft
    me: Person | None
    districts: Sequence[District]

    def answer(self, step: str) -> dict[str, Any]:
        return self.draft.answers.get(step, {})

    @property
    def is_for_somebody_else(self) -> bool:
        return self.answer(FOR_WHOM).get("who") == SOMEBODY_ELSE

    # Steps

    @cached_property
    def steps(self) -> list[str]:
        return [
            FOR_WHOM, KIND, DAY, HOURS,
            *([PLACE] if len(self.districts) > 1 else []),
            *([LANGUAGE] if self.draft.language != "pl" else []),
            *([HELPED] if self.is_for_somebody_else else []),
            *([NAME, CONTACT] if self.me is None else []),
            DETAILS, CHECK,
        ]  # fmt: skip

    @property
    def total(self) -> int:
        return len(self.steps)

    def number_of(self, step: str) -> int:
        return self.steps.index(step) + 1

    def before(self, step: str) -> str:
        """Where „Back” leads."""
        index = self.steps.index(step)
        return self.url(self.steps[index - 1]) if index else reverse("volunteering:help")

    def url(self, step: str) -> str:
        if step == FOR_WHOM:
            return reverse("volunteering:ask")
        if step == CHECK:
            return reverse("volunteering:ask_check")
        return reverse("volunteering:ask_step", args=[step])

    @property
    def next(self) -> str:
        """The first question without an answer, else the check of all of them."""
        return next((step for step in self.steps if not self.is_answered(step)), CHECK)

    def is_answered(self, step: str) -> bool:
        answer = self.answer(step)
        if step == DAY:
            # What was tomorrow when it was answered may be today.
            return "day" in answer and is_possible(self.day)
        if step == PLACE:
            return answer.get("district") in {str(one.pk) for one in self.districts}
        if step == HELPED:
            return "agrees" in answer and (
                self.helped_card is not None or bool(answer["last_name"])
            )
        if step == DETAILS:
            return bool(answer.get("details")) or ("details" in answer and self.kind != Kind.OTHER)
        return step in self.draft.answers

    # Answers

    @property
    def kind(self) -> Kind:
        return Kind(self.answer(KIND)["kind"])

    @property
    def day(self) -> date:
        return date.fromisoformat(self.answer(DAY)["day"])

    @property
    def times(self) -> tuple[datetime, datetime]:
        answer = self.answer(HOURS)
        starts, ends = (time.fromisoformat(answer[name]) for name in ("starts", "ends"))
        return moments(self.day, starts, ends)

    @property
    def district(self) -> District:
        if len(self.districts) == 1:
            return self.districts[0]
        chosen = self.answer(PLACE)["district"]
        return next(one for one in self.districts if str(one.pk) == chosen)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.answer(LANGUAGE).get("languages", [Language.POLISH]))

    @property
    def details(self) -> str:
        return str(self.answer(DETAILS).get("details", ""))

    @property
    def contact(self) -> BookerContact | None:
        """Of a guest who asks."""
        if self.me is not None:
            return None
        return BookerContact(
            **self.answer(NAME), **self.answer(CONTACT), language=self.draft.language
        )

    @cached_property
    def close_people(self) -> list[Person]:
        """Whom somebody logged in lives with or cares for."""
        return list(close_to(self.me).in_order()) if self.me else []

    @property
    def helped_card(self) -> Person | None:
        """Somebody else who was chosen by their card."""
        if not self.is_for_somebody_else:
            return None
        chosen = self.answer(HELPED).get("known", "")
        return next((one for one in self.close_people if str(one.pk) == chosen), None)

    @property
    def helped(self) -> BookerContact | None:
        """Somebody else, by the name."""
        if not self.is_for_somebody_else:
            return None
        answer, card = self.answer(HELPED), self.helped_card
        if card is not None:
            return BookerContact(first_name=card.first_name, last_name=card.last_name)
        named = {name: answer[name] for name in ("first_name", "last_name", "phone")}
        return BookerContact(**named, language=self.draft.language)

    @property
    def order(self) -> HelpOrder:
        """All of it, once everything is answered."""
        starts_at, ends_at = self.times
        return HelpOrder(
            key=self.draft.key,
            kind=self.kind,
            starts_at=starts_at,
            ends_at=ends_at,
            district=self.district.pk,
            asker=self.me.pk if self.me else None,
            contact=self.contact,
            helped=self.helped,
            helped_card=self.helped_card.pk if self.helped_card else None,
            has_agreed=not self.is_for_somebody_else or bool(self.answer(HELPED)["agrees"]),
            details=self.details,
            languages=self.languages,
        )
