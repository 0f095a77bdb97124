"""What people need in order to take part, and how they get there. Both may be left empty."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.people import number_input
from events.models import AccessNeed, Booking, TransportRequest

_TRANSPORT = TransportRequest._meta


class NeedsForm(forms.Form):
    """A list for each person; consent is needed only where something is ticked.

    Args:
        people: number in the party → how the person is called.
    """

    agrees = forms.BooleanField(label=gettext_lazy("I agree to this"), required=False)

    def __init__(self, *args: Any, people: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = dict(people)
        for number, name in self.people.items():
            self.fields[_field_of(number)] = forms.MultipleChoiceField(
                label=name,
                choices=AccessNeed.Need.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def lists(self) -> Sequence[BoundField]:
        return [self[_field_of(number)] for number in self.people]

    @property
    def ticked(self) -> dict[str, list[str]]:
        return {
            number: needs
            for number in self.people
            if (needs := self.cleaned_data.get(_field_of(number)))
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.ticked and not cleaned.get("agrees"):
            self.add_error(
                "agrees",
                _("Tick that you agree, or untick the needs: without your consent we may not "
                  "write them down."),
            )  # fmt: skip
        return cleaned

    @property
    def answer(self) -> dict[str, Any]:
        return {"needs": self.ticked, "agrees": bool(self.ticked)}

    @staticmethod
    def initial_of(answer: dict[str, Any]) -> dict[str, Any]:
        needs = answer.get("needs", {})
        return {
            "agrees": answer.get("agrees", False),
            **{_field_of(number): ticked for number, ticked in needs.items()},
        }


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Something else the organiser should know"),
        required=False,
        max_length=Booking._meta.get_field("note").max_length,
        help_text=gettext_lazy("Do not write about illnesses: we do not need to know them."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NeedsStepForm(NoteForm, NeedsForm):
    field_order = ()

    @property
    def answer(self) -> dict[str, Any]:
        return {**NeedsForm.answer.fget(self), "note": self.cleaned_data["note"]}  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(answer: dict[str, Any]) -> dict[str, Any]:
        return {**NeedsForm.initial_of(answer), "note": answer.get("note", "")}


class TransportForm(forms.Form):
    wants = forms.ChoiceField(
        label=gettext_lazy("Do you need to be driven there?"),
        choices=[
            ("no", gettext_lazy("No, we get there ourselves")),
            ("yes", gettext_lazy("Yes, please")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you need to be driven.")},
    )
    people = forms.IntegerField(
        label=gettext_lazy("How many people?"), required=False,
        widget=number_input(),
        error_messages={"invalid": gettext_lazy("Write a number, for example 2.")},
    )  # fmt: skip
    street = forms.CharField(
        label=gettext_lazy("Street and number we should come to"), required=False,
        max_length=_TRANSPORT.get_field("street").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )  # fmt: skip
    city = forms.CharField(
        label=gettext_lazy("Town or village"), required=False,
        max_length=_TRANSPORT.get_field("city").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("How to find you"), required=False,
        max_length=_TRANSPORT.get_field("note").max_length,
        help_text=gettext_lazy("For the driver: the entrance, the floor, a wheelchair to fold."),
    )  # fmt: skip

    _MISSING = {
        "people": gettext_lazy("Write how many people we should take."),
        "street": gettext_lazy("Write where we should come to."),
        "city": gettext_lazy("Write the town or village."),
    }

    def __init__(self, *args: Any, size: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.size = size

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("wants") == "no":
            for name in (*self._MISSING, "note"):
                self.errors.pop(name, None)
        elif cleaned.get("wants") == "yes":
            for name, sentence in self._MISSING.items():
                if name not in self.errors and not cleaned.get(name) and cleaned.get(name) != 0:
                    self.add_error(name, str(sentence))
            people = cleaned.get("people")
            if people is not None and not 1 <= people <= self.size:
                self.add_error(
                    "people",
                    _("Your booking is for %(size)d: write a number from 1 to %(size)d.")
                    % {"size": self.size},
                )
        return cleaned

    @property
    def details(self) -> list[BoundField]:
        return [self[name] for name in (*self._MISSING, "note")]

    @property
    def answer(self) -> dict[str, Any]:
        if self.cleaned_data["wants"] == "no":
            return {"wants": False}
        kept = ("people", "street", "city", "note")
        return {"wants": True, **{name: self.cleaned_data[name] for name in kept}}

    @staticmethod
    def initial_of(answer: dict[str, Any]) -> dict[str, Any]:
        if not answer:
            return {}
        return {**answer, "wants": "yes" if answer["wants"] else "no"}


def _field_of(number: str) -> str:
    return f"needs_{number}"
