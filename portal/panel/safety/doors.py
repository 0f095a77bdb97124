"""Only the two named people come in. To everybody else, whatever their role, there is no page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponseBase

from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from volunteering.safety import is_reader

P = ParamSpec("P")
View = Callable[Concatenate[OwnRequest, P], HttpResponseBase]


def readers_only(view: View[P]) -> View[P]:
    @logged_in
    @wraps(view)
    def wrapped(request: OwnRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not is_reader(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped
