"""What the panel tells people by itself."""

from django.urls import reverse

from portal.accounts.models import Organisation, Person
from portal.notifications.links import absolute
from portal.notifications.promise import promise

DECIDED = "panel/organisation_decided"


def tell_members(organisation: Organisation) -> None:
    """What was decided on their organisation, and why."""
    members = Person.objects.current().filter(logins__memberships__organisation=organisation)
    promise(
        DECIDED,
        to=members.distinct(),
        context={
            "organisation": organisation,
            "link": absolute(reverse("my_account:organisation", args=[organisation.pk])),
        },
    )
