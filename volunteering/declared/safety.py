"""Reports of danger, and who is kept apart."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Declaration
from volunteering.models import Block, SafetyContact, SafetyReport

KEPT = timedelta(days=5 * 365)


def export(person: Person) -> list[dict[str, Any]]:
    """What they reported; what others reported about them is about the others too, and whoever
    reads a report decides what may be said."""
    reports = SafetyReport.objects.filter(reporter__in=everybody_who_is(person))
    return [
        {"words": row.words, "state": str(row.get_status_display()), "reported_at": row.created_at}
        for row in reports.order_by("created_at")
    ]


def erase(person: Person) -> None:
    """Their own words go. A report about them stays without them: it protects somebody else."""
    everybody = everybody_who_is(person)
    SafetyReport.objects.filter(reporter__in=everybody).delete()
    SafetyReport.objects.filter(about__in=everybody).update(about=None)
    Block.objects.filter(Q(person__in=everybody) | Q(other__in=everybody)).delete()
    SafetyContact.objects.filter(user__person__in=everybody).delete()


def retain() -> None:
    SafetyReport.objects.filter(closed_at__lt=timezone.now() - KEPT).delete()


DECLARATION = Declaration(
    key="safety",
    label=_("Reports of danger"),
    basis=_("a legal duty: the protection of people who are helped and of minors"),
    kept_for=_("five years after the report was closed"),
    tables=(
        "volunteering_safetyreport",
        "volunteering_block",
        "volunteering_safetycontact",
    ),
    export=export,
    erase=erase,
    retain=retain,
    names={"words": _("Your words"), "reported_at": _("Reported")},
)
