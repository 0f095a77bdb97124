"""Neighbourly help in rows that can be counted: each with its ``month``, of the calendar in Poland,
and with ``who``, whose help or need it is. Help belongs to no project."""

from datetime import date, datetime
from typing import Any

from django.db.models import DateField, F, QuerySet, UUIDField, Value
from django.db.models.functions import TruncMonth

from volunteering.fill_rates import MET
from volunteering.models import Assignment, HelpRequest, HoursEntry

_NO_PROJECT = Value(None, output_field=UUIDField())


def hours_confirmed(first: date, last: date) -> "QuerySet[HoursEntry, Any]":
    """By the day on which the time was given."""
    return HoursEntry.objects.filter(
        status=HoursEntry.Status.CONFIRMED, on__gte=first, on__lte=last
    ).annotate(month=TruncMonth("on"), project=_NO_PROJECT, who=F("profile"))


def tasks_done(since: datetime, until: datetime) -> "QuerySet[Assignment, Any]":
    """Help that was given, and shifts that were worked."""
    return Assignment.objects.filter(
        status=Assignment.Status.DONE, starts_at__gte=since, starts_at__lt=until
    ).annotate(
        month=TruncMonth("starts_at", output_field=DateField()),
        project=_NO_PROJECT,
        who=F("profile"),
    )


def requests_sent(since: datetime, until: datetime) -> "QuerySet[HelpRequest, Any]":
    """By the day on which somebody asked, whatever became of it."""
    return (
        HelpRequest.objects.filter(submitted_at__gte=since, submitted_at__lt=until)
        .exclude(status=HelpRequest.Status.DRAFT)
        .annotate(
            month=TruncMonth("submitted_at", output_field=DateField()),
            project=_NO_PROJECT,
            who=F("requester"),
        )
    )


def requests_met(since: datetime, until: datetime) -> "QuerySet[HelpRequest, Any]":
    """Those of :func:`requests_sent` for which somebody was found."""
    return requests_sent(since, until).filter(status__in=MET)
