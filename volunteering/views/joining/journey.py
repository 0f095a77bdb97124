"""How far somebody is with the questions. What they said is kept in their session until the last
button, as they sent it, and checked anew each time: a list may have changed meanwhile."""

from functools import cached_property
from typing import Any

from django.urls import reverse

from portal.entrance.requests import OwnRequest
from volunteering.answers import Answers, answers_of
from volunteering.forms.questions import AgeForm, QuestionForm
from volunteering.models import VolunteerProfile
from volunteering.questions import QUESTIONS

CHECK = "sprawdz"
_KEY = "joining"


class Journey:
    """
    Args:
        left: who was a volunteer before finds the answers of that time in the form.
    """

    def __init__(self, request: OwnRequest, left: VolunteerProfile | None) -> None:
        self._session = request.session
        self._kept: dict[str, Any] = self._session.get(_KEY, {})
        self._before = answers_of(left) if left else None

    def form(self, slug: str, data: Any = None) -> QuestionForm:
        """To answer: empty, or with what they said before."""
        form = QUESTIONS[slug].form
        before = form.initial_of(self._before) if self._before else {}
        if data is None and slug in self._kept:
            # As it was typed; shown without saying what is wrong with it.
            return form(initial={**before, **self._kept[slug]})
        return form(data, initial=before)

    @cached_property
    def _answered(self) -> dict[str, QuestionForm]:
        """The questions that are answered, and well, with their forms."""
        forms = {
            slug: self.form(slug, self._kept[slug]) for slug in QUESTIONS if slug in self._kept
        }
        return {slug: form for slug, form in forms.items() if form.is_valid()}

    @property
    def next(self) -> str:
        """The first question without an answer, or the check of all of them."""
        return next((slug for slug in QUESTIONS if slug not in self._answered), CHECK)

    def may_ask(self, slug: str) -> bool:
        """Questions come in their order; those that are answered may be answered anew."""
        order = list(QUESTIONS)
        return self.next == CHECK or order.index(slug) <= order.index(self.next)

    def keep(self, slug: str, form: QuestionForm) -> None:
        self._kept = {**self._kept, slug: form.typed}
        self._session[_KEY] = self._kept
        self.__dict__.pop("_answered", None)

    def forget(self) -> None:
        self._session.pop(_KEY, None)

    @property
    def answers(self) -> Answers:
        """Once every question is answered."""
        said: dict[str, Any] = {}
        for form in self._answered.values():
            said |= form.answer
        return Answers(**said)

    def number_of(self, slug: str) -> int:
        return [*QUESTIONS, CHECK].index(slug) + 1

    @property
    def total(self) -> int:
        return len(QUESTIONS) + 1

    def before(self, slug: str) -> str:
        """Where "Back" leads."""
        order = [*QUESTIONS, CHECK]
        number = order.index(slug)
        return self.url(order[number - 1]) if number else reverse("volunteering:home")

    @staticmethod
    def url(slug: str) -> str:
        if slug == CHECK:
            return reverse("volunteering:join_check")
        return reverse("volunteering:join_question", args=[slug])


def is_too_young(form: QuestionForm, youngest: int) -> bool:
    years = form.years if isinstance(form, AgeForm) else None
    return years is not None and years < youngest
