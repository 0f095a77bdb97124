"""The second factor: passkeys, an authenticator app, recovery codes."""

from textwrap import wrap
from typing import Any

from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.models import User
from portal.audit.models import record
from portal.entrance import second_factor
from portal.entrance.doors import logged_in
from portal.entrance.proofs import recently_proved
from portal.entrance.ways import next_page, onwards


class Index(IndexView):
    """What there is; for staff who have not shown one yet, the way to do it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        assert isinstance(user, User)  # noqa: S101 (the door saw to it)
        self.is_due = second_factor.is_due(request, user)
        if self.is_due and second_factor.has_one(user):
            return HttpResponseRedirect(_way_to_show(request, user))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            **kwargs,
            is_due=self.is_due,
            add_passkey=onwards(self.request, "mfa_add_webauthn"),
            add_app=onwards(self.request, "mfa_activate_totp"),
        )
        return context


class AddPasskey(AddWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _added(self.request, Authenticator.Type.WEBAUTHN)
        return response

    def get_success_url(self) -> str:
        return _after_adding(self.request, has_new_codes=self.did_generate_recovery_codes)


class AddApp(ActivateTOTPView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "secret_in_groups": wrap(context["form"].secret, 4)}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _added(self.request, Authenticator.Type.TOTP)
        return response

    def get_success_url(self) -> str:
        return _after_adding(self.request, has_new_codes=self.did_generate_recovery_codes)


class RenamePasskey(EditWebAuthnView):
    def get_success_url(self) -> str:
        return reverse("mfa_index")


class RemovePasskey(RemoveWebAuthnView):
    def get_success_url(self) -> str:
        return reverse("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        super().form_valid(form)
        return _removed(self.request, Authenticator.Type.WEBAUTHN)


class RemoveApp(DeactivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        super().form_valid(form)
        return _removed(self.request, Authenticator.Type.TOTP)


class RecoveryCodes(recovery.ViewRecoveryCodesView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "next": next_page(self.request)}


index = logged_in(Index.as_view())
show = AuthenticateView.as_view()
add_passkey = recently_proved(AddPasskey.as_view())
rename_passkey = recently_proved(RenamePasskey.as_view())
remove_passkey = recently_proved(RemovePasskey.as_view())
add_app = recently_proved(AddApp.as_view())
remove_app = recently_proved(RemoveApp.as_view())
recovery_codes = recently_proved(RecoveryCodes.as_view())
new_recovery_codes = recently_proved(recovery.GenerateRecoveryCodesView.as_view())
download_recovery_codes = require_safe(
    recently_proved(recovery.DownloadRecoveryCodesView.as_view())
)


def _way_to_show(request: HttpRequest, user: User) -> str:
    is_by_passkey = Authenticator.objects.filter(
        user=user, type=Authenticator.Type.WEBAUTHN
    ).exists()
    return onwards(
        request, "mfa_reauthenticate_webauthn" if is_by_passkey else "mfa_reauthenticate"
    )


def _added(request: HttpRequest, kind: str) -> None:
    """Whoever sets one up shows it by that."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101
    second_factor.mark_shown(request, user, kind=kind)
    record("login.factor_added", actor=user.pk, of=user, person=user.person_id, kind=kind)


def _removed(request: HttpRequest, kind: str) -> HttpResponse:
    """With the last one goes what sessions have shown by it."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101
    record("login.factor_removed", actor=user.pk, of=user, person=user.person_id, kind=kind)
    if not second_factor.has_one(user):
        second_factor.forget_shown(request)
        user.sessions.exclude(session_key=request.session.session_key).delete()
    return HttpResponseRedirect(reverse("mfa_index"))


def _after_adding(request: HttpRequest, *, has_new_codes: bool) -> str:
    if has_new_codes:
        return onwards(request, "mfa_view_recovery_codes")
    return next_page(request) or reverse("mfa_index")
