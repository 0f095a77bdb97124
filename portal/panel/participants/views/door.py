"""At the door, with a telephone in hand: who is there."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.actions.mark_no_shows import mark_no_shows
from events.actions.record_attendance import record_attendance
from events.actions.undo_attendance import undo_attendance
from events.models import Attendance, Participation, Session
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.participants import lists
from portal.panel.participants.finding import session_or_404
from portal.panel.participants.heads import head_of
from portal.panel.refusing import refusals_told

# Last word of the address → what it says.
STATES = {
    "obecny": Attendance.State.ATTENDED,
    "usprawiedliwiony": Attendance.State.EXCUSED,
    "nieobecny": Attendance.State.NO_SHOW,
}


@require_safe
@requires(Permission.RUN_EVENTS)
def check_in(request: OwnRequest, pk: UUID) -> HttpResponse:
    session = session_or_404(pk)
    head = head_of(session)
    if head.pool is None:
        return TemplateResponse(request, "panel/participants/no_booking.html", {"head": head})
    rows = lists.expected(session)
    return TemplateResponse(
        request,
        "panel/participants/check_in.html",
        {
            "head": head,
            "letters": lists.by_letter(rows),
            "expected": len(rows),
            "there": sum(row.state == Attendance.State.ATTENDED for row in rows),
            "open": sum(not row.state for row in rows),
        },
    )


@require_POST
@requires(Permission.RUN_EVENTS)
def write_down(request: OwnRequest, pk: UUID, participation: UUID, state: str) -> HttpResponse:
    session, person = _on_the_list(pk, participation)
    if state not in STATES:
        raise Http404
    with refusals_told(request):
        record_attendance(
            participation=person, session=session, state=STATES[state], acting_user=request.user
        )
    return _back(session, person)


@require_POST
@requires(Permission.RUN_EVENTS)
def undo(request: OwnRequest, pk: UUID, participation: UUID) -> HttpResponse:
    session, person = _on_the_list(pk, participation)
    with refusals_told(request):
        undo_attendance(participation=person, session=session, acting_user=request.user)
    return _back(session, person)


@requires(Permission.RUN_EVENTS)
def finish(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Whoever is not written down did not come."""
    session = session_or_404(pk)
    rows = lists.expected(session)
    if request.method != "POST":
        missing = [row for row in rows if not row.state]
        context = {"head": head_of(session), "missing": missing}
        return TemplateResponse(request, "panel/participants/finish.html", context)
    with refusals_told(request):
        number = mark_no_shows(session=session, acting_user=request.user)
        messages.success(
            request,
            ngettext(
                "Written down: %(number)d person did not come.",
                "Written down: %(number)d people did not come.",
                number,
            )
            % {"number": number}
            if number
            else _("Everybody is written down."),
        )
    return redirect("panel:participants:check_in", pk)


def _on_the_list(pk: UUID, participation: UUID) -> tuple[Session, Participation]:
    """The date, and somebody of its list."""
    session = session_or_404(pk)
    people = Participation.objects.select_related("person")
    return session, get_object_or_404(people, pk=participation, pool=session.places)


def _back(session: Session, person: Participation) -> HttpResponse:
    """To where one was in the list."""
    page = reverse("panel:participants:check_in", args=[session.pk])
    return redirect(f"{page}#osoba-{person.pk}")
