"""Who was there. Of what an EU project paid for, it stays: with the booking it rests on."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from events.declared.evidence import evidence_about
from events.models import Attendance, Booking, Participation
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Declaration, Lock

BASIS = _(
    "the duty to show for what European money was spent (art. 82 of Regulation (EU) 2021/1060;"
    " GDPR art. 17(3)(b))"
)


def export(person: Person) -> list[dict[str, Any]]:
    found = Attendance.objects.filter(participation__person__in=everybody_who_is(person))
    rows = found.select_related("session__activity").prefetch_related("session__activity__texts")
    return [
        {
            "activity": row.session.activity.title,
            "on": row.session.starts_at,
            "was_there": str(row.get_state_display()),
            "noted": str(row.get_means_display()),
        }
        for row in rows.order_by("session__starts_at")
    ]


def locks(person: Person) -> list[Lock]:
    evidence = evidence_about(person)
    if not evidence:
        return []
    until = max(evidence.values())
    labels = {
        Attendance: _("That you took part in activities paid for by a European project"),
        Participation: _("That you had a place in these activities"),
        Booking: _("The booking by which you got it, without your note"),
    }
    return [
        Lock(table=model._meta.db_table, label=label, basis=BASIS, until=until)
        for model, label in labels.items()
    ]


def erase(person: Person) -> None:
    found = Attendance.objects.filter(participation__person__in=everybody_who_is(person))
    found.exclude(pk__in=evidence_about(person)).delete()


DECLARATION = Declaration(
    key="attendance",
    label=_("Activities you came to"),
    basis=_(
        "a public task: social services (GDPR art. 6(1)(e)); of European projects, the duty to show"
        " for what the money was spent (art. 6(1)(c))"
    ),
    kept_for=_(
        "two years; of European projects, until the end of the sixth year after the project"
    ),
    tables=("events_attendance",),
    export=export,
    erase=erase,
    locks=locks,
    names={
        "activity": _("Activity"),
        "on": _("On"),
        "was_there": _("Were you there"),
        "noted": _("Noted down"),
    },
)
