import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import PhoneField
from portal.accounts.models import Consent, Guardianship, OrganisationMember, Person
from portal.entrance.invitations import roles_to_invite_to
from portal.notifications.models import SenderIdentity
from tenants.polish import search_key


class GuardianForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Acts as"), choices=Guardianship.Kind.choices, widget=forms.RadioSelect
    )


class ConsentForm(forms.Form):
    """Online consents are given by the person alone."""

    means = forms.ChoiceField(
        label=_("How was the consent given?"),
        choices=[
            (means.value, means.label) for means in (Consent.Means.PAPER, Consent.Means.PHONE)
        ],
        widget=forms.RadioSelect,
    )


class ErasureForm(forms.Form):
    """The name typed once more: nobody erases a neighbour by a slip of the finger."""

    name = forms.CharField(label=_("Type the first and last name"), max_length=200)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_name(self) -> str:
        typed: str = self.cleaned_data["name"]
        if search_key(typed) != search_key(str(self.person)):
            raise ValidationError(gettext("This is not the name on the card."))
        return typed


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The members will read it. Say what they can do now."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class _InvitationForm(forms.Form):
    """By e-mail or by phone, never both."""

    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = PhoneField(label=_("Mobile phone"), required=False, max_length=40)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in ("email", "phone") if cleaned.get(name)]
        if not self.errors and len(given) != 1:
            self.add_error(
                "email", gettext("Write an e-mail address or a phone number, one of the two.")
            )
        return cleaned


class InviteMemberForm(_InvitationForm):
    organisation_role = forms.ChoiceField(
        label=_("As"), choices=OrganisationMember.Role.choices, widget=forms.RadioSelect
    )


class InviteStaffForm(_InvitationForm):
    role = forms.ChoiceField(label=_("As"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, role.label) for role in roles_to_invite_to()]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]


class MemberRoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"), choices=OrganisationMember.Role.choices, widget=forms.RadioSelect
    )


class SenderForm(forms.ModelForm[SenderIdentity]):
    class Meta:
        model = SenderIdentity
        fields = ("sender_name", "reply_to", "sms_name")

    def clean_sms_name(self) -> str:
        name: str = self.cleaned_data["sms_name"]
        if name and not re.fullmatch(r"[A-Za-z0-9 .-]{3,11}", name):
            raise ValidationError(
                gettext("3 to 11 letters without Polish signs, digits, spaces, dots and hyphens.")
            )
        return name
