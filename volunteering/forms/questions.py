"""The questions a volunteer answers, one form each; the same when they join and when they change
their mind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.forms_editing.inputs import DayField
from volunteering.answers import Answers, radius
from volunteering.models import District, VolunteerProfile
from volunteering.models.volunteer import ADULT
from volunteering.vocabulary import Language, Skill, Transport
from volunteering.week import DAYS, PARTS, PartOfDay, slot_of, slots_of, windows_of

_WHOLE_GMINA = "cala"
_HOURS = (1, 2, 3, 5, 8, 12, 20)
_OLDEST = 120


class QuestionForm(forms.Form):
    @property
    def answer(self) -> Mapping[str, Any]:
        """Of a valid form: parts of ``Answers``."""
        return dict(self.cleaned_data)

    @staticmethod
    def initial_of(said: Answers) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def typed(self) -> dict[str, Any]:
        """As it was sent, to be asked again or kept until the last question."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, name)
            for name, field in self.fields.items()
        }


class SkillsForm(QuestionForm):
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("What can you help with?"),
        help_text=gettext_lazy("Tick as much as you like. You will never have to do all of it."),
        choices=Skill.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one thing.")},
    )

    @staticmethod
    def initial_of(said: Answers) -> dict[str, Any]:
        return {"skills": said.skills}


class LanguagesForm(QuestionForm):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Which languages do you speak?"),
        choices=Language.choices,
        initial=[Language.POLISH],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one language.")},
    )

    @staticmethod
    def initial_of(said: Answers) -> dict[str, Any]:
        return {"languages": said.languages}


@dataclass(frozen=True, slots=True)
class Box:
    part: PartOfDay
    value: str
    is_ticked: bool
    auto_id: str


@dataclass(frozen=True, slots=True)
class Day:
    name: Promise
    boxes: Sequence[Box]


class WeekForm(QuestionForm):
    slots = forms.MultipleChoiceField(
        label=gettext_lazy("When do you usually have time?"),
        help_text=gettext_lazy(
            "Tick the times that are usually free. We ask only about those, at most three times a "
            "week and never after 8 p.m."
        ),
        choices=[
            (slot_of(weekday, part), f"{weekday} {part.key}")
            for weekday in range(len(DAYS))
            for part in PARTS
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Tick at least one time, even if it is not the same always.")
        },
    )

    @property
    def answer(self) -> Mapping[str, Any]:
        return {"windows": windows_of(self.cleaned_data["slots"])}

    @staticmethod
    def initial_of(said: Answers) -> dict[str, Any]:
        return {"slots": slots_of(said.windows)}

    @property
    def days(self) -> list[Day]:
        """The grid; boxes have the ids of the field's, the first of which a link to it leads to."""
        field: BoundField = self["slots"]
        ticked = set(field.value() or [])
        ids = dict(zip((slot for slot, _words in self._choices), _ids(field), strict=True))
        return [
            Day(
                name,
                [
                    Box(part, slot, slot in ticked, ids[slot])
                    for part in PARTS
                    for slot in [slot_of(weekday, part)]
                ],
            )
            for weekday, name in enumerate(DAYS)
        ]

    @property
    def _choices(self) -> Sequence[tuple[str, str]]:
        field: Any = self.fields["slots"]
        return list(field.choices)


def _ids(field: BoundField) -> list[str]:
    return [f"{field.auto_id}_{number}" for number in range(len(DAYS) * len(PARTS))]


