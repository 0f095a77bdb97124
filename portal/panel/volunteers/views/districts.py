"""Parts of the gmina: what volunteers and those who ask for help choose from."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.refusing import refusals_told
from portal.panel.volunteers.answering import form_answer, sent
from portal.panel.volunteers.forms import DistrictForm
from volunteering.actions.remove_district import remove_district
from volunteering.actions.save_district import save_district
from volunteering.models import District


def _with_numbers() -> "QuerySet[District]":
    return District.objects.annotate(
        of_volunteers=Count("volunteers", distinct=True),
        of_requests=Count("help_requests", distinct=True),
    )


@require_safe
@requires(Permission.SEE_VOLUNTEERS)
def districts(request: OwnRequest) -> HttpResponse:
    return TemplateResponse(
        request, "panel/volunteers/districts.html", {"districts": _with_numbers()}
    )


@requires(Permission.EDIT_VOLUNTEERS)
def add(request: OwnRequest) -> HttpResponse:
    return _form(request, District(), "")


@requires(Permission.EDIT_VOLUNTEERS)
def change(request: OwnRequest, pk: UUID) -> HttpResponse:
    district = get_object_or_404(_with_numbers(), pk=pk)
    return _form(request, district, district.name)


def _form(request: OwnRequest, district: District, name: str) -> HttpResponse:
    """``name`` as it was: the form has put what was typed into the row."""
    form = DistrictForm(sent(request), instance=district)
    return form_answer(
        request, "district", form,
        write=lambda: save_district(district=district, acting_user=request.user),
        done=_("The part of the gmina is saved."), to=reverse("panel:volunteers:districts"),
        context={"district": district, "name": name},
    )  # fmt: skip


@requires(Permission.EDIT_VOLUNTEERS)
def remove(request: OwnRequest, pk: UUID) -> HttpResponse:
    district = get_object_or_404(_with_numbers(), pk=pk)
    if request.method != "POST":
        return TemplateResponse(
            request, "panel/volunteers/district_remove.html", {"district": district}
        )
    with refusals_told(request):
        remove_district(district=district, acting_user=request.user)
        messages.success(request, _("%(name)s is off the list.") % {"name": district.name})
    return redirect("panel:volunteers:districts")
