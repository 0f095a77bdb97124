"""The link by which whoever asked for help manages it, without a login. Nothing of it is stored:
see ``events.links``."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from events.codes import normal
from tenants import signing
from volunteering.models import HelpRequest
from volunteering.refusals import LinkExpired

LASTS_AFTER_THE_END = timedelta(days=30)
_PURPOSE = "help request"


def request_path(request: HelpRequest) -> str:
    """In the language being spoken."""
    return reverse("volunteering:request", args=link_of(request))


def link_of(request: HelpRequest) -> tuple[str, str]:
    """Code and token, for the addresses below the request's own."""
    return request.code, signing.stamp(_stamped(request), purpose=_PURPOSE)


def request_for(code: str, token: str) -> HelpRequest:
    """
    Raises:
        LinkExpired: it never was right, a newer one was made, or all is long over.
    """
    request = (
        HelpRequest.objects.select_related("requester", "asked_by", "district")
        .filter(code=normal(code))
        .first()
    )
    if request is None or not signing.is_stamp_of(
        token.lower(), _stamped(request), purpose=_PURPOSE
    ):
        raise LinkExpired
    if request.ends_at + LASTS_AFTER_THE_END < timezone.now():
        raise LinkExpired
    return request


def _stamped(request: HelpRequest) -> str:
    return f"{request.pk}:{request.link_version}"
