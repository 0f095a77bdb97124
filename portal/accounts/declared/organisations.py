from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import OrganisationMember, Person
from portal.accounts.privacy import Declaration


def export(person: Person) -> list[dict[str, Any]]:
    members = OrganisationMember.objects.filter(user__person__in=everybody_who_is(person))
    return [
        {
            "organisation": member.organisation.name,
            "role": str(member.get_role_display()),
            "since": member.since,
        }
        for member in members.select_related("organisation")
    ]


def erase(person: Person) -> None:
    """Only the membership: an organisation's own phone and mailbox are the organisation's."""
    OrganisationMember.objects.filter(user__person__in=everybody_who_is(person)).delete()


DECLARATION = Declaration(
    key="organisations",
    label=_("Organisations you belong to"),
    basis=_("a public task: working with organisations (GDPR art. 6(1)(e))"),
    kept_for=_("until you leave the organisation or delete your account"),
    tables=("accounts_organisation", "accounts_organisationmember"),
    export=export,
    erase=erase,
    names={"organisation": _("Organisation"), "role": _("Role")},
)
