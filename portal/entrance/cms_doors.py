"""The editors' admin has no doors of its own: it is entered, left and staffed through ours."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.entrance.doors import forbidden
from portal.entrance.ways import next_page, with_next

# Roles come by invitation and Wagtail's groups follow them: nobody is made or changed there.
_SHUT_NAMESPACES = {"wagtailusers_users", "wagtailusers_groups"}
_SHUT_MODELS = {("accounts", "user"), ("auth", "group")}


def through_our_doors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator for every URL of Wagtail's admin."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match = request.resolver_match
        assert match is not None  # noqa: S101 (a view is running)
        if match.url_name == "wagtailadmin_login":
            return login(request)
        if match.url_name == "wagtailadmin_logout":
            return leave(request)
        if _is_shut(match):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends whoever may not enter: to our login, unless they are logged in."""
    if request.user.is_authenticated:
        return forbidden(request)
    return redirect(with_next(reverse("account_login"), next_page(request)))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("account_login")


def _is_shut(match: ResolverMatch) -> bool:
    return bool(
        _SHUT_NAMESPACES.intersection(match.namespaces)
        or (match.kwargs.get("app_label"), match.kwargs.get("model_name")) in _SHUT_MODELS
    )
