"""What cannot be done about a request for help: the code, the status, the sentence, a way on."""

from datetime import timedelta
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from volunteering.refusals import Told, retry_after


def refused(request: HttpRequest, refusal: Told, *, back: str = "") -> HttpResponse:
    return TemplateResponse(
        request,
        "volunteering/asking/refused.html",
        {"refusal": refusal, "back": back},
        status=refusal.status,
        headers=retry_after(refusal),
    )


def too_many(request: HttpRequest, wait: timedelta) -> HttpResponse:
    seconds = max(1, ceil(wait.total_seconds()))
    return TemplateResponse(
        request,
        "volunteering/asking/too_many.html",
        {"minutes": ceil(seconds / 60)},
        status=429,
        headers={"Retry-After": str(seconds)},
    )
