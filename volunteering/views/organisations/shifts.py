"""Shifts of an organisation's opportunity: adding them, calling them off, who comes, who came."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.forms_editing.refusing import form_page, refusals_on
from events.views.organisations.finding import get_organisation_for, is_verified, not_verified
from portal.audit.models import record
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from volunteering.actions.add_shift import add_shift
from volunteering.actions.cancel_shift import cancel_shift
from volunteering.actions.change_shift_places import change_shift_places
from volunteering.actions.record_shift_attendance import record_shift_attendance
from volunteering.applicants import comers
from volunteering.forms.opportunities import CallOffShiftForm, ShiftForm, ShiftPlacesForm
from volunteering.opportunity_states import TAKES_SHIFTS
from volunteering.shift_lines import ShiftLine
from volunteering.views.organisations.finding import (
    get_opportunity_for,
    get_shift_for,
    get_task_for,
)
from volunteering.views.organisations.opportunities import told


@logged_in
def add(request: OwnRequest, pk: UUID, opportunity: UUID) -> HttpResponse:
    found = get_opportunity_for(request.user, pk, opportunity)
    organisation = get_organisation_for(request.user, pk)
    if not is_verified(organisation):
        return not_verified(request, organisation)
    form = ShiftForm(request.POST or None, opportunity=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            add_shift(
                opportunity=found, order=form.order, only_while=TAKES_SHIFTS,
                acting_user=request.user,
            )  # fmt: skip
            messages.success(request, _("The shift is added."))
            return redirect("my_volunteering:organisation_opportunity", pk, opportunity)
    return form_page(
        request, "volunteering/organisations/shift_add.html", form,
        organisation=organisation, opportunity=found,
    )  # fmt: skip


@require_safe
@logged_in
def shift(request: OwnRequest, pk: UUID, opportunity: UUID, shift: UUID) -> HttpResponse:
    """Who comes: first names; how to reach somebody only where they agreed to it."""
    found = get_shift_for(request.user, pk, opportunity, shift)
    organisation = get_organisation_for(request.user, pk)
    if not is_verified(organisation):
        return not_verified(request, organisation)
    people = comers(found)
    record("shift.viewed", actor=request.user.pk, of=found)
    for one in people:
        if one.phone or one.email:
            person = one.task.profile.person_id
            record("person.viewed", actor=request.user.pk, of=found, person=person)
    return TemplateResponse(
        request,
        "volunteering/organisations/shift.html",
        {
            "organisation": organisation,
            "opportunity": found.opportunity,
            "shift": found,
            "line": ShiftLine(found),
            "comers": people,
        },
    )


@logged_in
def places(request: OwnRequest, pk: UUID, opportunity: UUID, shift: UUID) -> HttpResponse:
    found = get_shift_for(request.user, pk, opportunity, shift)
    organisation = get_organisation_for(request.user, pk)
    if not is_verified(organisation):
        return not_verified(request, organisation)
    form = ShiftPlacesForm(request.POST or None, initial={"capacity": found.pool.capacity})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            change_shift_places(
                shift=found, places=form.cleaned_data["capacity"], acting_user=request.user
            )
            messages.success(request, _("The number of places is changed."))
            return redirect("my_volunteering:organisation_shift", pk, opportunity, shift)
    return form_page(
        request, "volunteering/organisations/shift_places.html", form,
        organisation=organisation, opportunity=found.opportunity, shift=found,
        line=ShiftLine(found),
    )  # fmt: skip


@logged_in
def cancel(request: OwnRequest, pk: UUID, opportunity: UUID, shift: UUID) -> HttpResponse:
    found = get_shift_for(request.user, pk, opportunity, shift)
    organisation = get_organisation_for(request.user, pk)
    if not is_verified(organisation):
        return not_verified(request, organisation)
    form = CallOffShiftForm(request.POST or None, initial={"note": found.note})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            cancel_shift(shift=found, note=form.cleaned_data["note"], acting_user=request.user)
            messages.success(request, _("The shift is called off. The volunteers are being told."))
            return redirect("my_volunteering:organisation_opportunity", pk, opportunity)
    return form_page(
        request, "volunteering/organisations/shift_cancel.html", form,
        organisation=organisation, opportunity=found.opportunity, shift=found,
        line=ShiftLine(found),
    )  # fmt: skip


@require_POST
@logged_in
def came(request: OwnRequest, pk: UUID, opportunity: UUID, shift: UUID, task: UUID) -> HttpResponse:
    return _record(request, pk, opportunity, shift, task, was_there=True)


@require_POST
@logged_in
def did_not_come(
    request: OwnRequest, pk: UUID, opportunity: UUID, shift: UUID, task: UUID
) -> HttpResponse:
    return _record(request, pk, opportunity, shift, task, was_there=False)


def _record(
    request: OwnRequest, pk: UUID, opportunity: UUID, shift: UUID, task: UUID, *, was_there: bool
) -> HttpResponse:
    found = get_task_for(request.user, pk, opportunity, shift, task)
    organisation = get_organisation_for(request.user, pk)
    if not is_verified(organisation):
        return not_verified(request, organisation)
    with told(request):
        record_shift_attendance(assignment=found, was_there=was_there, acting_user=request.user)
        messages.success(request, _("Written down."))
    return redirect("my_volunteering:organisation_shift", pk, opportunity, shift)
