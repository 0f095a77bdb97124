"""One question on its page: where it stands, what it is about, how long the places are kept."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from events.views.booking.facts import facts_of
from events.views.booking.journey import Journey


def question(
    request: HttpRequest,
    journey: Journey,
    step: str,
    form: forms.Form | None,
    template: str,
    **context: Any,
) -> HttpResponse:
    return TemplateResponse(
        request,
        template,
        {
            "form": form,
            "journey": journey,
            "facts": facts_of(journey.occasion),
            "draft": journey.draft,
            "step": step,
            "number": journey.number_of(step),
            "total": journey.total,
            "back": journey.before(step),
            **context,
        },
        status=422 if form is not None and form.errors else 200,
    )
