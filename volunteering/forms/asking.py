"""The questions of somebody who asks for help, one form each."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms_editing.inputs import DayField, HourField
from events.templatetags.sessions import day_in_full
from tenants import formats
from volunteering.models import District, HelpRequest
from volunteering.times_asked import (
    EARLIEST,
    EXACT,
    LATEST,
    LONGEST,
    PART_WORDS,
    PARTS,
    SHORTEST,
    days_shown,
    first_day,
    is_possible,
    last_day,
    length,
)
from volunteering.vocabulary import Kind, Language

ME, SOMEBODY_ELSE = "me", "else"
OTHER_DAY = "other"
_DETAILS_LENGTH = HelpRequest._meta.get_field("details").max_length


class ForWhomForm(forms.Form):
    who = forms.ChoiceField(
        label=gettext_lazy("Who needs help?"),
        choices=[
            (ME, gettext_lazy("I do")),
            (SOMEBODY_ELSE, gettext_lazy("Somebody else, who agrees that I ask")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who needs help.")},
    )

    @property
    def answer(self) -> dict[str, Any]:
        return {"who": self.cleaned_data["who"]}


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is the help to be?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the help is to be.")},
    )

    @property
    def answer(self) -> dict[str, Any]:
        return {"kind": self.cleaned_data["kind"]}


class DayForm(forms.Form):
    """One of the next days, or another one that is written."""

    day = forms.ChoiceField(
        label=gettext_lazy("On which day?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the day."),
            "invalid_choice": gettext_lazy("Choose the day."),
        },
    )
    other = DayField(label=gettext_lazy("Which day?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [  # type: ignore[attr-defined]
            *((day.isoformat(), day_in_full(day)) for day in days_shown()),
            (OTHER_DAY, _("Another day")),
        ]
        first, last = first_day().isoformat(), last_day().isoformat()
        self.fields["other"].widget.attrs |= {"min": first, "max": last}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("day") != OTHER_DAY:
            self.errors.pop("other", None)
        elif "other" not in self.errors:
            self._clean_other(cleaned["other"])
        return cleaned

    def _clean_other(self, day: date | None) -> None:
        if day is None:
            self.add_error("other", _("Write the date."))
        elif not is_possible(day):
            self.add_error(
                "other",
                _("Choose a day from %(first)s to %(last)s. For today, call us.")
                % {"first": formats.day(first_day()), "last": formats.day(last_day())},
            )

    @property
    def answer(self) -> dict[str, Any]:
        chosen = self.cleaned_data["day"]
        return {"day": self.cleaned_data["other"].isoformat() if chosen == OTHER_DAY else chosen}

    @staticmethod
    def initial_of(answer: dict[str, Any]) -> dict[str, Any]:
        if not answer:
            return {}
        day = date.fromisoformat(answer["day"])
        shown = {"day": answer["day"]}
        return shown if day in days_shown() else {"day": OTHER_DAY, "other": day}


class HoursForm(forms.Form):
    """A part of the day, or exact hours."""

    part = forms.ChoiceField(
        label=gettext_lazy("At what time?"),
        help_text=gettext_lazy("The shorter the time, the easier we find somebody."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the time.")},
    )
    starts = HourField(label=gettext_lazy("From"), required=False)
    ends = HourField(label=gettext_lazy("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [  # type: ignore[attr-defined]
            *((part, f"{PART_WORDS[part]}, {formats.hours(*PARTS[part])}") for part in PARTS),
            (EXACT, _("at exact hours")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("part") != EXACT:
            for name in ("starts", "ends"):
                self.errors.pop(name, None)
        else:
            self._clean_hours(cleaned)
        return cleaned

    def _clean_hours(self, cleaned: dict[str, Any]) -> None:
        for name, sentence in (
            ("starts", _("Write from when.")),
            ("ends", _("Write until when.")),
        ):
            if name not in self.errors and cleaned[name] is None:
                self.add_error(name, sentence)
        if not self.errors and (problem := hours_problem(cleaned["starts"], cleaned["ends"])):
            self.add_error("ends", problem)

    @property
    def answer(self) -> dict[str, Any]:
        part = self.cleaned_data["part"]
        given = (self.cleaned_data["starts"], self.cleaned_data["ends"])
        starts, ends = PARTS.get(part, given)
        return {"part": part, "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}

    @staticmethod
    def initial_of(answer: dict[str, Any]) -> dict[str, Any]:
        return answer if answer.get("part") == EXACT else {"part": answer.get("part", "")}


def hours_problem(starts: time, ends: time) -> str:
    """What is wrong with exact hours; "" where nothing is."""
    if length(starts, ends) < SHORTEST:
        return _("The end comes after the beginning, at least a quarter of an hour.")
    if starts < EARLIEST or ends > LATEST:
        return _("Choose hours from %(hours)s.") % {"hours": formats.hours(EARLIEST, LATEST)}
    if length(starts, ends) > LONGEST:
        return _("That is a long time for one person. Choose at most 8 hours.")
    return ""


class PlaceForm(forms.Form):
    district = forms.ChoiceField(
        label=gettext_lazy("In which part of the gmina?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the part of the gmina."),
            "invalid_choice": gettext_lazy("Choose the part of the gmina."),
        },
    )

    def __init__(self, *args: Any, districts: Sequence[District], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.name) for one in districts
        ]

    @property
    def answer(self) -> dict[str, Any]:
        return {"district": self.cleaned_data["district"]}


class LanguageForm(forms.Form):
    """Of somebody who does not read the site in Polish."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Which languages can the helper speak with you?"),
        help_text=gettext_lazy("Choose all that you speak. One of them is enough for us to match."),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )

    @property
    def answer(self) -> dict[str, Any]:
        return {"languages": self.cleaned_data["languages"]}


class DetailsForm(forms.Form):
    """
    Args:
        is_needed: what is asked for is on no list.
    """

    details = forms.CharField(
        label=gettext_lazy("What should we know?"), required=False, max_length=_DETAILS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Write in a few words what the help is to be.")},
    )  # fmt: skip

    def __init__(self, *args: Any, is_needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["details"].required = is_needed

    @property
    def answer(self) -> dict[str, Any]:
        return {"details": self.cleaned_data["details"]}
