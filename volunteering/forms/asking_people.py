"""Who asks for help, who is to be helped, and how they hear from us."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.contact import ContactForm as BookersContactForm
from portal.accounts.forms import PhoneField
from portal.accounts.models import Person

_NAME_LENGTH = Person._meta.get_field("first_name").max_length


class NameForm(forms.Form):
    """Of whoever asks."""

    first_name = forms.CharField(
        label=gettext_lazy("First name"), max_length=_NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": gettext_lazy("Write the first name.")},
    )  # fmt: skip
    last_name = forms.CharField(
        label=gettext_lazy("Last name"), max_length=_NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": gettext_lazy("Write the last name.")},
    )  # fmt: skip

    @property
    def answer(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class HelpedForm(NameForm):
    """Somebody else who is to be helped.

    Args:
        known: people whoever asks lives with or cares for, to choose instead of typing.
    """

    known = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whom we help.")},
    )
    phone = PhoneField(
        label=gettext_lazy("Their phone number"), required=False, max_length=40,
        help_text=gettext_lazy("If they have one. It is for the day of the help."),
        widget=forms.TelInput(attrs={"class": "short"}),
    )  # fmt: skip
    agrees = forms.BooleanField(
        label=gettext_lazy("This person knows that I ask for help for them, and agrees."),
        error_messages={
            "required": gettext_lazy("Ask the person first, and tick that they agree.")
        },
    )
    OTHER = "else"
    field_order = ("known", "first_name", "last_name", "phone", "agrees")

    def __init__(self, *args: Any, known: Sequence[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "phone"):
            # The browser would fill in whoever sits at it.
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if not known:
            del self.fields["known"]
            return
        self.fields["known"].choices = [  # type: ignore[attr-defined]
            *((str(one.pk), str(one)) for one in known),
            (self.OTHER, _("Somebody else")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("known", self.OTHER) != self.OTHER:
            # Typed for somebody else: neither checked nor kept.
            for name in ("first_name", "last_name", "phone"):
                self.errors.pop(name, None)
                cleaned[name] = ""
        return cleaned


class ContactForm(BookersContactForm):
    """How whoever asks hears from us; nobody gets a letter in time."""

    NEEDS = {
        channel: needed
        for channel, needed in BookersContactForm.NEEDS.items()
        if channel != Person.Channel.LETTER
    }
    street = postcode = city = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        field.label = _("How do we let you know who helps?")
        field.error_messages["required"] = _("Choose how we let you know.")
        field.choices = [  # type: ignore[attr-defined]
            choice
            for choice in field.choices  # type: ignore[attr-defined]
            if choice[0] in self.NEEDS
        ]
