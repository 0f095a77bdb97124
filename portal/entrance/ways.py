"""Where people go from the entrance, and how they come in."""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.models import User


def next_page(request: HttpRequest) -> str:
    """Where somebody was going when a door stopped them: on this site, or "" for nowhere."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""


def onwards(request: HttpRequest, name: str) -> str:
    """The address of a page of ours that does not forget where somebody was going."""
    return with_next(reverse(name), next_page(request))


def with_next(url: str, wanted: str) -> str:
    return f"{url}?{urlencode({'next': wanted})}" if wanted else url


def come_in(request: HttpRequest, user: User, *, by: str, to: str = "") -> HttpResponse:
    """Log in somebody who has shown who they are; the second factor, if any, is asked for now."""
    record_authentication(request, user, method=by)
    response: HttpResponse = perform_login(
        request, user, redirect_url=to or next_page(request) or None
    )
    return response
