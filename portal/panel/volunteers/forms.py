"""Forms about volunteers and what the law asks of them. They check; the actions write."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms_editing.inputs import DayField
from portal.accounts.models import Organisation
from volunteering.models import (
    District,
    GuardianConsent,
    InsuranceCover,
    VolunteerAgreement,
)

# The act does not say when to check again; a year is what most organisers take.
RECHECK_AFTER_DAYS = 365
_OFFICE = "biuro"
_HUNDREDTH = Decimal("0.01")


class AgreementForm(forms.ModelForm[VolunteerAgreement]):
    """``with_whom``: the office, or the id of an organisation that was verified."""

    with_whom = forms.ChoiceField(
        label=gettext_lazy("With whom?"),
        error_messages={"invalid_choice": gettext_lazy("Choose one from the list.")},
    )
    field_order = ("with_whom",)
    signed_on = DayField(label=gettext_lazy("signed on"))
    starts_on = DayField(label=gettext_lazy("first day"))
    ends_on = DayField(
        label=gettext_lazy("last day"),
        required=False,
        help_text=gettext_lazy(
            "Leave it empty when the agreement has no end. If it lasts 30 days or less, you also"
            " need accident insurance (NNW) for these days."
        ),
    )

    class Meta:
        model = VolunteerAgreement
        fields = ("signed_on", "starts_on", "ends_on", "is_written")
        help_texts = {"is_written": gettext_lazy("Over 30 days it has to be in writing.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisations = {
            str(one.pk): one for one in Organisation.objects.verified().in_order()
        }
        self.fields["with_whom"].choices = [  # type: ignore[attr-defined]
            (_OFFICE, _("our office")),
            *((key, one.name) for key, one in self._organisations.items()),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.instance.organisation = self._organisations.get(cleaned.get("with_whom", ""))
        return cleaned


class EndAgreementForm(forms.Form):
    last_on = DayField(label=gettext_lazy("last day"), required=False)
    is_mistake = forms.BooleanField(
        label=gettext_lazy("It was written down by mistake and does not count"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = [bool(cleaned.get("last_on")), bool(cleaned.get("is_mistake"))]
        if not self.errors and given.count(True) != 1:
            self.add_error("last_on", _("Write the last day, or tick that it was a mistake."))
        return cleaned


class CoverForm(forms.ModelForm[InsuranceCover]):
    starts_on = DayField(label=gettext_lazy("first day"))
    ends_on = DayField(label=gettext_lazy("last day"))

    class Meta:
        model = InsuranceCover
        fields = ("kind", "starts_on", "ends_on", "policy")
        widgets = {"kind": forms.RadioSelect}


class GuardianConsentForm(forms.ModelForm[GuardianConsent]):
    given_on = DayField(label=gettext_lazy("given on"))
    ends_on = DayField(
        label=gettext_lazy("last day"),
        required=False,
        help_text=gettext_lazy(
            "Leave it empty when it holds until the eighteenth birthday. Write a day here when the"
            " consent is taken back."
        ),
    )

    class Meta:
        model = GuardianConsent
        fields = ("given_on", "ends_on")


class CheckForm(forms.Form):
    """Only that it was checked, and until when; nothing of what a register says."""

    checked_on = DayField(label=gettext_lazy("checked on"))
    recheck_on = DayField(
        label=gettext_lazy("check again on"),
        help_text=gettext_lazy("From this day on it no longer counts."),
    )
    has_residence_statement = forms.BooleanField(
        label=gettext_lazy(
            "We have the certificate (KRK) and the statement on countries lived in during the last"
            " 20 years"
        ),
        error_messages={
            "required": gettext_lazy("Without these papers nobody may be let work with children.")
        },
    )


class RefuseCheckForm(forms.Form):
    """Nothing is asked: why somebody is not let work with children is kept nowhere."""


def next_check() -> dict[str, date]:
    """What the form suggests: done today, again in a year."""
    today = timezone.localdate()
    return {"checked_on": today, "recheck_on": today + timedelta(days=RECHECK_AFTER_DAYS)}


class LeaveForm(forms.Form):
    """Nothing is asked: nobody has to say why they stop."""


class BreakForm(forms.Form):
    until = DayField(
        label=gettext_lazy("last day of the break"),
        required=False,
        help_text=gettext_lazy("Leave it empty when they do not know yet."),
    )


class _DegreesField(forms.CharField):
    """``52,0897`` or ``52.09``, kept to a hundredth."""

    widget = forms.TextInput(
        attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"}
    )

    def clean(self, value: Any) -> Decimal | None:
        typed = str(super().clean(value)).replace(",", ".").replace("°", "")
        try:
            degrees = Decimal(typed).quantize(_HUNDREDTH, ROUND_HALF_UP)
        except InvalidOperation:
            degrees = Decimal("NaN")
        if not degrees.is_finite():
            raise ValidationError(_("Write a number, for example 52,09."))
        return degrees


class DistrictForm(forms.ModelForm[District]):
    latitude = _DegreesField(label=gettext_lazy("latitude"), max_length=20)
    longitude = _DegreesField(label=gettext_lazy("longitude"), max_length=20)

    class Meta:
        model = District
        fields = ("name", "latitude", "longitude")
