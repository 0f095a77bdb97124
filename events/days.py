"""Days an address asks for: by name, or from one to another."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenants.formats import day as in_words

FIRST_YEAR, LAST_YEAR = 2000, 2100


class When(models.TextChoices):
    TODAY = "dzis", _("Today")
    TOMORROW = "jutro", _("Tomorrow")
    WEEKEND = "weekend", _("Weekend")
    WEEK = "tydzien", _("Next 7 days")
    MONTH = "miesiac", _("Next 30 days")

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last of them."""
        if self == When.TOMORROW:
            return today + timedelta(days=1), today + timedelta(days=1)
        if self == When.WEEKEND:
            saturday = today + timedelta(days=max(0, 6 - today.isoweekday()))
            return saturday, saturday + timedelta(days=7 - saturday.isoweekday())
        ahead = {When.TODAY: 0, When.WEEK: 6, When.MONTH: 29}[self]
        return today, today + timedelta(days=ahead)


class _DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d"]

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class DaysForm(forms.Form):
    """The words of an address, one field each."""

    kiedy = forms.ChoiceField(
        label=_("When"), choices=When, required=False, widget=forms.HiddenInput
    )
    od = _DayField(label=_("From day"), required=False)
    do = _DayField(label=_("To day"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first_on, last_on = cleaned.get("od"), cleaned.get("do")
        if first_on and last_on and last_on < first_on:
            self.add_error("do", forms.ValidationError(_("The last day comes first.")))
        return cleaned


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the query without it."""

    label: str
    query: str
    # The words are the office's own, in Polish.
    is_polish: bool = False


@dataclass(frozen=True, kw_only=True)
class DayFilters:
    """Given days win over named ones. Both ends are included."""

    when: When | None = None
    first_on: date | None = None
    last_on: date | None = None
    form: DaysForm | None = field(default=None, compare=False, repr=False)

    @staticmethod
    def of_days(form: DaysForm) -> dict[str, Any]:
        given = form.cleaned_data
        first_on, last_on = given.get("od"), given.get("do")
        named = given.get("kiedy")
        when = When(named) if named and not (first_on or last_on) else None
        return {"when": when, "first_on": first_on, "last_on": last_on, "form": form}

    @property
    def days(self) -> tuple[date | None, date | None]:
        if self.when is not None:
            return self.when.days(timezone.localdate())
        return self.first_on, self.last_on

    @property
    def has_days(self) -> bool:
        return any(self.days)

    @property
    def ignored(self) -> list[str]:
        """What could not be understood, by the names of the fields."""
        if self.form is None:
            return []
        return [str(self.form.fields[name].label) for name in self.form.errors if name != "__all__"]

    @property
    def words(self) -> dict[str, str]:
        """The words of the address, without what was left out."""
        words = {
            "kiedy": self.when.value if self.when else "",
            "od": self.first_on.isoformat() if self.first_on else "",
            "do": self.last_on.isoformat() if self.last_on else "",
            **self.other_words(),
        }
        return {name: value for name, value in words.items() if value}

    def other_words(self) -> dict[str, str]:
        return {}

    @property
    def query_string(self) -> str:
        return urlencode(self.words)

    def without(self, *names: str, **words: str) -> str:
        """The query of the same list without some of its filters, and with others."""
        kept = {name: value for name, value in self.words.items() if name not in names} | words
        return f"?{urlencode(kept)}" if kept else ""

    def on(self, first_on: date, last_on: date) -> str:
        """The query of the same list on other days."""
        return self.without("kiedy", od=first_on.isoformat(), do=last_on.isoformat())

    @property
    def but_days(self) -> str:
        return self.without("kiedy", "od", "do")

    @property
    def chips(self) -> list[Chip]:
        """Filters that are on, but for days by name, which always have their chips."""
        first_on, last_on = self.first_on, self.last_on
        if first_on is not None and first_on == last_on:
            return [Chip(in_words(first_on), self.without("od", "do"))]
        chips = []
        if first_on is not None:
            label = gettext("from %(day)s") % {"day": in_words(first_on)}
            chips.append(Chip(label, self.without("od")))
        if last_on is not None:
            label = gettext("to %(day)s") % {"day": in_words(last_on)}
            chips.append(Chip(label, self.without("do")))
        return chips


def between(first_on: date | None, last_on: date | None) -> Q:
    """What takes place, be it in part, on these days of the clock in Poland."""
    days = Q()
    if first_on is not None:
        days &= Q(ends_at__gt=midnight(first_on))
    if last_on is not None:
        days &= Q(starts_at__lt=midnight(last_on + timedelta(days=1)))
    return days


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
