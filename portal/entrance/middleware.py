from functools import partial

from asgiref.sync import sync_to_async
from django.contrib.auth import middleware
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from portal.accounts.limits import TooManyTries
from portal.entrance.second_factor import trusted_user
from portal.entrance.waiting import please_wait


class AuthenticationMiddleware(middleware.AuthenticationMiddleware):
    """``request.user`` is nobody until staff have shown their second factor, whatever asks.

    Lazily as in Django: a page that does not ask who it is for does not read the session.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(partial(trusted_user, request))  # type: ignore[assignment]
        request.auser = partial(sync_to_async(trusted_user), request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TooManyTries):
            return please_wait(request, exception.wait)
        return None
