"""What a view puts before itself: who must be logged in, and who may do it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from portal.accounts.permissions import Permission, may

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
View = Callable[Concatenate[R, P], HttpResponseBase]


def logged_in(view: View[R, P]) -> View[R, P]:
    """Whoever is nobody logs in first, and comes back.

    Staff who have not shown their second factor are nobody: see ``portal.entrance.middleware``.
    """

    @never_cache
    @wraps(view)
    def wrapped(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        return view(request, *args, **kwargs)

    return wrapped


def requires(permission: Permission) -> Callable[[View[R, P]], View[R, P]]:
    """:func:`logged_in`, and the user may do it; the others are told so."""

    def decorate(view: View[R, P]) -> View[R, P]:
        @logged_in
        @wraps(view)
        def wrapped(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not may(request.user, permission):
                return forbidden(request)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def forbidden(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "entrance/forbidden.html", status=403)
