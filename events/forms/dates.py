"""Which of the dates of an activity."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from events.shown import Shown


class DateForm(forms.Form):
    """Only dates that can be had now, with places or in line."""

    session = forms.ChoiceField(
        label=gettext_lazy("Which date suits you?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a date."),
            "invalid_choice": gettext_lazy("This date is no longer free. Choose another one."),
        },
    )

    def __init__(self, *args: Any, dates: Sequence[Shown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dates = {str(shown.session.pk): shown for shown in dates}
        self.fields["session"].choices = [  # type: ignore[attr-defined]
            (pk, shown.title) for pk, shown in self.dates.items()
        ]

    @cached_property
    def chosen(self) -> Shown:
        return self.dates[self.cleaned_data["session"]]

    def options_among_first(self, number: int) -> list[tuple[Any, Shown]]:
        """Those to begin with, and the one that is chosen."""
        chosen = str(self["session"].value())
        return [
            (option, shown)
            for place, (option, shown) in enumerate(self.options)
            if place < number or str(shown.session.pk) == chosen
        ]

    @property
    def options(self) -> list[tuple[Any, Shown]]:
        """Each button with what is known about its date."""
        return [(option, self.dates[str(option.data["value"])]) for option in self["session"]]
