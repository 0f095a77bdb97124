"""Another time or place for a date: write it, see whom it concerns, do it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.actions.move_session import move_session
from events.forms_editing.dates import MoveForm
from events.forms_editing.refusing import form_page, refusals_on
from events.holidays import holiday_on
from events.message_words import when
from events.models import Session
from events.rooms import refuse_clashes
from events.session_lines import SessionLine
from events.states import is_public
from events.whom_to_tell import bookers_of, ways_to_tell
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.events.finding import session_or_404


@require_safe
@requires(Permission.EDIT_EVENTS)
def move(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = session_or_404(pk)
    return _form(request, found, MoveForm(initial=MoveForm.as_it_is(found)))


@require_POST
@requires(Permission.EDIT_EVENTS)
def check(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Whom it concerns, before it is done."""
    found, form = session_or_404(pk), MoveForm(request.POST)
    if not form.is_valid():
        return _form(request, found, form)
    span, where = form.span, form.cleaned_data["where"]
    with refusals_on(form):
        refuse_clashes(where.room, [span], besides=[found.pk])
    if form.errors:
        return _form(request, found, form)
    people = list(bookers_of([found.places])) if found.places and is_public(found) else []
    return TemplateResponse(
        request,
        "panel/events/move_check.html",
        {
            "form": form,
            "session": found,
            "line": SessionLine(found),
            "activity": found.activity,
            "new_when": when(span.starts_at, span.ends_at),
            "new_where": str(where),
            "holiday": holiday_on(span.day),
            "is_same": _is_same(found, form),
            "people": people,
            "ways": ways_to_tell(people, "events/moved"),
        },
    )


@require_POST
@requires(Permission.EDIT_EVENTS)
def change(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Back from the check, with the answers kept."""
    return _form(request, session_or_404(pk), MoveForm(request.POST))


@require_POST
@requires(Permission.EDIT_EVENTS)
def make(request: OwnRequest, pk: UUID) -> HttpResponse:
    found, form = session_or_404(pk), MoveForm(request.POST)
    if form.is_valid():
        where = form.cleaned_data["where"]
        with refusals_on(form):
            move_session(
                session=found, starts_at=form.span.starts_at, ends_at=form.span.ends_at,
                place=where.place, room=where.room, note=form.cleaned_data["note"],
                acting_user=request.user,
            )  # fmt: skip
            messages.success(request, _("Moved. Everybody booked is being told."))
            return redirect("panel:events:session", pk)
    return _form(request, found, form)


def _form(request: OwnRequest, found: Session, form: MoveForm) -> HttpResponse:
    return form_page(
        request, "panel/events/move.html", form, session=found, line=SessionLine(found),
        activity=found.activity,
    )  # fmt: skip


def _is_same(found: Session, form: MoveForm) -> bool:
    span, where = form.span, form.cleaned_data["where"]
    return (found.starts_at, found.ends_at, found.place, found.room) == (
        span.starts_at, span.ends_at, where.place, where.room,
    )  # fmt: skip
