"""Days, hours and places, as forms about dates ask for them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.places.models import Place, Room

# Nobody plans further; a year with a slip of the finger in it is.
FURTHEST = timedelta(days=3 * 366)


class DayField(forms.DateField):
    """From a browser's calendar, or typed as people write dates."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"})
    default_error_messages = {
        "required": gettext_lazy("Write the date."),
        "invalid": gettext_lazy("A date looks like this: 24.11.2026."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"], **kwargs)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day > timezone.localdate() + FURTHEST:
            raise ValidationError(_("This is more than three years ahead. Check the year."))
        return day


class HourField(forms.TimeField):
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"})
    default_error_messages = {
        "invalid": gettext_lazy("An hour looks like this: 9:30."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **kwargs)


class NumberField(forms.IntegerField):
    """A whole number within limits that are said in words."""

    widget = forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"})

    def __init__(self, *, least: int = 0, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def clean(self, value: Any) -> int | None:
        number: int | None = super().clean(value)
        if number is not None and not self.least <= number <= self.most:
            raise ValidationError(
                _("Write a number from %(least)d to %(most)d."),
                params={"least": self.least, "most": self.most},
            )
        return number


@dataclass(frozen=True, slots=True)
class Where:
    place: Place | None = None
    room: Room | None = None

    @property
    def key(self) -> str:
        if self.room is not None:
            return f"room:{self.room.pk}"
        return f"place:{self.place.pk}" if self.place is not None else ""

    def __str__(self) -> str:
        return ", ".join(str(part) for part in (self.place, self.room) if part)


class WhereField(forms.ChoiceField):
    """A building, or one of its rooms: one list, so that no script has to join two."""

    default_error_messages = {
        "required": gettext_lazy("Choose where it takes place."),
        "invalid_choice": gettext_lazy("Choose a place from the list."),
    }

    def offer(self) -> None:
        """Read the places, two queries; a form does it when it is made."""
        places = Place.objects.prefetch_related("rooms")
        self.known: dict[str, Where] = {}
        groups: list[Any] = [("", _("choose"))]
        for place in places:
            rows = [
                Where(place),
                *(Where(place, room) for room in place.rooms.all()),
            ]
            self.known |= {where.key: where for where in rows}
            names = [(where.key, str(where)) for where in rows]
            groups += [(place.name, names)] if len(names) > 1 else names
        self.choices = groups

    def clean(self, value: Any) -> Where:
        return self.known.get(super().clean(value), Where())
