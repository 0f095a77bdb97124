from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import FormerDetail, Invitation, Person, User
from portal.accounts.privacy import Declaration

KEPT_AFTER_EXPIRY = timedelta(days=30)


def invitations_of(person: Person) -> QuerySet[Invitation]:
    """Those the person accepted, and those sent to an address that is or was theirs."""
    everybody = everybody_who_is(person)
    logins = User.objects.filter(person__in=everybody)
    former = FormerDetail.objects.filter(person__in=everybody)
    emails = {*(one.email for one in everybody), *logins.values_list("email", flat=True)}
    emails |= set(former.filter(kind=FormerDetail.Kind.EMAIL).values_list("value", flat=True))
    phones = {*(one.phone for one in everybody), *logins.values_list("phone", flat=True)}
    phones |= set(former.filter(kind=FormerDetail.Kind.PHONE).values_list("value", flat=True))
    return Invitation.objects.filter(
        Q(email__in=[email for email in emails if email])
        | Q(phone__in=[phone for phone in phones if phone])
        | Q(accepted_by__in=logins.values("pk"))
    )


def export(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "to": str(invitation),
            "role": str(
                invitation.get_role_display() or invitation.get_organisation_role_display()
            ),
            "at": invitation.created_at,
            "accepted_at": invitation.accepted_at,
        }
        for invitation in invitations_of(person)
    ]


def erase(person: Person) -> None:
    invitations_of(person).delete()


def retain() -> None:
    Invitation.objects.filter(expires_at__lt=timezone.now() - KEPT_AFTER_EXPIRY).delete()


DECLARATION = Declaration(
    key="invitations",
    label=_("Invitations you were sent"),
    basis=_("a public task: letting people in who were asked to help (GDPR art. 6(1)(e))"),
    kept_for=_("30 days after they expire"),
    tables=("accounts_invitation",),
    export=export,
    erase=erase,
    retain=retain,
    names={
        "to": _("Sent to"),
        "at": _("When"),
        "accepted_at": _("Accepted"),
    },
)
