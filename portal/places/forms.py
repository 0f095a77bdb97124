from collections import defaultdict
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.places.hours import Span, overlap
from portal.places.models import Weekday


class PlaceForm(WagtailAdminModelForm):
    """Says which day's times overlap before the database has to refuse them."""

    def is_valid(self) -> bool:
        is_valid: bool = super().is_valid()
        return self._hours_do_not_overlap() and is_valid

    def _hours_do_not_overlap(self) -> bool:
        formset = self.formsets.get("opening_hours")
        if formset is None or not formset.is_bound:
            return True
        days: dict[int, list[Span]] = defaultdict(list)
        for form in formset.forms:
            row = getattr(form, "cleaned_data", {})
            if row.get("opens") and row.get("closes") and not row.get("DELETE"):
                days[row["weekday"]].append(Span(row["opens"], row["closes"]))
        overlapping = [Weekday(day).label for day, spans in days.items() if overlap(spans)]
        for label in overlapping:
            self.add_error(None, gettext("Two times of one day overlap: %(day)s.") % {"day": label})
        return not overlapping


class ContactForm(WagtailAdminModelForm):
    duty_days = forms.TypedMultipleChoiceField(
        label=_("Duty days"),
        choices=Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        room, place = cleaned.get("room"), cleaned.get("place")
        if room and place and room.place_id != place.pk:
            self.add_error("room", gettext("This room is in another place."))
        return cleaned
