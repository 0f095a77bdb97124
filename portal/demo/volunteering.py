"""Volunteers, requests for help and opportunities of the demo.

Like the calendar's dates, requests have ids of their own, made of the week: a start in a later week
finds earlier ones as people have left them and adds those of the new week. Rows are written in bulk
and nobody is told anything.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from portal.accounts.models import Person, PrivacyNotice, User
from portal.demo.help_requests import ask
from portal.demo.made_up import key_of, mail_domain
from portal.demo.opportunities import offer
from portal.demo.town import Town
from portal.demo.volunteers import open_gates, settle_districts, settle_volunteers
from tenants.models import Tenant
from volunteering.models import SafetyContact

# Who reads reports of danger.
READERS = ("osl", "dyrekcja")


def settle_volunteering(tenant: Tenant, people: Mapping[str, Person]) -> None:
    """Make what is missing in the bound gmina, in the caller's transaction.

    Args:
        people: of made_up.toml, by their keys.
    """
    today = timezone.localdate()
    districts = settle_districts(tenant)
    town = Town(
        tenant=tenant,
        clerk=User.objects.get(email=f"osl@{mail_domain(tenant)}"),
        notice=PrivacyNotice.objects.order_by("-number").values_list("pk", flat=True).first(),
        monday=today - timedelta(days=today.weekday()),
        districts=districts,
        profiles=settle_volunteers(tenant, districts),
    )
    open_gates(town, today)
    _name_readers_of_reports(tenant)
    ask(town, people)
    offer(town)


def _name_readers_of_reports(tenant: Tenant) -> None:
    readers = User.objects.filter(email__in=[f"{key}@{mail_domain(tenant)}" for key in READERS])
    SafetyContact.objects.bulk_create(
        (
            SafetyContact(pk=key_of(f"reader {place}", tenant), user=reader, place=place)
            for place, reader in enumerate(readers.order_by("email"), start=1)
        ),
        ignore_conflicts=True,
    )
