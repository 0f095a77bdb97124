from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from portal.accounts.models import OrganisationMember, Person
from portal.notifications import preferences
from portal.notifications.kinds import Category


class MessageChoicesForm(forms.Form):
    """A box for each category that may be refused; what must be said has none, news a consent."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        wanted = preferences.choices_of(person)
        for category in preferences.CHOSEN:
            self.fields[category.value] = forms.BooleanField(
                label=category.label, required=False, initial=wanted[category]
            )

    def save(self) -> None:
        for name in self.changed_data:
            preferences.choose(self.person, Category(name), self.cleaned_data[name])


class LeaveForm(forms.Form):
    understood = forms.BooleanField(
        label=_("I understand that this cannot be undone."),
        error_messages={"required": _("Tick the box if you want to go on.")},
    )


class InviteMemberForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = PhoneNumberField(label=_("Or a mobile number"), required=False)
    role = forms.ChoiceField(
        label=_("What will this person do?"),
        choices=[
            (OrganisationMember.Role.MEMBER, _("Member: sees the organisation's data")),
            (
                OrganisationMember.Role.COORDINATOR,
                _("Coordinator: also changes the data and invites others"),
            ),
        ],
        initial=OrganisationMember.Role.MEMBER,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned["email"]) == bool(cleaned["phone"]):
            self.add_error(
                "email", _("Give an e-mail address or a mobile number: one of them, not both.")
            )
        return cleaned
