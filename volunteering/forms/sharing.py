"""What one side of a task lets the other see."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteering.models import ContactConsent


class SharingForm(forms.Form):
    """The names are those of ``ContactChoice``; nothing ticked is an answer too.

    Args:
        speaks_for_them: whoever ticks is meant, or close to who is meant. Others know the name and
            the number they gave us; what else a card says is not theirs to show.
    """

    phone = forms.BooleanField(label=_("phone number"), required=False)
    address = forms.BooleanField(label=_("address"), required=False)
    last_name = forms.BooleanField(label=_("last name"), required=False)
    email = forms.BooleanField(label=_("e-mail address"), required=False)

    def __init__(
        self, *args: Any, consent: ContactConsent | None, speaks_for_them: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not speaks_for_them:
            for name in ("address", "email"):
                del self.fields[name]
        if consent is not None:
            self.initial = {name: getattr(consent, f"shows_{name}") for name in self.fields}
