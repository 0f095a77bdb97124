from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.merging import everybody_who_is, pointers
from portal.accounts.models import DifferentPeople, FormerDetail, Guardianship, Person
from portal.accounts.privacy import Declaration

# From the day it was made; what the office had to do with somebody is kept for two years itself.
KEPT_UNUSED = timedelta(days=2 * 365)


def export(person: Person) -> dict[str, Any]:
    """Without the names of relatives and guardians: those are data of somebody else."""
    everybody = everybody_who_is(person)
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "phone": str(person.phone),
        "email": person.email,
        "address": person.address,
        "channel": str(person.get_channel_display()),
        "language": str(person.get_language_display()),
        "since": person.created_at,
        "notice": person.notice.number if person.notice else None,
        "shares_household": person.household_id is not None,
        "former_details": [
            {"kind": str(detail.get_kind_display()), "value": detail.value}
            for detail in FormerDetail.objects.filter(person__in=everybody)
        ],
        "guardians": [_link(link) for link in Guardianship.objects.filter(ward__in=everybody)],
        "wards": [_link(link) for link in Guardianship.objects.filter(guardian__in=everybody)],
    }


def _link(link: Guardianship) -> dict[str, Any]:
    return {"as": str(link.get_kind_display()), "since": link.created_at}


def erase(person: Person) -> None:
    """What surrounds the card; the card itself goes last."""
    everybody = everybody_who_is(person)
    FormerDetail.objects.filter(person__in=everybody).delete()
    Guardianship.objects.filter(Q(ward__in=everybody) | Q(guardian__in=everybody)).delete()
    DifferentPeople.objects.filter(Q(first__in=everybody) | Q(second__in=everybody)).delete()
    household = person.household
    if household is not None:
        person.household = None
        person.save(update_fields=["household"])
        household.end_if_alone()


def retain() -> None:
    """Cards of guests whose bookings and messages are deleted by now: nothing leads to them."""
    unneeded = Person.objects.filter(created_at__lt=timezone.now() - KEPT_UNUSED)
    for model, field in pointers():
        unneeded = unneeded.exclude(Exists(model._base_manager.filter(**{field: OuterRef("pk")})))
    unneeded.delete()


DECLARATION = Declaration(
    key="person",
    label=_("Your card: name, contact, family links"),
    basis=_("a public task: social services (GDPR art. 6(1)(e))"),
    kept_for=_("until you ask us to delete it, or two years after our last matter with you ended"),
    tables=(
        "accounts_person",
        "accounts_household",
        "accounts_formerdetail",
        "accounts_guardianship",
        "accounts_differentpeople",
    ),
    export=export,
    erase=erase,
    retain=retain,
    names={
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "address": _("Address"),
        "channel": _("How we reach you"),
        "language": _("Language"),
        "since": _("Since"),
        "notice": _("Version of the privacy notice"),
        "shares_household": _("You share a household with somebody on our list"),
        "former_details": _("Earlier details"),
        "kind": _("What"),
        "value": _("Text"),
        "guardians": _("Who acts for you"),
        "wards": _("For whom you act"),
        "as": _("As"),
    },
)
