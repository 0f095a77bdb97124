"""Asking for the link to a booking again."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from events.codes import normal
from portal.accounts.phone_numbers import clean_phone

_CODE = re.compile(r"[A-HJ-NP-Z2-9]{6,8}")


class LinkForm(forms.Form):
    """What people have at hand: the number of the booking, or how we reach them."""

    wanted = forms.CharField(
        label=gettext_lazy("Number of the booking, or your e-mail address or phone number"),
        max_length=254,
        error_messages={
            "required": gettext_lazy(
                "Write the number of the booking, your e-mail address or your phone number."
            )
        },
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "email"}),
    )

    @property
    def code(self) -> str:
        code = normal(self.cleaned_data["wanted"])
        return code if _CODE.fullmatch(code) else ""

    @property
    def email(self) -> str:
        text = str(self.cleaned_data["wanted"]).lower()
        return text if "@" in text else ""

    @property
    def phone(self) -> str:
        if self.email:
            return ""
        try:
            return clean_phone(self.cleaned_data["wanted"])
        except ValidationError:
            return ""
