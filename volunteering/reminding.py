"""Reminders of a neighbour's help, on the day before, to both sides; each task once, which the
audit trail remembers."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.accounts.models import Person
from portal.audit.models import AuditEntry, record
from portal.notifications.quiet import next_waking_moment
from volunteering import messages
from volunteering.models import Assignment

Status = Assignment.Status
REMINDED = "help.reminded"
# Nobody looks for somebody only to remind them, and a letter takes more than a day.
BY = (Person.Channel.EMAIL, Person.Channel.SMS, Person.Channel.PHONE)


def send_reminders(now: datetime | None = None) -> int:
    """About tasks of tomorrow, and those of today should a night have been missed; whoever arranged
    one since yesterday's midnight knows. How many tasks."""
    now = now or timezone.now()
    today = timezone.make_aware(datetime.combine(timezone.localdate(now), time()))
    reminded = AuditEntry.objects.filter(action=REMINDED, object_id=OuterRef("pk"))
    tasks = (
        Assignment.objects.filter(
            ~Exists(reminded),
            request__isnull=False,
            status__in=(Status.ACCEPTED, Status.CONTACT_SHARED),
            starts_at__gte=next_waking_moment(now),
            starts_at__lt=today + timedelta(days=2),
            created_at__lt=today,
        )
        .select_related(
            "profile__person", "invitation__profile", "request__requester", "request__asked_by",
            "request__district",
        )
        .select_for_update(of=("self",), no_key=True)
        .in_order()
    )  # fmt: skip
    for task in tasks:
        _remind(task)
    return len(tasks)


def _remind(task: Assignment) -> None:
    if task.profile.person.channel in BY:
        messages.remind_volunteer(task)
    if task.request is not None and task.request.contact.channel in BY:
        messages.remind_requester(task)
    record("help.reminded", actor=None, of=task, person=task.profile.person_id)
