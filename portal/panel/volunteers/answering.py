"""A page with one form: shown, shown again with what is wrong, or written and left."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from portal.entrance.requests import OwnRequest
from volunteering.refusals import TOLD

UNPROCESSABLE = 422


def sent(request: OwnRequest) -> QueryDict | None:
    """What was sent, also when all of it was left empty; None of a page that is only opened."""
    return request.POST if request.method == "POST" else None


def form_answer(  # noqa: PLR0913 (what differs between the pages)
    request: OwnRequest,
    template: str,
    form: forms.BaseForm,
    *,
    write: Callable[[], Any],
    done: str,
    to: str,
    context: dict[str, Any],
) -> HttpResponse:
    """
    Args:
        template: name below ``panel/volunteers/``, without its ending.
        write: calls the action; what it refuses is said on the form.
        done, to: the sentence when it is written, and the address to go on to.
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            write()
        except ValidationError as problem:
            form.add_error(None, problem)
        except TOLD as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, done)
            return redirect(to)
    if form.errors and status == 200:
        status = UNPROCESSABLE
    return TemplateResponse(
        request, f"panel/volunteers/{template}.html", {"form": form, **context}, status=status
    )
