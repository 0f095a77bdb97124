"""Erasing a person: what goes, what the law keeps, and a page that says so."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from portal.accounts.actions.erase_person import erase_person
from portal.accounts.models import Erasure
from portal.accounts.permissions import Permission
from portal.accounts.privacy import declarations, locks_on
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.finding import person_or_404
from portal.panel.forms import ErasureForm
from portal.panel.refusing import refusals_told


@requires(Permission.ERASE_PEOPLE)
def erase(request: OwnRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(pk)
    form = ErasureForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            erasure = erase_person(person=person, acting_user=request.user)
            return redirect("panel:erased", erasure.pk)
    return TemplateResponse(
        request,
        "panel/erase.html",
        {
            "form": form,
            "person": person,
            "kept": locks_on(person),
            "declarations": list(declarations()),
        },
    )


@require_safe
@requires(Permission.ERASE_PEOPLE)
def erased(request: OwnRequest, pk: UUID) -> HttpResponse:
    """A page to print for whoever asked: it no longer knows their name."""
    erasure = get_object_or_404(Erasure, pk=pk)
    kept = [(lock["basis"], date.fromisoformat(lock["until"])) for lock in erasure.kept]
    return TemplateResponse(request, "panel/erased.html", {"erasure": erasure, "kept": kept})
