"""What a volunteer does at a time, for whoever is told that they cannot do two things at once."""

from datetime import datetime

from django.utils.translation import gettext as _

from events.message_words import when
from volunteering.models import Assignment, VolunteerProfile


def busy_with(profile: VolunteerProfile, starts_at: datetime, ends_at: datetime) -> str:
    """``shopping or a prescription, Tuesday, 14 May 2026, 10:00–12:00``; "" when they are free."""
    task = (
        Assignment.objects.active()
        .filter(profile=profile, starts_at__lt=ends_at, ends_at__gt=starts_at)
        .select_related("request", "shift__opportunity")
        .in_order()
        .first()
    )
    return task_in_words(task) if task else ""


def task_in_words(task: Assignment) -> str:
    what = task.shift.opportunity.title if task.shift else str(task.request)
    return _("%(task)s, %(when)s") % {"task": what, "when": when(task.starts_at, task.ends_at)}
