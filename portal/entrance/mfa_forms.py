"""allauth's forms for second factors, with our count of tries and our words.

allauth remembers used codes in the memory of one process; here a code is used once everywhere.
"""

from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.limits import TooManyTries
from portal.entrance import tries


class _CountedCode(forms.Form):
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Code")
        field.error_messages["required"] = _("Type the code.")
        field.widget.attrs = {
            "autocomplete": "one-time-code", "inputmode": "numeric", "class": "short",
        }  # fmt: skip

    def clean_code(self) -> str:
        identifier = f"second factor {self.user.pk}"
        tries.guess(context.request, identifier)
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            tries.use_once(f"{identifier} {normalize_user_code(code)}")
        except (ValidationError, TooManyTries):
            raise ValidationError(
                _("This code is not right, or it was used. Wait for the next one and type it.")
            ) from None
        tries.guessed_right(identifier)
        return code


class ShowCodeForm(_CountedCode, AuthenticateForm):
    pass


class ShowCodeAgainForm(_CountedCode, ReauthenticateForm):
    pass


class AddAppForm(_CountedCode, ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("The code of 6 digits the app shows now.")


class _NamedForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["name"]
        field.label = _("Name of the passkey")
        field.help_text = _("So that you know which one it is: my phone, the office laptop.")
        field.widget.attrs["maxlength"] = "60"
        field.max_length = 60  # type: ignore[attr-defined]
        field.required = True
        field.error_messages["required"] = _("Give the passkey a name.")


class AddPasskeyForm(_NamedForm, AddWebAuthnForm):
    """Always one that logs in alone: that is what the word promises."""

    passwordless = forms.BooleanField(
        label=gettext_lazy("Log in with this passkey alone"), required=False, initial=True
    )


class RenamePasskeyForm(_NamedForm, EditWebAuthnForm):
    pass
