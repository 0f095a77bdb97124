"""What a volunteer is asked, in order: one question a page, by the last word of its address."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from volunteering import answers
from volunteering.answers import Answers, InWords
from volunteering.forms import questions as forms


@dataclass(frozen=True, slots=True)
class Question:
    """
    Attributes:
        title: in a list of answers.
        what: is changed, read out after the word "Change".
        in_words: the answer.
        template: how it is asked.
        asks: the heading of its page, where a form of several fields has none of its own.
    """

    form: type[forms.QuestionForm]
    title: Promise
    what: Promise
    in_words: InWords
    template: str = "volunteering/joining/_choices.html"
    asks: Promise | str = ""

    @property
    def heading(self) -> Promise | str:
        first, *_others = self.form.base_fields.values()
        return self.asks or first.label or ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A line of a list of answers."""

    slug: str
    question: Question
    lines: list[str]


AGE = "wiek"
QUESTIONS: dict[str, Question] = {
    "umiejetnosci": Question(
        forms.SkillsForm, _("What you can do"), _("what you can do"), answers.skills,
    ),
    "jezyki": Question(
        forms.LanguagesForm, _("Languages"), _("the languages"), answers.languages,
    ),
    "kiedy": Question(
        forms.WeekForm, _("When"), _("when you have time"), answers.times,
        "volunteering/joining/_week.html",
    ),
    "okolica": Question(
        forms.AreaForm, _("Where"), _("where you help"), answers.area,
        "volunteering/joining/_area.html", _("Where would you like to help?"),
    ),
    "dojazd": Question(
        forms.TransportForm, _("How you get around"), _("how you get around"), answers.transport,
    ),
    "godziny": Question(
        forms.HoursForm, _("Hours a week"), _("the hours a week"), answers.weekly_hours,
    ),
    AGE: Question(
        forms.AgeForm, _("Age"), _("how old you are"), answers.age,
        "volunteering/joining/_age.html",
    ),
    "dzieci": Question(
        forms.ChildrenForm, _("Also with children"), _("whether you help children"),
        answers.with_children,
    ),
    "uwagi": Question(
        forms.AboutForm, _("What we should know"), _("what we should know"), answers.about,
        "volunteering/joining/_about.html",
    ),
}  # fmt: skip
# The office has seen a document; it corrects the age.
CHANGED_BY_THEMSELVES = tuple(slug for slug in QUESTIONS if slug != AGE)


def answered(said: Answers) -> list[Answered]:
    """All answers in words."""
    return [Answered(slug, one, one.in_words(said)) for slug, one in QUESTIONS.items()]
