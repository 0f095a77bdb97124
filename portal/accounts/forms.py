"""Forms about people and organisations. They check; the actions write."""

import re
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import PhoneNumber

from portal.accounts.models import Organisation, Person
from portal.accounts.phone_numbers import clean_phone, written
from portal.accounts.register_numbers import check_krs, check_nip, check_regon

# What a browser may fill in when somebody writes about themselves (WCAG 1.3.5).
_AUTOCOMPLETE = {
    "first_name": "given-name",
    "last_name": "family-name",
    "phone": "tel",
    "email": "email",
    "street": "address-line1",
    "postcode": "postal-code",
    "city": "address-level2",
}
_EMAIL_MESSAGES = {"invalid": _("An e-mail address looks like this: anna@example.pl.")}


class PhoneField(forms.CharField):
    """A number typed in any usual way; its clean value is E.164."""

    widget = forms.TelInput

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, PhoneNumber) else value

    def clean(self, value: Any) -> str:
        return clean_phone(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return str(initial or "") != clean_phone(data or "")
        except ValidationError:
            return True


class _ContactForm(forms.ModelForm[Any]):
    """What people and organisations have in common: how to reach them."""

    phone = PhoneField(label=_("phone"), required=False, max_length=40)
    email = forms.EmailField(label=_("e-mail"), required=False, error_messages=_EMAIL_MESSAGES)
    postcode = forms.CharField(label=_("postcode"), required=False, max_length=12)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_postcode(self) -> str:
        """``63100`` → ``63-100``"""
        typed = self.cleaned_data["postcode"]
        digits = re.sub(r"[\s-]", "", typed)
        if digits and not re.fullmatch(r"[0-9]{5}", digits):
            raise ValidationError(_("A postcode has five digits, for example 63-100."))
        return f"{digits[:2]}-{digits[2:]}" if digits else ""


class PersonForm(_ContactForm):
    """A person's card. Fields may be taken out to ask one question at a time.

    ``is_own``: somebody fills it in about themselves, so the browser may help.
    """

    class Meta:
        model = Person
        fields = (
            "first_name", "last_name", "phone", "email", "street", "postcode", "city", "channel",
            "language",
        )  # fmt: skip
        widgets = {"channel": forms.RadioSelect, "language": forms.RadioSelect}

    def __init__(self, *args: Any, is_own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("channel", "language"):
            if name in self.fields:
                self.fields[name].choices = self._choices_of(name)  # type: ignore[attr-defined]
        for name, token in _AUTOCOMPLETE.items():
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = token if is_own else "off"

    def _choices_of(self, name: str) -> list[tuple[str, Any]]:
        if name == "language":
            return list(Person.Language.choices)
        return [*Person.Channel.choices, ("", _("none of these: only in person"))]

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed anew: field → value, for ``change_person``."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        names = {"first_name", "last_name"}
        if names <= cleaned.keys() and not any(cleaned[name] for name in names):
            self.add_error("first_name", _("Write a first name or a last name."))
        return cleaned

    def _update_errors(self, errors: ValidationError) -> None:
        """On a form that does not ask for the channel, its means is what to correct."""
        if "channel" in errors.error_dict and "channel" not in self.fields:
            means = [name for name in ("phone", "email", "city") if name in self.fields]
            problem = errors.error_dict.pop("channel")
            errors.error_dict[means[0] if len(means) == 1 else NON_FIELD_ERRORS] = problem
        super()._update_errors(errors)  # type: ignore[misc]


class OrganisationForm(_ContactForm):
    # Longer than the numbers are, for the spaces and hyphens people copy along.
    nip = forms.CharField(label=_("NIP"), required=False, max_length=20)
    regon = forms.CharField(label=_("REGON"), required=False, max_length=24)
    krs = forms.CharField(label=_("KRS"), required=False, max_length=20)

    class Meta:
        model = Organisation
        fields = (
            "name", "kind", "nip", "regon", "krs", "email", "phone", "street", "postcode", "city",
        )  # fmt: skip
        help_texts = {"kind": _("Informal groups have no numbers: leave them empty.")}

    def clean_nip(self) -> str:
        nip = check_nip(self.cleaned_data["nip"])
        self._refuse_second("nip", nip)
        return nip

    def clean_regon(self) -> str:
        return check_regon(self.cleaned_data["regon"])

    def clean_krs(self) -> str:
        krs = check_krs(self.cleaned_data["krs"])
        self._refuse_second("krs", krs)
        return krs

    def _refuse_second(self, field: str, number: str) -> None:
        if other := self.instance.namesake(field, number):
            raise ValidationError(
                _("%(name)s has this number and is in the register already."),
                code="registered",
                params={"name": other.name},
            )
