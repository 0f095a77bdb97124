"""Neighbourly help in numbers: how many found somebody, how soon, how evenly it is shared, and what
the local coordinator reports on supporting activities (needs, potential, plan, organisation).
Totals alone: nobody can be read out of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from uuid import UUID

from django import forms
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Organisation
from volunteering.batching import HORIZON
from volunteering.fill_rates import FillRate, fill_rates, together
from volunteering.models import (
    Assignment,
    District,
    HelpRequest,
    Opportunity,
    VolunteerAgreement,
    VolunteerProfile,
)
from volunteering.vocabulary import Kind, Skill

USUAL_PERIOD = timedelta(days=90)
# Tasks of one volunteer: from, until.
LOADS = ((0, 0), (1, 1), (2, 2), (3, 5), (6, 10), (11, None))
_GIVEN = (*Assignment.ACTIVE, Assignment.Status.DONE)


class PeriodForm(forms.Form):
    od = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    do = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput({"type": "date"})
    )


@dataclass(frozen=True, slots=True)
class Period:
    """Both days belong to it."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def until(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min))


def period_of(form: PeriodForm) -> Period:
    """The last 90 days, as far as the form does not say otherwise."""
    form.is_valid()
    last = form.cleaned_data.get("do") or timezone.localdate()
    first = form.cleaned_data.get("od") or last - USUAL_PERIOD
    return Period(min(first, last), last)


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the gmina, or a kind of help."""

    label: str
    rate: FillRate

    @property
    def percent(self) -> int | None:
        return None if self.rate.share is None else round(100 * self.rate.share)

    @property
    def bar(self) -> int:
        """Of 1000."""
        return round(1000 * (self.rate.share or 0))


@dataclass(frozen=True, slots=True)
class Load:
    """How many volunteers had so many tasks."""

    label: str
    volunteers: int
    bar: int


@dataclass(frozen=True, slots=True)
class Figures:
    """``hours_to_find``: the median, from asking to the first yes; None where nobody said yes."""

    everything: Group
    districts: list[Group]
    kinds: list[Group]
    hours_to_find: float | None
    loads: list[Load]


def figures(period: Period) -> Figures:
    by_district = fill_rates("district", since=period.since, until=period.until)
    by_kind = fill_rates("kind", since=period.since, until=period.until)
    names: dict[UUID | str, str] = dict(District.objects.values_list("pk", "name"))
    return Figures(
        everything=Group(_("Whole gmina"), together(by_kind)),
        districts=[Group(name, by_district[pk]) for pk, name in names.items() if pk in by_district],
        kinds=[
            Group(str(kind.label).capitalize(), by_kind[kind.value])
            for kind in Kind
            if kind.value in by_kind
        ],
        hours_to_find=_hours_to_find(period),
        loads=_loads(period),
    )


def _hours_to_find(period: Period) -> float | None:
    found = (
        HelpRequest.objects.filter(submitted_at__gte=period.since, submitted_at__lt=period.until)
        .annotate(first_yes=Min("assignments__created_at"))
        .filter(first_yes__isnull=False)
        .values_list("submitted_at", "first_yes")
    )
    waited = [(yes - asked).total_seconds() / 3600 for asked, yes in found]
    return round(median(waited), 1) if waited else None


def _loads(period: Period) -> list[Load]:
    """Of everybody who is a volunteer now, by the help that took place in the period."""
    took_place = Q(
        assignments__status__in=_GIVEN, assignments__request__isnull=False,
        assignments__starts_at__gte=period.since, assignments__starts_at__lt=period.until,
    )  # fmt: skip
    active = VolunteerProfile.objects.active().order_by()
    tasks = Counter(active.annotate(n=Count("assignments", took_place)).values_list("n", flat=True))
    numbers = [
        sum(count for n, count in tasks.items() if low <= n and (high is None or n <= high))
        for low, high in LOADS
    ]
    most = max(*numbers, 1)
    return [
        Load(_load_label(*bounds), number, round(1000 * number / most))
        for bounds, number in zip(LOADS, numbers, strict=True)
    ]


def _load_label(low: int, high: int | None) -> str:
    if high is None:
        return _("%(number)d tasks and more") % {"number": low}
    if low == high:
        return _("tasks: %(number)d") % {"number": low}
    return _("%(low)d to %(high)d tasks") % {"low": low, "high": high}


def supporting_activities(period: Period) -> Iterator[list[str]]:
    """The table of needs, potential, plan and organisation, with headings."""
    yield [_("Part"), _("What"), _("Number")]
    for part, rows in (
        (_("Needs"), _needs(period)),
        (_("Potential"), _potential()),
        (_("Plan"), _plan()),
        (_("Organisation"), _organisation()),
    ):
        for what, number in rows:
            yield [part, what, str(number)]


def _needs(period: Period) -> Iterator[tuple[str, int]]:
    rates = fill_rates("kind", since=period.since, until=period.until)
    for kind in Kind:
        if kind.value in rates:
            yield str(kind.label), rates[kind.value].asked
    whole = together(rates)
    yield _("requests, all kinds"), whole.asked
    yield _("requests for which somebody was found"), whole.met
    yield _("requests for which nobody was found"), whole.not_met


def _potential() -> Iterator[tuple[str, int]]:
    active = VolunteerProfile.objects.active()
    skills = active.values_list("skills", flat=True)
    numbers = Counter(skill for several in skills for skill in several)
    yield _("volunteers"), active.count()
    for skill in Skill:
        yield str(skill.label), numbers[skill.value]
    yield _("volunteers with a car"), active.filter(transport="car").count()
    yield (
        _("volunteers whose background check for work with children is in force"),
        active.filter(
            background_check__status="verified",
            background_check__recheck_on__gt=timezone.localdate(),
        ).count(),
    )
    hours = active.values_list("weekly_hours", flat=True)
    yield _("hours a week that volunteers offer"), sum(hours)


def _plan() -> Iterator[tuple[str, int]]:
    now = timezone.now()
    ahead = HelpRequest.objects.filter(starts_at__gt=now, starts_at__lte=now + HORIZON)
    status = HelpRequest.Status
    days = {"days": HORIZON.days}
    yield (
        _("help arranged for the next %(days)d days") % days,
        ahead.filter(status=status.ARRANGED).count(),
    )
    yield (
        _("help still looked for in the next %(days)d days") % days,
        ahead.filter(status__in=(status.TRIAGED, status.SEARCHING, status.PENDING)).count(),
    )
    shifts = Opportunity.objects.filter(
        status="published", shifts__starts_at__gt=now, shifts__starts_at__lte=now + HORIZON
    )
    yield _("shifts in the next %(days)d days") % days, shifts.count()


def _organisation() -> Iterator[tuple[str, int]]:
    today = timezone.localdate()
    agreements = VolunteerAgreement.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), status="signed", starts_on__lte=today
    )
    yield _("agreements with volunteers in force"), agreements.count()
    yield (
        _("of them with organisations"),
        agreements.filter(organisation__isnull=False).count(),
    )
    verified = Organisation.objects.filter(status="verified")
    yield _("organisations that are verified"), verified.count()
    yield _("opportunities published"), Opportunity.objects.filter(status="published").count()
