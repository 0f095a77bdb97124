from datetime import timedelta
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache


@never_cache
def please_wait(request: HttpRequest, wait: timedelta) -> HttpResponse:
    """Too many tries: how long to wait, and whom to call meanwhile."""
    seconds = max(1, ceil(wait.total_seconds()))
    return TemplateResponse(
        request,
        "entrance/please_wait.html",
        {"minutes": ceil(seconds / 60)},
        status=429,
        headers={"Retry-After": str(seconds)},
    )
