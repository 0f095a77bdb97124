"""What one logs in with: another e-mail, another phone, a password."""

from allauth.account.internal.flows import password_change
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from portal.accounts.models import User
from portal.audit.models import record
from portal.entrance import codes
from portal.entrance.actions.change_login_address import change_login_address
from portal.entrance.addresses import EMAIL, SMS, LoginAddress
from portal.entrance.codes import Code, Purpose
from portal.entrance.doors import logged_in
from portal.entrance.forms import NewEmailForm, NewPasswordForm, NewPhoneForm
from portal.entrance.logins import AddressTaken
from portal.entrance.notices import notify
from portal.entrance.proofs import recently_proved
from portal.entrance.requests import OwnRequest
from portal.entrance.views.code_pages import CodePage, SendAgain
from portal.entrance.ways import onwards
from portal.notifications.links import absolute


@recently_proved
def change_email(request: OwnRequest) -> HttpResponse:
    now = request.user.email or ""
    form = NewEmailForm(request.POST or None, now=now)
    return _change(request, form, now)


@recently_proved
def change_phone(request: OwnRequest) -> HttpResponse:
    now = str(request.user.phone or "")
    form = NewPhoneForm(request.POST or None, now=now)
    return _change(request, form, now)


def _change(request: OwnRequest, form: NewEmailForm | NewPhoneForm, now: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        NewAddressCode.send(request, form.cleaned_data["address"], {})
        return HttpResponseRedirect(onwards(request, NewAddressCode.page))
    return TemplateResponse(
        request,
        "entrance/new_address.html",
        {"form": form, "now": now, "is_email": isinstance(form, NewEmailForm)},
        status=422 if form.errors else 200,
    )


class NewAddressCode(CodePage):
    purpose = Purpose.CHANGE_ADDRESS
    start = "account_email"
    page = "entrance:new_address_code"
    again = "entrance:new_address_code_again"

    @classmethod
    def send(cls, request: HttpRequest, address: LoginAddress, details: dict[str, str]) -> None:
        assert isinstance(request.user, User)  # noqa: S101 (the door saw to it)
        news = ("entrance/has_account", {"log_in": absolute(reverse("account_login"))})
        codes.send(
            request,
            cls.purpose,
            address,
            user=request.user,
            news_instead=news if address.is_taken(besides=request.user) else None,
        )

    def accept(self, request: HttpRequest, code: Code) -> HttpResponse:
        user = code.login()
        if user is None or user != request.user:
            return self.over(request)
        before = _same_kind(user, code.address)
        try:
            change_login_address(user=user, address=code.address, acting_user=user)
        except AddressTaken:
            return self.over(request)
        notify(user, "email_changed" if code.address.is_email else "phone_changed", to=before)
        messages.success(request, _("From now on you log in with the new address."))
        return redirect("my_account:security")


def _same_kind(user: User, address: LoginAddress) -> LoginAddress | None:
    """What the new address replaces, if there was one."""
    if address.is_email:
        return LoginAddress(EMAIL, user.email) if user.email else None
    return LoginAddress(SMS, str(user.phone)) if user.phone else None


new_address_code = logged_in(NewAddressCode.as_view())
send_new_address_code_again = logged_in(SendAgain.as_view(of=NewAddressCode))


@sensitive_post_parameters("password", "again")
@recently_proved
def set_password(request: OwnRequest) -> HttpResponse:
    """A first password or another one; nobody needs to have any."""
    had_one = request.user.has_usable_password()
    form = NewPasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        password_change.change_password(request.user, form.cleaned_data["password"])
        record(
            "login.password_set", actor=request.user.pk, of=request.user,
            person=request.user.person_id,
        )  # fmt: skip
        if had_one:
            password_change.finalize_password_change(request, request.user)
        else:
            password_change.finalize_password_set(request, request.user)
        return redirect("my_account:security")
    return TemplateResponse(
        request,
        "account/password_set.html",
        {"form": form, "had_one": had_one},
        status=422 if form.errors else 200,
    )
