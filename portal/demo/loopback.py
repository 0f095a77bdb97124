"""The demo's own pages answer this very machine only."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

P = ParamSpec("P")
LOOPBACK = {"127.0.0.1", "::1"}
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def from_here(view: View[P]) -> View[P]:
    """The address of the connection itself counts: a forwarded one can be written by anybody."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if (
            request.META.get("REMOTE_ADDR") not in LOOPBACK
            or "HTTP_X_FORWARDED_FOR" in request.META
        ):
            return HttpResponseForbidden(_("The demo can be entered from this machine only."))
        return view(request, *args, **kwargs)

    return wrapped
