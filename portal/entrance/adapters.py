"""What django-allauth asks us: whose phone it is, how often one may try, what to say and where
to go; and how secrets of the second factor are kept.
"""

from base64 import urlsafe_b64encode
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.permissions import Permission, may
from portal.entrance import second_factor, tries
from portal.entrance.addresses import SMS, LoginAddress
from portal.entrance.notices import notify
from portal.entrance.ways import next_page, with_next
from tenants.binding import current_tenant


class AccountAdapter(DefaultAccountAdapter):
    # Phones

    def get_user_by_phone(self, phone: str) -> User | None:
        return LoginAddress(SMS, phone).login()

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (str(user.phone), user.phone_verified_at is not None) if user.phone else None

    # Tries

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        tries.guess(request, _identifier(credentials))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            tries.guessed_right(_identifier(credentials))
        return user

    # Ways

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        is_staff = may(request.user, Permission.ENTER_PANEL)
        return reverse("panel:today" if is_staff else "my_account:home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def post_login(self, request: HttpRequest, user: User, **hooks: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **hooks)
        if second_factor.is_due(request, user):
            wanted = hooks.get("redirect_url") or next_page(request)
            return HttpResponseRedirect(with_next(reverse("mfa_index"), wanted))
        return response

    # Showing again who one is

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:
        return not second_factor.is_recently_proved(self.request, self.request.user)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        """The strictest there is: whoever has a second factor shows that."""
        if not user.is_authenticated:
            return []
        kinds = Authenticator.Type
        ways = [
            ("mfa_reauthenticate_webauthn", _("With a passkey"), [kinds.WEBAUTHN]),
            ("mfa_reauthenticate", _("With a code from the app"), [kinds.TOTP]),
            ("mfa_reauthenticate", _("With a recovery code"), [kinds.RECOVERY_CODES]),
        ]
        found = [(name, words) for name, words, types in ways if is_mfa_enabled(user, types=types)]
        if not second_factor.has_one(user):
            found = [("entrance:confirm_by_code", _("With a code we send you"))]
            if user.has_usable_password():
                found.append(("account_reauthenticate", _("With your password")))
        return [{"id": name, "description": words, "url": reverse(name)} for name, words in found]

    # Words

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        notify(user, template_prefix.rpartition("/")[2])


class MfaAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages

    def get_totp_issuer(self) -> str:
        return str(current_tenant().name)

    def build_totp_svg(self, url: str) -> str:
        """Drawn into the page: neither a picture to fetch nor a ``data:`` address."""
        drawing: str = segno.make(url, error="m").svg_inline(border=4, omitsize=True, svgclass="qr")
        return drawing

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def encrypt(self, text: str) -> str:
        return _chest().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _chest().decrypt(encrypted_text.encode()).decode()


def _chest() -> MultiFernet:
    """Keys of this site alone; old ones still open what they closed."""
    return MultiFernet(
        [
            Fernet(urlsafe_b64encode(salted_hmac(
                f"entrance.second_factor:{current_tenant().pk}", "", secret=secret,
                algorithm="sha256",
            ).digest()))
            for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        ]
    )  # fmt: skip


def _identifier(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("phone") or "")
