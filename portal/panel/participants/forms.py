"""Forms about people on a list. They check; the actions write."""

from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.models import AccessNeed, Participation, Session, TransportRequest
from portal.accounts.forms import PhoneField
from portal.panel.participants.heads import when


class CancelForm(forms.Form):
    """Who of the party does not come; everybody is ticked."""

    people = forms.MultipleChoiceField(
        label=_("Who does not come?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one person.")},
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.pk): one for one in people}
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (key, str(one.person)) for key, one in self._people.items()
        ]
        self.initial.setdefault("people", list(self._people))

    @property
    def chosen(self) -> list[Participation]:
        return [self._people[key] for key in self.cleaned_data["people"]]


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("They will read it. Say what they can do now."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MoveForm(forms.Form):
    session = forms.ChoiceField(
        label=_("To which date?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose a date.")},
    )  # fmt: skip

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sessions = {str(one.pk): one for one in sessions}
        self.fields["session"].choices = [  # type: ignore[attr-defined]
            (key, _date_with_places(one)) for key, one in self._sessions.items()
        ]

    @property
    def chosen(self) -> Session:
        return self._sessions[self.cleaned_data["session"]]


def _date_with_places(session: Session) -> str:
    free = session.pool.free if session.pool else 0
    return gettext("%(when)s – places left: %(free)d") % {"when": when(session), "free": free}


class PickupForm(forms.Form):
    pickup_at = forms.TimeField(
        label=_("Picked up at"),
        help_text=_("For example 9:15."),
        widget=forms.TimeInput(attrs={"class": "short", "inputmode": "numeric"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"invalid": _("An hour looks like this: 9:15.")},
    )

    def clean_pickup_at(self) -> time:
        hour: time = self.cleaned_data["pickup_at"]
        return hour


class NoTransportForm(forms.Form):
    words = forms.CharField(
        label=_("Why, and what can they do instead?"),
        help_text=_("They will read it. Name a bus, a neighbour, another date."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class TransportForm(forms.ModelForm[TransportRequest]):
    """Asked for on behalf of a party."""

    class Meta:
        model = TransportRequest
        fields = ("people", "street", "city", "note")
        widgets = {
            "people": forms.NumberInput(attrs={"class": "short", "min": 1, "inputmode": "numeric"})
        }

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def clean_people(self) -> int:
        people: int = self.cleaned_data["people"]
        if not 1 <= people <= self.most:
            raise ValidationError(
                gettext("People of this booking: %(number)d.") % {"number": self.most}
            )
        return people


class NeedsForm(forms.Form):
    """One group of boxes for each person of the party, and how they agreed."""

    agreed = forms.BooleanField(
        label=_("They agreed, in person or by phone, that we keep this for the activity."),
        required=False,
    )

    def __init__(self, *args: Any, people: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = people
        for number, one in enumerate(people, start=1):
            self.fields[f"person_{number}"] = forms.MultipleChoiceField(
                label=str(one.person), choices=AccessNeed.Need.choices, required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[need.need for need in one.needs.all()],
            )  # fmt: skip
        # Whoever needs something already has agreed to it.
        self.fields["agreed"].initial = any(one.needs.all() for one in people)
        self.order_fields([f"person_{n}" for n in range(1, len(people) + 1)])

    @property
    def needs(self) -> dict[UUID, list[str]]:
        """By the id of the participation."""
        return {
            one.pk: self.cleaned_data[f"person_{number}"]
            for number, one in enumerate(self._people, start=1)
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wants = any(cleaned.get(f"person_{n}") for n in range(1, len(self._people) + 1))
        if wants and not cleaned.get("agreed"):
            self.add_error("agreed", gettext("Ask them first: without their consent we keep none."))
        return cleaned


class WalkInForm(forms.Form):
    """Somebody at the door who has not booked."""

    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    phone = PhoneField(label=_("Phone"), required=False, max_length=40)
    key = forms.UUIDField(widget=forms.HiddenInput)
