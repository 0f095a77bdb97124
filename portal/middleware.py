from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

_PREFIXES = {f"/{code}": code for code, _name in settings.LANGUAGES if code != "pl"}


class LanguageMiddleware:
    """The language of the interface is in the URL and nowhere else.

    Django's own middleware would look at cookies and Accept-Language and answer ``Vary``, which
    makes one URL mean several pages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first_part = "/" + request.path_info.split("/", 2)[1]
        language = _PREFIXES.get(first_part, settings.LANGUAGE_CODE)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
            return response
