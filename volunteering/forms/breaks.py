"""Times when a volunteer is not asked."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms_editing.inputs import DayField

_OPEN, _UNTIL = "otwarta", "do-dnia"


class BreakForm(forms.Form):
    ends = forms.ChoiceField(
        label=gettext_lazy("How long is your break?"),
        help_text=gettext_lazy("Until it ends we ask you nothing. Nobody wants to know why."),
        choices=[
            (_OPEN, gettext_lazy("Until I say that I am back")),
            (_UNTIL, gettext_lazy("Until a day")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how long your break is.")},
    )
    until = DayField(label=gettext_lazy("Last day of the break"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("ends") == _OPEN:
            # Left over in a field that does not belong to the answer.
            self.errors.pop("until", None)
            cleaned["until"] = None
        elif cleaned.get("ends") == _UNTIL and "until" not in self.errors:
            if cleaned.get("until") is None:
                self.add_error("until", _("Write the last day of the break."))
            elif cleaned["until"] < timezone.localdate():
                self.add_error("until", _("This day is over. Give a later one."))
        return cleaned

    @staticmethod
    def initial_of(until: date | None) -> dict[str, Any]:
        return {"ends": _UNTIL, "until": until} if until else {}


class AbsenceForm(forms.Form):
    first_on = DayField(
        label=gettext_lazy("First day"),
        error_messages={"required": gettext_lazy("Write the first day.")},
    )
    last_on = DayField(
        label=gettext_lazy("Last day"),
        error_messages={"required": gettext_lazy("Write the last day.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first_on, last_on = cleaned.get("first_on"), cleaned.get("last_on")
        if first_on and last_on and last_on < first_on:
            self.add_error("last_on", _("The last day comes before the first."))
        elif last_on and last_on < timezone.localdate():
            self.add_error("last_on", _("These days are over."))
        return cleaned
