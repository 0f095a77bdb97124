"""Doors that ask somebody who is logged in to show again who they are."""

from functools import wraps
from typing import ParamSpec, TypeVar

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from portal.accounts.models import User
from portal.entrance.doors import View, logged_in
from portal.entrance.second_factor import is_recently_proved
from portal.entrance.ways import with_next

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


def recently_proved(view: View[R, P]) -> View[R, P]:
    """For changes to the login itself: whoever sits down at an open session cannot make them."""

    @logged_in
    @wraps(view)
    def wrapped(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and not is_recently_proved(request, user):
            ways = get_adapter().get_reauthentication_methods(user)
            return HttpResponseRedirect(with_next(ways[0]["url"], request.get_full_path()))
        return view(request, *args, **kwargs)

    return wrapped