class AreaForm(QuestionForm):
    district = forms.ModelChoiceField(
        label=gettext_lazy("In which part of the gmina do you live?"),
        help_text=gettext_lazy("We need no street: neighbours only learn how far away you are."),
        queryset=District.objects.none(),
        empty_label=gettext_lazy("choose"),
        error_messages={
            "required": gettext_lazy("Choose where you live."),
            "invalid_choice": gettext_lazy("Choose a part of the gmina from the list."),
        },
    )
    radius_km = forms.ChoiceField(
        label=gettext_lazy("How far would you go?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how far you would go.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = District.objects.all()  # type: ignore[attr-defined]
        known = {str(km): radius(km) for km in VolunteerProfile.RADII}
        # The office may have written down another distance.
        if (kept := self.initial.get("radius_km")) and kept != _WHOLE_GMINA:
            known.setdefault(kept, radius(int(kept)))
        self.fields["radius_km"].choices = [  # type: ignore[attr-defined]
            *sorted(known.items(), key=lambda one: int(one[0])),
            (_WHOLE_GMINA, radius(None)),
        ]

    @property
    def answer(self) -> Mapping[str, Any]:
        far = self.cleaned_data["radius_km"]
        return {
            "district": self.cleaned_data["district"],
            "radius_km": None if far == _WHOLE_GMINA else int(far),
        }

    @staticmethod
    def initial_of(said: Answers) -> dict[str, Any]:
        far = _WHOLE_GMINA if said.radius_km is None else str(said.radius_km)
        return {"district": said.district.pk, "radius_km": far}


class TransportForm(QuestionForm):
    transport = forms.ChoiceField(
        label=gettext_lazy("How do you get around?"),
        choices=Transport.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you get around.")},
    )

    @staticmethod
    def initial_of(said: Answers) -> dict[str, Any]:
        return {"transport": said.transport}


class HoursForm(QuestionForm):
    weekly_hours = forms.TypedChoiceField(
        label=gettext_lazy("How many hours a week at most?"),
        help_text=gettext_lazy("We never ask for more. It may also be less."),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how many hours.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.initial.get("weekly_hours")
        self.fields["weekly_hours"].choices = [  # type: ignore[attr-defined]
            (hours, ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours})
            for hours in sorted({*_HOURS, *([int(kept)] if kept else [])})
        ]

    @staticmethod
    def initial_of(said: Answers) -> dict[str, Any]:
        return {"weekly_hours": said.weekly_hours}


_ADULT, _YOUNGER = "dorosla", "mlodsza"


class AgeForm(QuestionForm):
    """Of adults it is enough to know that they are; others say when they were born."""

    age = forms.ChoiceField(
        label=gettext_lazy("How old are you?"),
        choices=[
            (_ADULT, gettext_lazy("I am 18 or over")),
            (_YOUNGER, gettext_lazy("I am under 18")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how old you are.")},
    )
    born_on = DayField(
        label=gettext_lazy("Date of birth"),
        help_text=gettext_lazy(
            "From the age of 16 you can help with the consent of your parent or guardian. We ask "
            "for it when we meet."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("age") == _ADULT:
            # Left over in a field that does not belong to the answer.
            self.errors.pop("born_on", None)
            cleaned["born_on"] = None
        elif cleaned.get("age") == _YOUNGER and "born_on" not in self.errors:
            self._clean_birth(cleaned.get("born_on"))
        return cleaned

    def _clean_birth(self, born_on: date | None) -> None:
        today = timezone.localdate()
        if born_on is None:
            self.add_error("born_on", _("Write your date of birth."))
        elif not today.year - _OLDEST <= born_on.year or born_on > today:
            self.add_error("born_on", _("Check the year of your date of birth."))

    @property
    def years(self) -> int | None:
        """Completed today; None of an adult."""
        return VolunteerProfile(**self.answer).age_on(timezone.localdate())

    @property
    def answer(self) -> Mapping[str, Any]:
        born_on = self.cleaned_data["born_on"]
        age = VolunteerProfile(born_on=born_on).age_on(timezone.localdate())
        return {"born_on": born_on if age is not None and age < ADULT else None}

    @staticmethod
    def initial_of(said: Answers) -> dict[str, Any]:
        return {"age": _YOUNGER if said.born_on else _ADULT, "born_on": said.born_on}


class ChildrenForm(QuestionForm):
    with_children = forms.TypedChoiceField(
        label=gettext_lazy("Would you also like to help children?"),
        help_text=gettext_lazy(
            "The law wants us to check everybody who works with children: in a register, and by a "
            "certificate of no criminal record. We explain how, and do it with you."
        ),
        choices=[("tak", gettext_lazy("Yes")), ("nie", gettext_lazy("No"))],
        coerce=lambda said: said == "tak",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )

    @staticmethod
    def initial_of(said: Answers) -> dict[str, Any]:
        return {"with_children": "tak" if said.with_children else "nie"}


class AboutForm(QuestionForm):
    about = forms.CharField(
        label=gettext_lazy("Is there anything else we should know?"),
        help_text=gettext_lazy(
            "Only the organiser at the office reads it. For example: I am afraid of dogs. Do not "
            "write about illnesses: we do not need to know them."
        ),
        required=False,
        max_length=VolunteerProfile._meta.get_field("about").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @staticmethod
    def initial_of(said: Answers) -> dict[str, Any]:
        return {"about": said.about}
