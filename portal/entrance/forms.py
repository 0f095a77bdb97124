from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person, User
from portal.entrance.addresses import EmailField, LoginAddress, LoginAddressField, MobileField

_NAMES = Person._meta


class AddressForm(forms.Form):
    address = LoginAddressField(
        label=_("E-mail address or mobile number"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )


class PasswordLoginForm(AddressForm):
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        error_messages={"required": _("Type your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of 6 digits"),
        max_length=20,
        error_messages={"required": _("Type the code from the message.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}
        ),
    )


class NameForm(forms.Form):
    first_name = forms.CharField(
        label=_("First name"),
        max_length=_NAMES.get_field("first_name").max_length,
        error_messages={"required": _("Type your first name.")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=_NAMES.get_field("last_name").max_length,
        error_messages={"required": _("Type your last name.")},
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )


class SignUpForm(AddressForm, NameForm):
    field_order = ("first_name", "last_name", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].help_text = _(
            "One of them is enough. We will send a code there, and later what concerns you."
        )


class _NewAddressForm(forms.Form):
    """For somebody who has another one now."""

    address: forms.Field

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_address(self) -> LoginAddress:
        address: LoginAddress = self.cleaned_data["address"]
        if address.value == self.now:
            raise ValidationError(_("This is what you log in with already."))
        return address


class NewEmailForm(_NewAddressForm):
    address = EmailField(
        label=_("New e-mail address"),
        max_length=254,
        error_messages={"required": _("Type your new e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NewPhoneForm(_NewAddressForm):
    address = MobileField(
        label=_("New mobile number"),
        max_length=30,
        error_messages={"required": _("Type your new mobile number.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        help_text=_("At least 12 characters. Three or four words that do not belong together."),
        error_messages={"required": _("Type a new password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=200,
        error_messages={"required": _("Type the same password again.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = get_adapter().clean_password(self.cleaned_data["password"], self.user)
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise ValidationError(_("The two passwords are not the same."))
        return again
