"""Coming in: by a code, by a password, by a passkey."""

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from portal.accounts.models import User
from portal.entrance import codes, second_factor, tries
from portal.entrance.addresses import LoginAddress
from portal.entrance.codes import Code, Purpose
from portal.entrance.forms import AddressForm, PasswordLoginForm
from portal.entrance.views.code_pages import CodePage
from portal.entrance.ways import come_in, next_page, onwards
from portal.notifications.links import absolute
from tenants.binding import current_tenant


@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """Ask for an e-mail address or a number, and send a code there."""
    if request.user.is_authenticated:
        return _already_in(request)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        LoginCode.send(request, form.cleaned_data["address"], {})
        return HttpResponseRedirect(onwards(request, LoginCode.page))
    return TemplateResponse(
        request,
        "account/login.html",
        _ways_in(request, form),
        status=422 if form.errors else 200,
    )


class LoginCode(CodePage):
    purpose = Purpose.LOG_IN
    start = "account_login"
    page = "account_confirm_login_code"
    again = "entrance:login_code_again"

    @classmethod
    def send(cls, request: HttpRequest, address: LoginAddress, details: dict[str, str]) -> None:
        user, news = address.login(), _no_account()  # both, whichever is needed: it takes as long
        codes.send(request, cls.purpose, address, user=user, news_instead=None if user else news)

    def accept(self, request: HttpRequest, code: Code) -> HttpResponse:
        user = code.login()
        return come_in(request, user, by="code") if user else self.over(request)

    def over(self, request: HttpRequest) -> HttpResponse:
        return _already_in(request) if request.user.is_authenticated else super().over(request)


@never_cache
@sensitive_post_parameters("password")
def login_by_password(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(onwards(request, "account_login"))
    form = PasswordLoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address: LoginAddress = form.cleaned_data["address"]
        user = get_adapter().authenticate(
            request,
            **{"email" if address.is_email else "phone": address.value},
            password=form.cleaned_data["password"],
        )
        if isinstance(user, User):
            return come_in(request, user, by="password")
        form.add_error(
            "password",
            _("The address and the password do not belong together. A code works always."),
        )
    return TemplateResponse(
        request,
        "entrance/password_login.html",
        _ways_in(request, form),
        status=422 if form.errors else 200,
    )


@method_decorator(never_cache, name="dispatch")
class LoginByPasskey(LoginWebAuthnView):
    def post(self, request: HttpRequest) -> HttpResponse:
        tries.knock(request)
        response: HttpResponse = super().post(request)
        return response


def _ways_in(request: HttpRequest, form: AddressForm) -> dict[str, object]:
    return {
        "form": form,
        "next": next_page(request),
        "by_code": onwards(request, "account_login"),
        "by_password": onwards(request, "entrance:login_by_password"),
        "sign_up": "" if current_tenant().is_leader else onwards(request, "account_signup"),
    }


def _already_in(request: HttpRequest) -> HttpResponse:
    """Somebody known: on to where they were going, or to their second factor first."""
    if isinstance(request.user, User) and second_factor.is_due(request, request.user):
        return HttpResponseRedirect(onwards(request, "mfa_index"))
    return HttpResponseRedirect(next_page(request) or get_adapter().get_login_redirect_url(request))


def _no_account() -> tuple[str, dict[str, object]]:
    sign_up = "" if current_tenant().is_leader else absolute(reverse("account_signup"))
    return "entrance/no_account", {"sign_up": sign_up}
