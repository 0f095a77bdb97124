"""What a volunteer cannot do: the code, the status, the sentence, and the way on."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from volunteering.refusals import Told, retry_after

_HEADINGS: dict[str, Promise] = {
    "already_filled": _("Somebody is helping already"),
    "invitation_expired": _("The time to answer has passed"),
    "time_overlap": _("You are busy at that time"),
    "rules_broken": _("Something is missing before you can help"),
    "not_needed": _("This is no longer needed"),
    "too_late": _("It is too late to do this here"),
    "too_early": _("It is too early for this"),
    "busy": _("Please wait a moment"),
    "already_changed": _("Something has changed meanwhile"),
}


def refused(request: HttpRequest, refusal: Told, *, back: str) -> HttpResponse:
    heading = _HEADINGS.get(refusal.code, _("This cannot be done now"))
    return TemplateResponse(
        request,
        "volunteering/tasks/refused.html",
        {"refusal": refusal, "heading": heading, "back": back},
        status=refusal.status,
        headers=retry_after(refusal),
    )
