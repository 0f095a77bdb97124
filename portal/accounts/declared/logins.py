from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.erasing import erase as erase_whole_person
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person, Session, User
from portal.accounts.privacy import Declaration
from portal.audit.models import AuditEntry

UNUSED = timedelta(days=30)


def export(person: Person) -> list[dict[str, Any]]:
    """Without secrets: passwords and keys are not readable to us either."""
    return [
        {
            "email": login.email,
            "phone": str(login.phone or ""),
            "since": login.joined_at,
            "last_login": login.last_login,
            "roles": sorted(str(role.label) for role in login.roles),
            "open_sessions": login.sessions.filter(expire_date__gt=timezone.now()).count(),
            "ways_to_confirm": [
                {"type": factor.get_type_display(), "since": factor.created_at}
                for factor in Authenticator.objects.filter(user=login)
            ],
        }
        for login in User.objects.filter(person__in=everybody_who_is(person))
    ]


def erase(person: Person) -> None:
    logins = User.objects.filter(person__in=everybody_who_is(person))
    reached_at = {str(value) for pair in logins.values_list("email", "phone") for value in pair}
    _end_started_logins({*reached_at, person.email, str(person.phone)} - {"", "None"})
    logins.delete()


def _end_started_logins(addresses: set[str]) -> None:
    """A login that was begun and not finished has the address in a session of nobody."""
    for session in Session.objects.filter(user=None):
        content = str(session.get_decoded())
        if any(address in content for address in addresses):
            session.delete()


def retain() -> None:
    """Logins that somebody began for an address and never proved to be theirs."""
    unused = User.objects.filter(
        ~Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)),
        joined_at__lt=timezone.now() - UNUSED,
        last_login=None,
        phone_verified_at=None,
        role_grants=None,
        memberships=None,
        is_superuser=False,
    ).select_related("person")
    for login in unused:
        person = login.person
        login.delete()
        others_know_them = AuditEntry.objects.about(person.pk).exclude(action="user.signed_up")
        if not person.logins.exists() and not others_know_them.exists():
            erase_whole_person(person)


DECLARATION = Declaration(
    key="logins",
    label=_("Your login and its security"),
    basis=_("a public task: a safe way into the portal (GDPR art. 6(1)(e) and art. 32)"),
    kept_for=_("until you delete your account; a login never used, for 30 days"),
    tables=(
        "accounts_user",
        "accounts_user_groups",
        "accounts_user_user_permissions",
        "accounts_rolegrant",
        "accounts_session",
        "account_emailaddress",
        "account_emailconfirmation",
        "mfa_authenticator",
    ),
    export=export,
    erase=erase,
    retain=retain,
    names={
        "last_login": _("Last login"),
        "roles": _("Roles"),
        "open_sessions": _("Devices logged in now"),
        "ways_to_confirm": _("Second factors"),
        "type": _("Kind"),
    },
)
