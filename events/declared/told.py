"""What somebody was told about a date, so that nothing is said twice; the words are messages."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Told
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Declaration

KEPT = timedelta(days=30)


def export(person: Person) -> list[dict[str, Any]]:
    rows = Told.objects.filter(person__in=everybody_who_is(person))
    return [
        {
            "activity": row.session.activity.title,
            "told": str(row.get_about_display()),
            "told_at": row.told_at,
        }
        for row in rows.select_related("session__activity")
        .prefetch_related("session__activity__texts")
        .order_by("told_at")
    ]


def erase(person: Person) -> None:
    Told.objects.filter(person__in=everybody_who_is(person)).delete()


def retain() -> None:
    Told.objects.filter(session__ends_at__lt=timezone.now() - KEPT).delete()


DECLARATION = Declaration(
    key="told",
    label=_("Of which changes and dates you were reminded or told"),
    basis=_("a public task: social services (GDPR art. 6(1)(e))"),
    kept_for=_("30 days after the date"),
    tables=("events_told",),
    export=export,
    erase=erase,
    retain=retain,
    names={"told": _("About"), "told_at": _("Told")},
)
