"""Showing again who one is, before the security of a login may be changed."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as MfaReauthenticateView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from portal.accounts.models import User
from portal.entrance import codes, second_factor
from portal.entrance.addresses import LoginAddress, address_of
from portal.entrance.codes import Code, Purpose
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.entrance.views.code_pages import CodePage, SendAgain
from portal.entrance.ways import next_page, onwards


@logged_in
def confirm_by_code(request: OwnRequest) -> HttpResponse:
    """For those without a second factor: a code to the address they log in with."""
    if second_factor.has_one(request.user):
        return HttpResponseRedirect(onwards(request, "mfa_reauthenticate"))
    address = address_of(request.user)
    if request.method == "POST":
        ConfirmationCode.send(request, address, {})
        return HttpResponseRedirect(onwards(request, ConfirmationCode.page))
    return TemplateResponse(
        request,
        "entrance/confirm_by_code.html",
        {
            "address": address,
            "by_password": onwards(request, "account_reauthenticate")
            if request.user.has_usable_password()
            else "",
        },
    )


class ConfirmationCode(CodePage):
    purpose = Purpose.CONFIRM
    start = "entrance:confirm_by_code"
    page = "entrance:confirmation_code"
    again = "entrance:confirmation_code_again"

    @classmethod
    def send(cls, request: HttpRequest, address: LoginAddress, details: dict[str, str]) -> None:
        assert isinstance(request.user, User)  # noqa: S101 (the door saw to it)
        codes.send(request, cls.purpose, address_of(request.user), user=request.user)

    def accept(self, request: HttpRequest, code: Code) -> HttpResponse:
        if code.login() != request.user:
            return self.over(request)
        record_authentication(request, request.user, method="code", reauthenticated=True)
        return HttpResponseRedirect(next_page(request) or onwards(request, "mfa_index"))


confirmation_code = logged_in(ConfirmationCode.as_view())
send_confirmation_again = logged_in(SendAgain.as_view(of=ConfirmationCode))
by_password = logged_in(ReauthenticateView.as_view())
by_second_factor = logged_in(MfaReauthenticateView.as_view())
by_passkey = logged_in(ReauthenticateWebAuthnView.as_view())
