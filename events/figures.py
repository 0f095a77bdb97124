"""Who took part, in rows that can be counted: each with the ``month`` of the date, of the calendar
in Poland, and the ``project`` of the activity, None where it has none."""

from datetime import datetime
from typing import Any

from django.db.models import DateField, F, QuerySet
from django.db.models.functions import Coalesce, TruncMonth

from events.models import Attendance, Participation, Session

_NOT_HELD = (Session.Status.DRAFT, Session.Status.CANCELLED)


def attended(since: datetime, until: datetime) -> "QuerySet[Attendance, Any]":
    """Written down as there; not whoever was excused or did not come."""
    return (
        Attendance.objects.filter(
            state=Attendance.State.ATTENDED,
            participation__status__in=Participation.WITH_A_PLACE,
            session__starts_at__gte=since,
            session__starts_at__lt=until,
        )
        .exclude(session__status__in=_NOT_HELD)
        .annotate(
            month=TruncMonth("session__starts_at", output_field=DateField()),
            project=F("session__activity__project"),
            who=F("participation__person"),
        )
    )


def booked(since: datetime, until: datetime) -> "QuerySet[Participation, Any]":
    """With a place on a date; of a course in each month in which it has one."""
    return (
        Participation.objects.with_a_place()
        .annotate(
            starts_at=_of_session("starts_at"),
            session_status=_of_session("status"),
            project=Coalesce("pool__session__activity__project", "pool__course__project"),
            who=F("person"),
        )
        .filter(starts_at__gte=since, starts_at__lt=until)
        .exclude(session_status__in=_NOT_HELD)
        .annotate(month=TruncMonth("starts_at", output_field=DateField()))
    )


def _of_session(field: str) -> Coalesce:
    """The date of whose places these are, or each of the course."""
    return Coalesce(f"pool__session__{field}", f"pool__course__sessions__{field}")
