"""One shift: what can be done with it, who comes, who came."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.forms_editing.refusing import form_page, refusals_on
from portal.accounts.people_search import search_people
from portal.accounts.permissions import Permission, may
from portal.audit.models import record
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.looking import note_listed
from portal.panel.opportunities.finding import opportunity_or_404, shift_or_404, task_or_404
from portal.panel.refusing import refusals_told
from portal.panel.views.people import asked
from volunteering.actions.add_shift import add_shift
from volunteering.actions.cancel_shift import cancel_shift
from volunteering.actions.change_shift_places import change_shift_places
from volunteering.actions.give_shift_back import give_shift_back
from volunteering.actions.open_shift_conversation import open_shift_conversation
from volunteering.actions.record_shift_attendance import record_shift_attendance
from volunteering.actions.take_shift import take_shift
from volunteering.applicants import tasks_of
from volunteering.forms.opportunities import CallOffShiftForm, ShiftForm, ShiftPlacesForm
from volunteering.models import Assignment, Shift, VolunteerProfile
from volunteering.refusals import RulesBroken
from volunteering.rules_in_words import FOR_ORGANISERS
from volunteering.shift_lines import ShiftLine

# People a search shows; more words find fewer.
FOUND = 20


@requires(Permission.EDIT_OPPORTUNITIES)
def add(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = opportunity_or_404(pk)
    form = ShiftForm(request.POST or None, opportunity=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            add_shift(opportunity=found, order=form.order, acting_user=request.user)
            messages.success(request, _("The shift is added."))
            return redirect("panel:opportunities:opportunity", pk)
    return form_page(request, "panel/opportunities/shift_add.html", form, opportunity=found)


@require_safe
@requires(Permission.SEE_OPPORTUNITIES)
def shift(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Who comes, for those who may see volunteers."""
    found = shift_or_404(pk)
    tasks = _tasks_shown(request, found)
    return TemplateResponse(
        request, "panel/opportunities/shift.html", {**_about(found), "tasks": tasks}
    )


@require_safe
@requires(Permission.SEE_VOLUNTEERS)
def sheet(request: OwnRequest, pk: UUID) -> HttpResponse:
    """To print, and to tick by hand who came."""
    found = shift_or_404(pk)
    tasks = _tasks_shown(request, found)
    return TemplateResponse(
        request, "panel/opportunities/sheet.html", {**_about(found), "tasks": tasks}
    )


def _tasks_shown(request: OwnRequest, found: Shift) -> list[Assignment]:
    if not may(request.user, Permission.SEE_VOLUNTEERS):
        return []
    tasks = list(tasks_of(found))
    record("shift.viewed", actor=request.user.pk, of=found)
    note_listed([task.profile.person_id for task in tasks], request.user)
    return tasks


@requires(Permission.EDIT_OPPORTUNITIES)
def places(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = shift_or_404(pk)
    form = ShiftPlacesForm(request.POST or None, initial={"capacity": found.pool.capacity})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            change_shift_places(
                shift=found, places=form.cleaned_data["capacity"], acting_user=request.user
            )
            messages.success(request, _("The number of places is changed."))
            return redirect("panel:opportunities:shift", pk)
    return form_page(request, "panel/opportunities/shift_places.html", form, **_about(found))


@requires(Permission.EDIT_OPPORTUNITIES)
def cancel(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = shift_or_404(pk)
    form = CallOffShiftForm(request.POST or None, initial={"note": found.note})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            cancel_shift(shift=found, note=form.cleaned_data["note"], acting_user=request.user)
            messages.success(request, _("The shift is called off. The volunteers are being told."))
            return redirect("panel:opportunities:shift", pk)
    return form_page(request, "panel/opportunities/shift_cancel.html", form, **_about(found))


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def talk(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Open the conversation of the team."""
    found = shift_or_404(pk)
    with refusals_told(request):
        conversation = open_shift_conversation(shift=found, acting_user=request.user)
        return redirect("panel:messages:conversation", conversation.pk)
    return redirect("panel:opportunities:shift", pk)


@require_POST
@requires(Permission.EDIT_VOLUNTEERS)
def came(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _record(request, pk, was_there=True)


@require_POST
@requires(Permission.EDIT_VOLUNTEERS)
def did_not_come(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _record(request, pk, was_there=False)


@require_safe
@requires(Permission.EDIT_VOLUNTEERS)
def choose(request: OwnRequest, pk: UUID) -> HttpResponse:
    """``?q=``: for a volunteer who calls, by name or phone number."""
    found, question = shift_or_404(pk), asked(request)
    volunteers = VolunteerProfile.objects.active().filter(person__in=search_people(question))
    matching = list(volunteers.select_related("person").in_order()[:FOUND])
    note_listed([one.person_id for one in matching], request.user)
    return TemplateResponse(
        request,
        "panel/opportunities/choose.html",
        {**_about(found), "question": question, "found": matching},
    )


@require_POST
@requires(Permission.EDIT_VOLUNTEERS)
def put(request: OwnRequest, pk: UUID, profile: UUID) -> HttpResponse:
    """A place for whoever called; what the law asks for is asked all the same."""
    found = shift_or_404(pk)
    volunteer = get_object_or_404(VolunteerProfile.objects.select_related("person"), pk=profile)
    with refusals_told(request):
        try:
            take_shift(shift=found, profile=volunteer, by_organiser=True, acting_user=request.user)
        except RulesBroken as refusal:
            reasons = ", ".join(str(FOR_ORGANISERS[code]) for code in refusal.codes)
            messages.error(request, f"{volunteer}: {reasons}")
        else:
            words = _("%(name)s has a place and gets a message.") % {"name": volunteer}
            messages.success(request, words)
    return redirect("panel:opportunities:shift", pk)


@require_POST
@requires(Permission.EDIT_VOLUNTEERS)
def give_back(request: OwnRequest, pk: UUID) -> HttpResponse:
    """For a volunteer who calls and cannot come."""
    found = task_or_404(pk)
    with refusals_told(request):
        give_shift_back(assignment=found, acting_user=request.user)
        messages.success(request, _("The place is free for somebody else."))
    return redirect("panel:opportunities:shift", found.shift_id)


def _record(request: OwnRequest, pk: UUID, *, was_there: bool) -> HttpResponse:
    found = task_or_404(pk)
    with refusals_told(request):
        record_shift_attendance(assignment=found, was_there=was_there, acting_user=request.user)
        messages.success(request, _("Written down."))
    return redirect("panel:opportunities:shift", found.shift_id)


def _about(found: Shift) -> dict[str, object]:
    return {"shift": found, "line": ShiftLine(found), "opportunity": found.opportunity}
