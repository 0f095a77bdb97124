"""A request for help of somebody who calls: at most eight fields on one page, none asked twice."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.forms_editing.inputs import DayField
from events.party import BookerContact
from portal.accounts.forms import PhoneField
from portal.accounts.models import Person
from tenants import formats
from tenants.keys import uuid7
from volunteering.emergency import sounds_like_emergency
from volunteering.forms.asking import hours_problem
from volunteering.models import District, HelpRequest
from volunteering.orders import HelpOrder
from volunteering.times_asked import is_possible, last_day, moments
from volunteering.vocabulary import Kind

# Somebody known is not asked again for what the card says.
OF_THE_CARD = ("name", "phone")
_NAME = 80
_HOURS = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|do|to)\s*(\d{1,2})(?:[:.](\d{2}))?")


class PhoneRequestForm(forms.Form):
    """
    Args:
        person: the card of whoever calls; None when they are typed in.
        is_for_others: they call for somebody else.
    """

    name = forms.CharField(
        label=_("First and last name"), max_length=2 * _NAME,
        error_messages={"required": _("Write the first and last name.")},
    )  # fmt: skip
    phone = PhoneField(
        label=_("Phone"), max_length=40, required=False,
        widget=forms.TelInput(attrs={"class": "short"}),
    )  # fmt: skip
    helped = forms.CharField(
        label=_("Who is to be helped? First and last name"), max_length=2 * _NAME,
        error_messages={"required": _("Write who is to be helped.")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What is the help to be?"),
        choices=[("", _("choose")), *Kind.choices],
        error_messages={"required": _("Choose what the help is to be.")},
    )
    day = DayField(label=_("Day"))
    hours = forms.CharField(
        label=_("From what hour until what hour"), max_length=20,
        help_text=_("For example 10-12 or 9:30-11."),
        widget=forms.TextInput(attrs={"class": "short"}),
        error_messages={"required": _("Write the hours.")},
    )  # fmt: skip
    district = forms.ModelChoiceField(
        label=_("Part of the gmina"), queryset=District.objects.none(), empty_label=_("choose"),
        error_messages={"required": _("Choose the part of the gmina.")},
    )  # fmt: skip
    details = forms.CharField(
        label=_("What we should know"), required=False,
        max_length=HelpRequest._meta.get_field("details").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by organisers only."),
        error_messages={"required": _("Write in a few words what the help is to be.")},
    )  # fmt: skip
    # Sent twice, it is one request.
    key = forms.UUIDField(widget=forms.HiddenInput)
    is_for_others = forms.BooleanField(required=False, widget=forms.HiddenInput)
    # What was asked and answered since the form was first sent.
    agreed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    is_new_card = forms.BooleanField(required=False, widget=forms.HiddenInput)
    not_emergency = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, person: Person | None = None, is_for_others: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.calls_for_others = person, is_for_others
        self.sounds_like_emergency = False
        self.initial.setdefault("key", uuid7())
        self.initial["is_for_others"] = is_for_others
        if person is not None:
            for name in OF_THE_CARD:
                del self.fields[name]
        if not is_for_others:
            del self.fields["helped"]
        districts = list(District.objects.all())
        self.fields["district"].queryset = District.objects.all()  # type: ignore[attr-defined]
        if len(districts) == 1:
            self.initial.setdefault("district", districts[0].pk)
        for shown in self.visible_fields():
            shown.field.widget.attrs.setdefault("autocomplete", "off")

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day != timezone.localdate() and not is_possible(day):
            raise ValidationError(
                gettext("Choose a day from today to %(last)s.") % {"last": formats.day(last_day())}
            )
        return day

    def clean_hours(self) -> tuple[time, time]:
        found = _HOURS.fullmatch(self.cleaned_data["hours"].strip())
        try:
            if found is None:
                raise ValueError
            starts = time(int(found[1]), int(found[2] or 0))
            ends = time(int(found[3]), int(found[4] or 0))
        except ValueError:
            raise ValidationError(gettext("Hours look like this: 10-12 or 9:30-11.")) from None
        if problem := hours_problem(starts, ends):
            raise ValidationError(problem)
        return starts, ends

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "day" in cleaned and "hours" in cleaned and self.times[0] <= timezone.now():
            self.add_error("hours", gettext("This time has passed. Choose another one."))
        if cleaned.get("kind") == Kind.OTHER and not cleaned.get("details"):
            self.add_error("details", self.fields["details"].error_messages["required"])
        if self.calls_for_others and not cleaned.get("agreed"):
            self.add_error(None, gettext("Ask only for somebody who agrees to it."))
        if not cleaned.get("not_emergency") and sounds_like_emergency(cleaned.get("details", "")):
            self.sounds_like_emergency = True
        return cleaned

    @property
    def times(self) -> tuple[datetime, datetime]:
        return moments(self.cleaned_data["day"], *self.cleaned_data["hours"])

    @property
    def card(self) -> dict[str, str]:
        """Fields of a new card: without a phone there is no way to reach them but to meet them."""
        first, last = names_typed(self.cleaned_data["name"])
        phone = self.cleaned_data["phone"]
        channel = Person.Channel.PHONE.value if phone else ""
        return {"first_name": first, "last_name": last, "phone": phone, "channel": channel}

    def order(self, caller: Person) -> HelpOrder:
        cleaned, helped = self.cleaned_data, None
        if self.calls_for_others:
            first, last = names_typed(cleaned["helped"])
            helped = BookerContact(first_name=first, last_name=last, language=caller.language)
        starts_at, ends_at = self.times
        return HelpOrder(
            key=cleaned["key"],
            kind=Kind(cleaned["kind"]),
            starts_at=starts_at,
            ends_at=ends_at,
            district=cleaned["district"].pk,
            asker=caller.pk,
            helped=helped,
            has_agreed=not self.calls_for_others or cleaned["agreed"],
            details=cleaned["details"],
            languages=(caller.language,),
            channel=HelpRequest.Channel.PHONE,
        )


def typed(data: QueryDict) -> dict[str, Any]:
    """The fields as they were sent, to stand in a new form while somebody is looked up: nothing of
    it is checked yet, and nothing answered."""
    answered = {"agreed", "is_new_card", "not_emergency"}
    return {
        name: data[name]
        for name in PhoneRequestForm.base_fields
        if name in data and name not in answered
    }


def names_typed(text: str) -> tuple[str, str]:
    """``Anna Maria Kowalska``: the last word is the last name, where there are two at least."""
    words = text.split()
    if len(words) < 2:
        return " ".join(words)[:_NAME], ""
    return " ".join(words[:-1])[:_NAME], words[-1][:_NAME]
