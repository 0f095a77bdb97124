"""A booking for somebody who calls or comes: at most eight fields on one page, none asked twice."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from events.models import Activity, Booking
from events.models.activity import OLDEST
from events.party import Attendee, BookerContact
from portal.accounts.forms import PhoneField
from portal.accounts.models import Person
from tenants.keys import uuid7

# Somebody known is not asked again for what the card says.
OF_THE_CARD = ("first_name", "last_name", "phone", "channel")
_NAME = 80
# A call takes a minute.
MOST_FIELDS = 8


class DeskForm(forms.Form):
    """
    Args:
        person: whose card was found; None when they are typed in.
        comes: False when somebody books for others and stays at home.
        keeps_wheelchair_places: some places are set aside for that; otherwise nobody is asked.
    """

    first_name = forms.CharField(label=_("First name"), max_length=_NAME, required=False)
    last_name = forms.CharField(
        label=_("Last name"), max_length=_NAME,
        error_messages={"required": _("Write the last name.")},
    )  # fmt: skip
    phone = PhoneField(label=_("Phone"), max_length=40, required=False)
    channel = forms.ChoiceField(
        label=_("How do we tell them?"),
        choices=[
            (Person.Channel.PHONE, _("we call")),
            (Person.Channel.SMS, _("text message (SMS)")),
            ("", _("not at all: they take the slip")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    age = forms.IntegerField(
        label=_("Their age"), min_value=0, max_value=OLDEST,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )  # fmt: skip
    family = forms.MultipleChoiceField(
        label=_("From home comes too"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Who else comes? One name a line"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wheelchair = forms.BooleanField(label=_("Somebody comes in a wheelchair"), required=False)
    note = forms.CharField(
        label=_("What the organiser should know"), required=False,
        max_length=Booking._meta.get_field("note").max_length,
        help_text=_("Nothing about illnesses."),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("How did they book?"),
        choices=[
            (Booking.Channel.PHONE, Booking.Channel.PHONE.label),
            (Booking.Channel.DESK, Booking.Channel.DESK.label),
        ],
        initial=Booking.Channel.PHONE,
        widget=forms.RadioSelect,
    )
    # Sent twice, it is one booking.
    key = forms.UUIDField(widget=forms.HiddenInput)
    comes = forms.BooleanField(required=False, widget=forms.HiddenInput)
    # What was asked and answered since the form was first sent.
    is_new_card = forms.BooleanField(required=False, widget=forms.HiddenInput)
    in_spite_of_conflict = forms.BooleanField(required=False, widget=forms.HiddenInput)
    waits = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        activity: Activity,
        person: Person | None = None,
        comes: bool = True,
        keeps_wheelchair_places: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.activity, self.person, self.is_coming = activity, person, comes
        self.initial.setdefault("key", uuid7())
        self.initial.setdefault("channel", Person.Channel.PHONE)
        self.initial["comes"] = comes
        if person is not None:
            for name in OF_THE_CARD:
                del self.fields[name]
        if not (comes and activity.has_ages):
            del self.fields["age"]
        if not keeps_wheelchair_places:
            del self.fields["wheelchair"]
        self._ask_for_family()
        self._ask_for_others()
        if len(self.visible_fields()) > MOST_FIELDS:
            # It can be added on the page of the booking.
            del self.fields["note"]
        for shown in self.visible_fields():
            shown.field.widget.attrs.setdefault("autocomplete", "off")

    def _ask_for_family(self) -> None:
        """Where ages count they are typed with the name."""
        self.at_home = {} if self.activity.has_ages else _family_of(self.person)
        if not self.at_home:
            del self.fields["family"]
            return
        self.fields["family"].choices = [  # type: ignore[attr-defined]
            (str(pk), str(person)) for pk, person in self.at_home.items()
        ]

    def _ask_for_others(self) -> None:
        field = self.fields["others"]
        if not self.is_coming:
            field.label = gettext("Who comes? One name a line")
        if self.activity.has_ages:
            field.help_text = gettext("With the age: Jan Kowalski, 12")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.person is None:
            self._clean_contact(cleaned)
        if not self.errors:
            self._check_size()
        return cleaned

    def _clean_contact(self, cleaned: dict[str, Any]) -> None:
        if "phone" in cleaned and "channel" in cleaned:
            person = Person(phone=cleaned["phone"], channel=cleaned["channel"])
            try:
                person.clean()
            except ValidationError as problem:
                self.add_error("phone", problem.message_dict["channel"])

    def _check_size(self) -> None:
        most, size = self.activity.party_limit, len(self.attendees)
        if size == 0:
            self.add_error("others", gettext("Write who comes."))
        elif size > most:
            self.add_error(
                "others",
                ngettext(
                    "One booking is for at most %(most)d person.",
                    "One booking is for at most %(most)d people.",
                    most,
                )
                % {"most": most},
            )

    def clean_others(self) -> list[Attendee]:
        return [
            self._attendee(line)
            for line in self.cleaned_data["others"].splitlines()
            if line.strip()
        ]

    def _attendee(self, line: str) -> Attendee:
        """``Jan Kowalski``; where ages count, ``Jan Kowalski, 12``."""
        name, age = " ".join(line.split()), None
        if self.activity.has_ages:
            name, _comma, years = name.rpartition(",")
            if not years.strip().isdecimal() or int(years) > OLDEST or not name.strip():
                raise ValidationError(
                    gettext("Write the age after a comma, as in: %(example)s.")
                    % {"example": f"{(name or years).strip()}, 12"}
                )
            age = int(years)
        first, _space, last = name.strip().partition(" ")
        return Attendee(first_name=first[:_NAME], last_name=last[:_NAME], age=age)

    @cached_property
    def attendees(self) -> list[Attendee]:
        """The booker first, if they come."""
        cleaned = self.cleaned_data
        first = []
        if self.is_coming:
            card = self.person or self.contact
            first = [
                Attendee(
                    first_name=card.first_name, last_name=card.last_name,
                    age=cleaned.get("age"), is_booker=True,
                )
            ]  # fmt: skip
        family = [
            Attendee(first_name=one.first_name, last_name=one.last_name, person=one.pk)
            for one in (self.at_home[UUID(pk)] for pk in cleaned.get("family", []))
        ]
        return [*first, *family, *cleaned["others"]]

    @property
    def contact(self) -> BookerContact:
        return BookerContact(**{name: self.cleaned_data.get(name, "") for name in OF_THE_CARD})


def typed(data: QueryDict) -> dict[str, Any]:
    """The fields as they were sent, to stand in a new form while somebody is looked up: nothing of
    it is checked yet, and nothing answered."""
    values: dict[str, Any] = {
        name: data[name]
        for name in DeskForm.base_fields
        if name in data and name not in {"is_new_card", "in_spite_of_conflict", "waits"}
    }
    if "family" in data:
        values["family"] = data.getlist("family")
    return values


def _family_of(person: Person | None) -> dict[UUID, Person]:
    """Whom they live with and act for."""
    if person is None:
        return {}
    found = list(Person.objects.current().filter(guardians__guardian=person).in_order())
    if person.household is not None:
        housemates = person.household.people.current().exclude(pk=person.pk)
        found += list(housemates.in_order())
    return {one.pk: one for one in found}
