from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from portal.accounts.models import PrivacyNotice
from portal.accounts.notices import current_notice
from portal.entrance import codes
from portal.entrance.actions.sign_up import sign_up as sign_up_action
from portal.entrance.addresses import LoginAddress
from portal.entrance.codes import Code, Purpose
from portal.entrance.forms import SignUpForm
from portal.entrance.logins import AddressTaken
from portal.entrance.views.code_pages import CodePage
from portal.entrance.ways import come_in, onwards
from portal.notifications.links import absolute
from tenants.binding import current_tenant


@never_cache
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask who somebody is; nothing is kept before the code shows that the address is theirs."""
    if current_tenant().is_leader:
        raise Http404
    if request.user.is_authenticated:
        return HttpResponseRedirect(onwards(request, "account_login"))
    form = SignUpForm(request.POST or None)
    notice = current_notice()
    if request.method == "POST" and form.is_valid():
        details = {
            "first_name": form.cleaned_data["first_name"],
            "last_name": form.cleaned_data["last_name"],
            "notice": str(notice.pk) if notice else "",
        }
        SignUpCode.send(request, form.cleaned_data["address"], details)
        return HttpResponseRedirect(onwards(request, SignUpCode.page))
    return TemplateResponse(
        request,
        "account/signup.html",
        {
            "form": form,
            "notice": _words_of(notice),
            "by_code": onwards(request, "account_login"),
        },
        status=422 if form.errors else 200,
    )


class SignUpCode(CodePage):
    purpose = Purpose.SIGN_UP
    start = "account_signup"
    page = "entrance:sign_up_code"
    again = "entrance:sign_up_code_again"

    @classmethod
    def send(cls, request: HttpRequest, address: LoginAddress, details: dict[str, str]) -> None:
        news = ("entrance/has_account", {"log_in": absolute(reverse("account_login"))})
        codes.send(
            request,
            cls.purpose,
            address,
            user=None,
            details=details,
            news_instead=news if address.is_taken() else None,
        )

    def accept(self, request: HttpRequest, code: Code) -> HttpResponse:
        notice = code.details["notice"]
        try:
            user = sign_up_action(
                address=code.address,
                first_name=code.details["first_name"],
                last_name=code.details["last_name"],
                language=get_language() or "pl",
                notice=PrivacyNotice.objects.get(pk=notice) if notice else None,
            )
        except AddressTaken:
            return HttpResponseRedirect(onwards(request, "account_login"))
        return come_in(request, user, by="code")


def _words_of(notice: PrivacyNotice | None) -> Any:
    if notice is None:
        return None
    return notice.texts.get(get_language()) or notice.texts.get("pl")
