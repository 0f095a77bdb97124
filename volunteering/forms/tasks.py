from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from volunteering.contact import ContactChoice
from volunteering.models import HoursEntry, Invitation

_SHORTEST, _LONGEST = 5, 24 * 60


class ContactForm(forms.Form):
    """What the other side may see; only what we know is asked about."""

    last_name = forms.BooleanField(label=_("my last name"), required=False)
    phone = forms.BooleanField(label=_("my phone number"), required=False)
    email = forms.BooleanField(label=_("my e-mail address"), required=False)
    address = forms.BooleanField(label=_("my address"), required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("last_name", "phone", "email", "address"):
            if not getattr(person, name):
                del self.fields[name]

    @property
    def choice(self) -> ContactChoice:
        return ContactChoice(**{name: bool(value) for name, value in self.cleaned_data.items()})


class HoursForm(forms.Form):
    hours = forms.IntegerField(label=_("Hours"), min_value=0, max_value=24)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=59)
    note = forms.CharField(
        label=_("What should the office know about it?"),
        max_length=HoursEntry._meta.get_field("note").max_length,
        required=False,
    )

    def clean(self) -> None:
        are_numbers = {"hours", "minutes"} <= self.cleaned_data.keys()
        if are_numbers and not _SHORTEST <= self.total <= _LONGEST:
            self.add_error("hours", ValidationError(gettext("Between 5 minutes and 24 hours.")))

    @property
    def total(self) -> int:
        """Minutes."""
        return int(self.cleaned_data["hours"]) * 60 + int(self.cleaned_data["minutes"])

    @staticmethod
    def initial_of(planned: timedelta) -> dict[str, int]:
        hours, minutes = divmod(int(planned.total_seconds()) // 60, 60)
        return {"hours": min(hours, 24), "minutes": minutes}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Would you like to say why?"),
        max_length=Invitation._meta.get_field("reason").max_length,
        required=False,
        help_text=_("Only the organiser reads it, in order to ask you better next time."),
    )
