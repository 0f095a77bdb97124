"""Who books, how they hear from us, and what the organiser may see."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.forms import PhoneField
from portal.accounts.models import Person
from portal.accounts.phone_numbers import receives_sms

_PERSON = Person._meta
Channel = Person.Channel


class BookerForm(forms.Form):
    """Of somebody who does not come themselves: the others were named before."""

    first_name = forms.CharField(
        label=gettext_lazy("First name"),
        max_length=_PERSON.get_field("first_name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": gettext_lazy("Write your first name.")},
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"),
        max_length=_PERSON.get_field("last_name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": gettext_lazy("Write your last name.")},
    )

    @property
    def answer(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ContactForm(forms.Form):
    """The channel, and what it needs. What was typed for another channel is not read: it is neither
    checked nor kept."""

    # What each channel needs, under the names the answer has.
    NEEDS = {
        Channel.SMS: {"sms_phone": "phone"},
        Channel.PHONE: {"call_phone": "phone"},
        Channel.EMAIL: {"email": "email"},
        Channel.LETTER: {"street": "street", "postcode": "postcode", "city": "city"},
    }
    channel = forms.ChoiceField(
        label=gettext_lazy("How should we confirm the booking?"),
        choices=[
            (Channel.SMS, gettext_lazy("By text message (SMS)")),
            (Channel.PHONE, gettext_lazy("Call me")),
            (Channel.EMAIL, gettext_lazy("By e-mail")),
            (Channel.LETTER, gettext_lazy("By letter")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how we should confirm the booking.")},
    )
    sms_phone = PhoneField(
        label=gettext_lazy("Mobile number"), required=False, max_length=40,
        widget=forms.TelInput(attrs={"autocomplete": "tel", "class": "short"}),
    )  # fmt: skip
    call_phone = PhoneField(
        label=gettext_lazy("Phone number"), required=False, max_length=40,
        widget=forms.TelInput(attrs={"autocomplete": "tel", "class": "short"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": gettext_lazy("An e-mail address looks like this: anna@example.pl.")
        },
    )  # fmt: skip
    street = forms.CharField(
        label=gettext_lazy("Street and number"), required=False,
        max_length=_PERSON.get_field("street").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )  # fmt: skip
    postcode = forms.CharField(
        label=gettext_lazy("Postcode"), required=False, max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "short"}),
    )  # fmt: skip
    city = forms.CharField(
        label=gettext_lazy("Town or village"), required=False,
        max_length=_PERSON.get_field("city").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )  # fmt: skip

    _MISSING = {
        "sms_phone": gettext_lazy("Write the mobile number we should send the message to."),
        "call_phone": gettext_lazy("Write the number we should call."),
        "email": gettext_lazy("Write the e-mail address we should write to."),
        "street": gettext_lazy("Write the street and number, or the number of the house."),
        "postcode": gettext_lazy("Write the postcode."),
        "city": gettext_lazy("Write the town or village."),
    }

    def clean_sms_phone(self) -> str:
        number: str = self.cleaned_data["sms_phone"]
        if number and not receives_sms(number):
            raise ValidationError(
                _("This is a landline: text messages reach mobile phones only. Choose “Call me”.")
            )
        return number

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_postcode(self) -> str:
        digits = re.sub(r"[\s-]", "", self.cleaned_data["postcode"])
        if digits and not re.fullmatch(r"[0-9]{5}", digits):
            raise ValidationError(_("A postcode has five digits, for example 63-100."))
        return f"{digits[:2]}-{digits[2:]}" if digits else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "channel" not in cleaned:
            return cleaned
        needed = self.NEEDS[Channel(cleaned["channel"])]
        for name in self._MISSING:
            if name not in needed:
                self.errors.pop(name, None)
            elif name not in self.errors and not cleaned[name]:
                self.add_error(name, str(self._MISSING[name]))
        return cleaned

    @property
    def address(self) -> list[BoundField]:
        return [self[name] for name in self.NEEDS[Channel.LETTER]]

    @property
    def answer(self) -> dict[str, Any]:
        channel = Channel(self.cleaned_data["channel"])
        empty = dict.fromkeys(("phone", "email", "street", "postcode", "city"), "")
        given = {key: self.cleaned_data[name] for name, key in self.NEEDS[channel].items()}
        return {"channel": str(channel), **empty, **given}

    @classmethod
    def initial_of(cls, answer: dict[str, Any]) -> dict[str, Any]:
        """What the fields show for an answer given before."""
        if not answer.get("channel"):
            return {}
        needed = cls.NEEDS[Channel(answer["channel"])]
        return {"channel": answer["channel"], **{name: answer[key] for name, key in needed.items()}}


class SharingForm(forms.Form):
    """Of an activity that an organisation runs."""

    shows_names = forms.BooleanField(
        label=gettext_lazy("the names of those who come"), required=False
    )
    shows_contact = forms.BooleanField(
        label=gettext_lazy("how to reach whoever books"), required=False
    )

    @property
    def answer(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
