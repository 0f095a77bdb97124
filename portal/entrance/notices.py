"""What people are told when somebody, they or not, has changed the security of their login."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.entrance.addresses import LoginAddress, address_of
from portal.notifications.promise import promise

# By the last part of the name allauth has for such a mail, and our own two.
_WHAT = {
    "password_set": _("A password was set."),
    "password_changed": _("The password was changed."),
    "totp_activated": _("An authenticator app was added."),
    "totp_deactivated": _("The authenticator app was removed."),
    "webauthn_added": _("A passkey was added."),
    "webauthn_removed": _("A passkey was removed."),
    "recovery_codes_generated": _("New recovery codes were made; the old ones do not work."),
    "factors_forgotten": _("The office removed the passkeys and the app."),
    "email_changed": _("The e-mail address to log in with was changed."),
    "phone_changed": _("The phone number to log in with was changed."),
}


def notify(user: User, change: str, *, to: LoginAddress | None = None) -> None:
    """``to``: the old address, when it was the address that changed."""
    promise(
        "entrance/security_notice",
        to=[(to or address_of(user)).recipient()],
        context={"what": _WHAT[change], "at": timezone.now()},
    )
