"""Requests for help, and what volunteers did: one row is about two people, and each of them may be
erased without the other's part."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events import capacity
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Declaration
from volunteering.models import Assignment, HelpRequest, HoursEntry, Invitation

KEPT = timedelta(days=2 * 365)
HOURS_KEPT = timedelta(days=5 * 365)


def export_help(person: Person) -> list[dict[str, Any]]:
    everybody = everybody_who_is(person)
    asked = HelpRequest.objects.filter(Q(requester__in=everybody) | Q(asked_by__in=everybody))
    return [
        {
            "help": str(row.get_kind_display()),
            "state": str(row.get_status_display()),
            "from": row.starts_at,
            "until": row.ends_at,
            "part_of_gmina": row.district.name,
            "note": row.details,
            "asked_at": row.submitted_at,
            "code": row.code,
            "for_somebody_else": row.asked_by_id in {one.pk for one in everybody},
        }
        for row in asked.select_related("district").order_by("submitted_at")
    ]


def erase_help(person: Person) -> None:
    """Hours that volunteers gave stay theirs. Who had only asked for somebody else is forgotten,
    and the request goes on without them."""
    everybody = everybody_who_is(person)
    HelpRequest.objects.filter(requester__in=everybody).delete()
    HelpRequest.objects.filter(asked_by__in=everybody).update(asked_by=None)


def retain_help() -> None:
    HelpRequest.objects.filter(ends_at__lt=timezone.now() - KEPT).delete()


def export_tasks(person: Person) -> dict[str, Any]:
    of_person = {"profile__person__in": everybody_who_is(person)}
    tasks = Assignment.objects.filter(**of_person).select_related("request", "shift__opportunity")
    return {
        "tasks": [
            {
                "help": str(task.request or (task.shift and task.shift.opportunity)),
                "state": str(task.get_status_display()),
                "from": task.starts_at,
                "until": task.ends_at,
            }
            for task in tasks.order_by("starts_at")
        ],
        "invitations": [
            {"state": str(row.get_status_display()), "sent_at": row.sent_at, "reason": row.reason}
            for row in Invitation.objects.filter(**of_person).order_by("planned_for")
        ],
        "hours": [
            {
                "day": entry.on,
                "minutes": entry.minutes,
                "note": entry.note,
                "state": str(entry.get_status_display()),
            }
            for entry in HoursEntry.objects.filter(**of_person).order_by("on")
        ],
    }


def erase_tasks(person: Person) -> None:
    """Places on shifts and of requests to come are free again."""
    everybody = everybody_who_is(person)
    tasks = Assignment.objects.filter(profile__person__in=everybody)
    # Whoever has come had the place too.
    free_places(tasks)
    HoursEntry.objects.filter(profile__person__in=everybody).delete()
    tasks.delete()
    Invitation.objects.filter(profile__person__in=everybody).delete()


def free_places(tasks: "QuerySet[Assignment]") -> None:
    """Of shifts, before their tasks are deleted: what nobody has is not counted as taken."""
    taken = tasks.filter(shift__isnull=False).exclude(status__startswith="cancelled_by")
    capacity.give_back_all(Counter(taken.values_list("shift__pool", flat=True)))


def retain_tasks() -> None:
    before = timezone.now()
    HoursEntry.objects.filter(on__lt=(before - HOURS_KEPT).date()).delete()
    Invitation.objects.filter(expires_at__lt=before - KEPT).delete()


HELP = Declaration(
    key="help",
    label=_("Help you asked for"),
    basis=_("a public task: social services (GDPR art. 6(1)(e))"),
    kept_for=_("two years after the day of the help"),
    tables=("volunteering_helprequest",),
    export=export_help,
    erase=erase_help,
    retain=retain_help,
    names={
        "help": _("Help"),
        "asked_at": _("Asked"),
        "for_somebody_else": _("For somebody else"),
    },
)
TASKS = Declaration(
    key="volunteering_tasks",
    label=_("Your tasks and hours as a volunteer"),
    basis=_("a public task: social services (GDPR art. 6(1)(e))"),
    kept_for=_("tasks two years; hours five years, so that you can get a certificate"),
    tables=(
        "volunteering_assignment",
        "volunteering_invitation",
        "volunteering_contactconsent",
        "volunteering_hoursentry",
    ),
    export=export_tasks,
    erase=erase_tasks,
    retain=retain_tasks,
    names={
        "tasks": _("Tasks"),
        "invitations": _("Invitations"),
        "sent_at": _("Sent"),
        "reason": _("Reason"),
        "hours": _("Hours"),
        "day": _("Day"),
        "minutes": _("Minutes"),
    },
)
