"""A refusal of an action is said on the form, where the answers are kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.response import TemplateResponse

from events.editing_refusals import KindIsFixed, RoomTaken
from events.refusals import CapacityBelowTaken
from portal.accounts.refusals import Refused

# Where on a form the refusal belongs, if the form asks for it.
_FIELDS: Mapping[type[Refused], str] = {
    CapacityBelowTaken: "capacity",
    KindIsFixed: "kind",
    RoomTaken: "where",
}


@contextmanager
def refusals_on(form: forms.BaseForm, *, has_fields: bool = True) -> Iterator[None]:
    """
    Args:
        has_fields: False where the page that opens next shows no fields to point at.
    """
    try:
        yield
    except Refused as refusal:
        field = _FIELDS.get(type(refusal), "")
        is_there = has_fields and field in form.fields
        form.add_error(field if is_there else None, str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)


def form_page(
    request: HttpRequest, template: str, form: forms.BaseForm, **context: Any
) -> TemplateResponse:
    """422 for answers that cannot be: they are kept, and what is wrong is said."""
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, template, {"form": form, **context}, status=status)
