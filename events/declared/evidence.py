"""Proof that people took part in what an EU project paid for.

A partner shows it to whoever audits the project, for five years from 31 December of the year of the
last payment to the project (art. 82(1) of Regulation (EU) 2021/1060). The registry does not know
the day of that payment; it follows the project's end, in the next year as a rule.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from events.models import Attendance
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from tenants.models import Project

# The year of the last payment, and five more.
YEARS_AFTER = 1 + 5


def evidence_about(person: Person) -> dict[UUID, date]:
    """Attendance that must stay now → its last day."""
    return still_evidence(
        Attendance.objects.filter(participation__person__in=everybody_who_is(person))
    )


def still_evidence(attendances: "QuerySet[Attendance]") -> dict[UUID, date]:
    """The same of any: who was there, where a project paid, and its time has not passed."""
    rows = list(
        attendances.filter(
            state=Attendance.State.ATTENDED, session__activity__project__isnull=False
        ).values_list("pk", "session__activity__project", "session__starts_at")
    )
    ends = _ends_of({project for _pk, project, _at in rows if project})
    today, found = timezone.localdate(), {}
    for pk, project, starts_at in rows:
        held_on = timezone.localdate(starts_at)
        last = max(held_on, ends.get(project, held_on) if project else held_on)
        until = date(last.year + YEARS_AFTER, 12, 31)
        if until >= today:
            found[pk] = until
    return found


def _ends_of(projects: Iterable[UUID]) -> dict[UUID, date]:
    return dict(Project.objects.filter(pk__in=projects).values_list("pk", "ends_on"))
