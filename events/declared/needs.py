"""What people need in order to take part: with their consent, for the activity alone."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.declared.dates import dates_of, over_before, said_of
from events.models import AccessNeed, Participation
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Consent, ConsentPurpose, Person
from portal.accounts.privacy import Declaration
from portal.accounts.withdrawal import on_withdrawal

KEPT = timedelta(days=30)


def export(person: Person) -> list[dict[str, Any]]:
    needs = AccessNeed.objects.filter(participation__person__in=everybody_who_is(person))
    rows = list(needs.select_related("participation").order_by("created_at", "need"))
    dates = dates_of({row.participation.pool_id for row in rows})
    return [
        {
            **said_of(dates[row.participation.pool_id]),
            "need": str(row.get_need_display()),
            "said_at": row.created_at,
        }
        for row in rows
    ]


@on_withdrawal(ConsentPurpose.NEEDS)
def erase(person: Person) -> None:
    AccessNeed.objects.filter(participation__person__in=everybody_who_is(person)).delete()


def retain() -> None:
    """When nobody prepares anything by it any more, or nobody may."""
    over = over_before(timezone.now() - KEPT, "participation__pool")
    consent = Consent.objects.valid().filter(
        person=OuterRef("participation__person"), purpose=ConsentPurpose.NEEDS
    )
    AccessNeed.objects.filter(over).delete()
    AccessNeed.objects.exclude(participation__status__in=Participation.ACTIVE).delete()
    AccessNeed.objects.filter(~Exists(consent)).delete()


DECLARATION = Declaration(
    key="needs",
    label=_("What you need in order to take part"),
    basis=_("your consent (GDPR art. 9(2)(a))"),
    kept_for=_("30 days after the last date, or until you withdraw your consent"),
    tables=("events_accessneed",),
    export=export,
    erase=erase,
    retain=retain,
    names={"need": _("Need"), "said_at": _("Told us")},
)
