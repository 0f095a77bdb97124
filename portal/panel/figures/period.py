"""The months that are looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.models import Project

# Five years and a half: the longest project has 50.
MOST_MONTHS = 66
THIS_YEAR, TWELVE_MONTHS, DAYS = "rok", "12", "dni"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months: the first days of the first and of the last."""

    first: date
    last: date

    @property
    def months(self) -> list[date]:
        return [_months_later(self.first, number) for number in range(self.length)]

    @property
    def length(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def last_day(self) -> date:
        return _months_later(self.last, 1) - timedelta(days=1)

    @property
    def since(self) -> datetime:
        return _midnight(self.first)

    @property
    def until(self) -> datetime:
        """The moment at which it is over."""
        return _midnight(_months_later(self.last, 1))


class PeriodForm(forms.Form):
    """``?okres=``: ``rok``, ``12``, the key of a project, or ``dni`` with ``?od=`` and ``?do=``."""

    okres = forms.ChoiceField(label=gettext_lazy("Which months"), required=False)
    od = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    do = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, query: QueryDict, projects: Iterable[Project]) -> None:
        super().__init__(query)
        self.projects = {project.key: project for project in projects}
        self.fields["okres"].choices = [  # type: ignore[attr-defined]
            (TWELVE_MONTHS, _("the last 12 months")),
            (THIS_YEAR, _("this year")),
            *(
                (key, _("the project “%(title)s”") % {"title": project.title})
                for key, project in self.projects.items()
            ),
            (DAYS, _("days of your choice")),
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("okres") != DAYS:
            return said
        first, last = said.get("od"), said.get("do") or timezone.localdate()
        if first is None and "od" not in self.errors:
            self.add_error("od", _("Write the first day."))
        elif first is not None and first > last:
            self.add_error("do", _("This day comes before the first one."))
        elif first is not None and Period(first, last).length > MOST_MONTHS:
            self.add_error(
                "od", ValidationError(_("Choose at most %(number)d months.")
                                      % {"number": MOST_MONTHS})
            )  # fmt: skip
        return said

    @property
    def period(self) -> Period:
        """The last 12 months where the form does not say otherwise, or says nonsense. Neither a
        year nor a project is shown further than the month that runs."""
        now = timezone.localdate().replace(day=1)
        if not self.is_valid():
            return Period(months_before(now, 11), now)
        said = self.cleaned_data
        if said["okres"] == THIS_YEAR:
            return Period(now.replace(month=1), now)
        if said["okres"] == DAYS:
            last = said["do"] or timezone.localdate()
            return Period(said["od"].replace(day=1), last.replace(day=1))
        if project := self.projects.get(said["okres"]):
            first = project.starts_on.replace(day=1)
            last = max(first, min(now, project.ends_on.replace(day=1)))
            return Period(max(first, months_before(last, MOST_MONTHS - 1)), last)
        return Period(months_before(now, 11), now)


def last_finished_month(today: date) -> date:
    return months_before(today.replace(day=1), 1)


def months_before(month: date, number: int) -> date:
    return _months_later(month, -number)


def _months_later(month: date, number: int) -> date:
    years, rest = divmod(month.month - 1 + number, 12)
    return date(month.year + years, rest + 1, 1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
