"""What is said about an opportunity and its shifts, and by whoever would like to help."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms_editing.inputs import DayField, HourField, NumberField
from events.recurrence import hours_problem, span_on
from portal.places.models import Place
from volunteering.actions.add_shift import ShiftOrder
from volunteering.models import Application, Opportunity
from volunteering.vocabulary import Skill

MOST_PLACES = 200
YOUNGEST, OLDEST = 13, 99


def _one_line(text: str) -> str:
    return " ".join(text.split())


class OpportunityForm(forms.ModelForm[Opportunity]):
    """Its words and its rules; they are in Polish."""

    required_skills = forms.MultipleChoiceField(
        label=gettext_lazy("What volunteers should be able to do"),
        choices=Skill,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    min_age = NumberField(
        label=gettext_lazy("Youngest age"), least=YOUNGEST, most=OLDEST, initial=16,
        help_text=gettext_lazy("Under 18, a parent or guardian has to agree."),
        error_messages={"required": gettext_lazy("Write from what age somebody may help.")},
    )  # fmt: skip

    class Meta:
        model = Opportunity
        fields = (
            "title", "lead", "description", "place", "required_skills", "min_age", "with_minors",
            "chooses_volunteers",
        )  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 8})}
        labels = {
            "with_minors": gettext_lazy("Volunteers work with children"),
            "chooses_volunteers": gettext_lazy(
                "We talk to everybody before they take their first shift"
            ),
        }
        help_texts = {
            "title": gettext_lazy("What volunteers do: “Parcels for seniors”."),
            "with_minors": gettext_lazy("Then each of them needs a background check."),
        }
        error_messages = {
            "title": {"required": gettext_lazy("Write the title.")},
            "lead": {"required": gettext_lazy("Say in one sentence what it is about.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        description = self.fields["description"]
        description.required = True
        description.error_messages["required"] = _("Write what volunteers do.")
        place = self.fields["place"]
        place.empty_label = _("in different places")  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        return _one_line(self.cleaned_data["title"])

    def clean_lead(self) -> str:
        return _one_line(self.cleaned_data["lead"])


class ShiftForm(forms.Form):
    """A day, from when to when, and how many are wanted."""

    day = DayField(label=gettext_lazy("Date"))
    starts = HourField(
        label=gettext_lazy("From"),
        error_messages={"required": gettext_lazy("Write when it begins.")},
    )
    ends = HourField(
        label=gettext_lazy("To"),
        error_messages={"required": gettext_lazy("Write when it ends.")},
        help_text=gettext_lazy("An hour before the beginning is after midnight."),
    )
    places = NumberField(
        label=gettext_lazy("How many volunteers"), least=1, most=MOST_PLACES,
        error_messages={"required": gettext_lazy("Write how many volunteers are wanted.")},
    )  # fmt: skip
    place = forms.ModelChoiceField(
        label=gettext_lazy("Where"), queryset=Place.objects.all(), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("What volunteers should know"), max_length=300, required=False,
        help_text=gettext_lazy("Everybody reads it: no names, no phone numbers."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, opportunity: Opportunity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        usual = opportunity.place
        field.empty_label = (  # type: ignore[attr-defined]
            _("the usual place: %(place)s") % {"place": usual} if usual else _("not known yet")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"starts", "ends"} <= cleaned.keys():
            problem = hours_problem(cleaned["starts"], cleaned["ends"])
            if problem:
                self.add_error("ends", problem)
            elif "day" in cleaned and self._starts_in_the_past(cleaned):
                self.add_error("day", _("This time has passed already."))
        return cleaned

    @staticmethod
    def _starts_in_the_past(cleaned: dict[str, Any]) -> bool:
        span = span_on(cleaned["day"], cleaned["starts"], cleaned["ends"])
        return span.starts_at <= timezone.now()

    @property
    def order(self) -> ShiftOrder:
        given = self.cleaned_data
        span = span_on(given["day"], given["starts"], given["ends"])
        return ShiftOrder(
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            places=given["places"],
            place=given["place"],
            note=_one_line(given["note"]),
        )


class ShiftPlacesForm(forms.Form):
    capacity = NumberField(
        label=gettext_lazy("How many volunteers"), least=1, most=MOST_PLACES,
        error_messages={"required": gettext_lazy("Write how many volunteers are wanted.")},
    )  # fmt: skip


class CallOffShiftForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What volunteers should know"), max_length=300, required=False,
        help_text=gettext_lazy("Why, or what to do instead. Everybody reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class SendBackForm(forms.Form):
    """The office's words to an organisation."""

    note = forms.CharField(
        label=gettext_lazy("What should the organisation answer or change?"), max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": gettext_lazy("Write it in words: the organisation will read them.")
        },
    )  # fmt: skip


class ApplyForm(forms.ModelForm[Application]):
    class Meta:
        model = Application
        fields = ("words", "shows_contact")
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}
        labels = {
            "words": gettext_lazy("Why you would like to help here, and when it suits you"),
            "shows_contact": gettext_lazy("The organiser may see my phone number and e-mail"),
        }
        help_texts = {
            "shows_contact": gettext_lazy(
                "Otherwise they see your first name only, and the office calls you."
            ),
        }
