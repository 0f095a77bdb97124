"""What stands on the page of one volunteer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.message_words import when
from portal.accounts.models import User
from portal.panel.volunteers.hours import in_hours
from volunteering import answers
from volunteering.answers import InWords
from volunteering.gates import GATES, missing_gates
from volunteering.matching.edges import SHORT_AGREEMENT_DAYS, broken_rules
from volunteering.models import (
    Assignment,
    HoursEntry,
    VolunteerAgreement,
    VolunteerProfile,
)
from volunteering.rules_in_words import FOR_ORGANISERS
from volunteering.week import DAYS, Window

SHOWN = 10

_SAID: tuple[tuple[Promise, InWords], ...] = (
    (gettext_lazy("Can help with"), answers.skills),
    (gettext_lazy("Languages"), answers.languages),
    (gettext_lazy("Where"), answers.area),
    (gettext_lazy("Gets around"), answers.transport),
    (gettext_lazy("A week"), answers.weekly_hours),
    (gettext_lazy("Age"), answers.age),
    (gettext_lazy("Also with children"), answers.with_children),
)


def said(profile: VolunteerProfile) -> list[tuple[Promise, list[str]]]:
    """Question and answer; the free words have their own place."""
    given = answers.answers_of(profile)
    return [(label, in_words(given)) for label, in_words in _SAID]


def week(profile: VolunteerProfile) -> list[tuple[Promise, str]]:
    """Monday to Sunday with the hours of each, ``8–12, 16–20``; empty when no time was said."""
    hours: dict[int, list[str]] = {}
    for one in profile.windows.all():
        window = Window(one.weekday, one.starts, one.ends)
        hours.setdefault(one.weekday, []).append(window.hours)
    return [(name, ", ".join(hours.get(at, []))) for at, name in enumerate(DAYS)] if hours else []


@dataclass(frozen=True, slots=True)
class Agreement:
    """``is_short``: accident insurance is needed beside it."""

    row: VolunteerAgreement
    is_in_force: bool
    is_short: bool


def agreements(profile: VolunteerProfile) -> list[Agreement]:
    today = timezone.localdate()
    rows = profile.agreements.select_related("organisation")
    return [Agreement(row, _is_in_force(row, today), _is_short(row)) for row in rows]


def _is_in_force(row: VolunteerAgreement, today: date) -> bool:
    is_begun = row.status == "signed" and row.starts_on <= today
    return is_begun and (row.ends_on is None or row.ends_on >= today)


def _is_short(row: VolunteerAgreement) -> bool:
    return row.ends_on is not None and (row.ends_on - row.starts_on).days < SHORT_AGREEMENT_DAYS


@dataclass(frozen=True, slots=True)
class Task:
    """``troubles``: what the law has against it as things are now."""

    row: Assignment
    title: str
    when: str
    troubles: list[Promise]


def tasks(profile: VolunteerProfile) -> list[Task]:
    """Those ahead, the next one first, and the last of those that are over."""
    mine = profile.assignments.select_related("request", "shift__opportunity")
    is_ahead = Q(ends_at__gt=timezone.now(), status__in=Assignment.ACTIVE)
    ahead = list(mine.filter(is_ahead).in_order()[:SHOWN])
    past = list(mine.exclude(is_ahead).order_by("-starts_at", "-id")[:SHOWN])
    closed = broken_rules([one.request_id for one in ahead if one.request_id], [profile.pk])
    troubles = {request: codes for (_profile, request), codes in closed.items()}
    return [
        *(_task(one, _of_law(one, profile, troubles)) for one in ahead),
        *(_task(one, []) for one in past),
    ]


def _of_law(
    task: Assignment, profile: VolunteerProfile, broken: dict[UUID, list[str]]
) -> list[Promise]:
    """Of a shift it is asked by itself; there are few of them ahead."""
    if task.shift is None:
        codes = broken.get(task.request_id, []) if task.request_id else []
    else:
        codes = missing_gates(
            profile,
            day=timezone.localdate(task.starts_at),
            last_day=timezone.localdate(task.ends_at),
            min_age=task.shift.opportunity.min_age,
            with_minors=task.shift.opportunity.with_minors,
        )
    return [FOR_ORGANISERS[code] for code in GATES if code in codes and code != "not_active"]


def _task(row: Assignment, troubles: list[Promise]) -> Task:
    title = row.shift.opportunity.title if row.shift else str(row.request)
    return Task(row, title, when(row.starts_at, row.ends_at), troubles)


def hours(profile: VolunteerProfile) -> list[tuple[str, str]]:
    """Words and sum, of the hours confirmed, to be confirmed and to be cleared up."""
    rows = HoursEntry.objects.filter(profile=profile).order_by()
    sums = dict(rows.values_list("status").annotate(Sum("minutes")))
    return [
        (str(status.label), in_hours(sums[status]))
        for status in HoursEntry.Status
        if status in sums
    ]


def name_of(user: UUID | None) -> str:
    """Who did something, while they are still here."""
    found = User.objects.filter(person__erased_at=None).select_related("person")
    actor = found.filter(pk=user).first() if user else None
    return str(actor.person) if actor else _("somebody who is no longer here")
