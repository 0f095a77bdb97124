"""Dates: one, many, or another time for one that is there."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.arranging import Arrangement, Places
from events.editing_refusals import EditingRefused
from events.forms_editing.inputs import DayField, HourField, NumberField, Where, WhereField
from events.forms_editing.places import PlacesFields
from events.models import Activity, Session
from events.recurrence import (
    MAX_DATES,
    Pattern,
    Rhythm,
    Span,
    Which,
    hours_problem,
    span_on,
)
from portal.places.models import Weekday


class _TimeForm(forms.Form):
    """A day, and from when to when."""

    day = DayField(label=gettext_lazy("Date"))
    starts = HourField(
        label=gettext_lazy("From"),
        error_messages={"required": gettext_lazy("Write when it begins.")},
    )
    ends = HourField(
        label=gettext_lazy("To"),
        error_messages={"required": gettext_lazy("Write when it ends.")},
        help_text=gettext_lazy("An hour before the beginning is after midnight."),
    )
    where = WhereField(label=gettext_lazy("Where"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].offer()  # type: ignore[attr-defined]

    @property
    def span(self) -> Span:
        given = self.cleaned_data
        return span_on(given["day"], given["starts"], given["ends"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"starts", "ends"} <= cleaned.keys():
            problem = hours_problem(cleaned["starts"], cleaned["ends"])
            if problem:
                self.add_error("ends", problem)
            elif "day" in cleaned and self.span.starts_at <= timezone.now():
                self.add_error("day", _("This time has passed already."))
        return cleaned


class MoveForm(_TimeForm):
    note = forms.CharField(
        label=gettext_lazy("What people should know"), max_length=300, required=False,
        help_text=gettext_lazy("Why, or what to do instead. Everybody reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    field_order = ("day", "starts", "ends", "where", "note")

    @staticmethod
    def as_it_is(session: Session) -> dict[str, Any]:
        starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        return {
            "day": starts.date(), "starts": starts.time(), "ends": ends.time(),
            "where": Where(session.place, session.room).key, "note": session.note,
        }  # fmt: skip


class _ArrangementForm(PlacesFields):
    """What a new date, or each of many, has besides its time."""

    has_sign_language = forms.BooleanField(
        label=gettext_lazy("Sign-language interpreter (PJM)"), required=False
    )
    has_captions = forms.BooleanField(label=gettext_lazy("Captions"), required=False)
    is_easy_to_read = forms.BooleanField(
        label=gettext_lazy("Easy-to-read materials"), required=False
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counts_places = activity.takes_bookings and not activity.is_course
        if not self.counts_places:
            self.drop_places()

    @property
    def arrangement(self) -> Arrangement:
        given = self.cleaned_data
        where: Where = given["where"]
        places: Places | None = self.places if self.counts_places else None
        return Arrangement(
            place=where.place, room=where.room, places=places,
            has_sign_language=given["has_sign_language"], has_captions=given["has_captions"],
            is_easy_to_read=given["is_easy_to_read"],
        )  # fmt: skip


class SessionForm(_ArrangementForm, _TimeForm):
    """One date."""

    field_order = (
        "day", "starts", "ends", "where", "capacity", "waitlist_limit", "desk", "wheelchair",
        "has_sign_language", "has_captions", "is_easy_to_read",
    )  # fmt: skip


class SeriesForm(_ArrangementForm, _TimeForm):
    """Many dates at once: how often, until when."""

    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Rhythm.choices, initial=Rhythm.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how often.")},
    )  # fmt: skip
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On which days"), choices=Weekday.choices, coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: the day of the week of the first date."),
    )  # fmt: skip
    which = forms.TypedChoiceField(
        label=gettext_lazy("Every month: which one of the month"), coerce=int, empty_value=None,
        required=False,
        choices=[("", gettext_lazy("like the first date")), *Which.choices],
    )  # fmt: skip
    until = DayField(label=gettext_lazy("Last possible date"), required=False)
    number = forms.IntegerField(
        label=gettext_lazy("Or how many dates"), min_value=1, required=False,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={"min_value": gettext_lazy("A series has at least one date.")},
    )  # fmt: skip

    field_order = (
        "rhythm", "weekdays", "which", "day", "starts", "ends", "until", "number", "where",
        "capacity", "waitlist_limit", "desk", "wheelchair", "has_sign_language", "has_captions",
        "is_easy_to_read",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = _("First date")

    @property
    def pattern(self) -> Pattern:
        given = self.cleaned_data
        return Pattern(
            rhythm=Rhythm(given["rhythm"]), first_on=given["day"], starts=given["starts"],
            ends=given["ends"], weekdays=tuple(given["weekdays"]), which=given["which"],
            until=given["until"], number=given["number"],
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        until, number = cleaned.get("until"), cleaned.get("number")
        if not {"until", "number"} & self.errors.keys() and (until is None) == (number is None):
            self.add_error("until", _("Write the last date or the number of dates, one of them."))
        if until is not None and "day" in cleaned and until < cleaned["day"]:
            self.add_error("until", _("The series would end before it begins."))
        if not self.errors:
            self._count()
        return cleaned

    def _count(self) -> None:
        try:
            self.pattern.dates()
        except EditingRefused as refusal:
            self.add_error("number" if self.cleaned_data["number"] else "until", str(refusal))


class RepeatedForm(SessionForm):
    """A date, perhaps every week: as much of a series as an organisation needs."""

    weeks = NumberField(
        label=gettext_lazy("Every week, how many times"), least=1, most=MAX_DATES, initial=1,
        help_text=gettext_lazy("1 is this date only."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["day", "starts", "ends", "weeks"])
        for name in ("desk", "wheelchair"):
            self.fields.pop(name, None)
        where = self.fields["where"]
        where.required = False
        where.help_text = _(
            "Not on the list? Leave it empty and say in the words where it is; the office adds it."
        )

    @property
    def pattern(self) -> Pattern:
        given = self.cleaned_data
        return Pattern(
            rhythm=Rhythm.WEEKLY, first_on=given["day"], starts=given["starts"],
            ends=given["ends"], number=given["weeks"],
        )  # fmt: skip


class DetailsForm(forms.ModelForm[Session]):
    class Meta:
        model = Session
        fields = ("note", "has_sign_language", "has_captions", "is_easy_to_read")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"note": gettext_lazy("Everybody reads it. Nobody gets a message.")}


class CallOffForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What people should know"), max_length=300, required=False,
        help_text=gettext_lazy("Why, and what to do instead. It stands in the message."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def ticked(values: list[str]) -> set[date]:
    """The dates of ``?on=2026-12-01``; what is no date is left out."""
    found = set()
    for value in values[: MAX_DATES + 1]:
        try:
            found.add(date.fromisoformat(value))
        except ValueError:
            continue
    return found
