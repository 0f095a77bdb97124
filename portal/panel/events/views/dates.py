"""One date: what it is, and everything that can be done with it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.actions.add_session import add_session
from events.actions.cancel_session import cancel_session
from events.actions.change_session import Details, change_session
from events.actions.open_places import open_places
from events.actions.remove_session import remove_session
from events.actions.set_aside_places import set_aside_places
from events.actions.set_capacity import set_capacity
from events.actions.skip_session import skip_session
from events.forms_editing.dates import CallOffForm, DetailsForm, SessionForm
from events.forms_editing.places import PlacesForm
from events.forms_editing.refusing import form_page, refusals_on
from events.models import Activity, Session
from events.session_lines import SessionLine
from events.states import is_public
from events.whom_to_tell import bookers_of, ways_to_tell
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.events.finding import activity_or_404, session_or_404
from portal.panel.refusing import refusals_told


@require_safe
@requires(Permission.SEE_EVENTS)
def session(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = session_or_404(pk)
    return TemplateResponse(
        request,
        "panel/events/session.html",
        {"line": SessionLine(found), "session": found, "activity": found.activity},
    )


@requires(Permission.EDIT_EVENTS)
def add(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = activity_or_404(pk)
    form = SessionForm(request.POST or None, activity=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            add_session(
                activity=found, span=form.span, arrangement=form.arrangement,
                acting_user=request.user,
            )  # fmt: skip
            messages.success(request, _("The date is added."))
            return redirect("panel:events:activity", pk)
    return form_page(request, "panel/events/session_add.html", form, activity=found)


@requires(Permission.EDIT_EVENTS)
def change(request: OwnRequest, pk: UUID) -> HttpResponse:
    """What is said about a date, and the help that is there."""
    found = session_or_404(pk)
    form = DetailsForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            change_session(
                session=found, details=Details(**form.cleaned_data), acting_user=request.user
            )
            messages.success(request, _("Saved."))
            return redirect("panel:events:session", pk)
    return form_page(
        request, "panel/events/session_change.html", form, **_about(session_or_404(pk))
    )


@requires(Permission.EDIT_EVENTS)
def places(request: OwnRequest, pk: UUID) -> HttpResponse:
    """How many may come on a date that is booked by itself."""
    found = session_or_404(pk)
    if found.activity.is_course:
        return redirect("panel:events:course_places", found.activity_id)
    back = redirect("panel:events:session", pk)
    return _places(request, found.activity, found, back)


@requires(Permission.EDIT_EVENTS)
def course_places(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = activity_or_404(pk)
    back = redirect("panel:events:activity", pk)
    return _places(request, found, None, back)


def _places(
    request: OwnRequest, activity: Activity, date: Session | None, back: HttpResponse
) -> HttpResponse:
    pool = activity.pool if date is None else date.pool
    form = PlacesForm(request.POST or None, initial=PlacesForm.as_they_are(pool))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            _set_places(request, activity, date, form)
            messages.success(request, _("The number of places is changed."))
            return back
    context = {"activity": activity} if date is None else _about(date)
    return form_page(request, "panel/events/places.html", form, pool=pool, **context)


@transaction.atomic
def _set_places(
    request: OwnRequest, activity: Activity, date: Session | None, form: PlacesForm
) -> None:
    """Places set aside first: people in line are offered what is free for everybody at the end."""
    pool = activity.pool if date is None else date.pool
    wanted, user = form.places, request.user
    if pool is None:
        open_places(activity=activity, session=date, places=wanted, acting_user=user)
        return
    set_aside_places(pool=pool, places=wanted, acting_user=user)
    if pool.capacity != wanted.capacity:
        set_capacity(pool=pool, capacity=wanted.capacity, acting_user=user)


@requires(Permission.EDIT_EVENTS)
def skip(request: OwnRequest, pk: UUID) -> HttpResponse:
    """One date of a series falls out."""
    return _call_off(request, pk, "panel/events/session_skip.html", skip_session)


@requires(Permission.EDIT_EVENTS)
def cancel(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _call_off(request, pk, "panel/events/session_cancel.html", cancel_session)


def _call_off(
    request: OwnRequest, pk: UUID, template: str, call_off: Callable[..., Session]
) -> HttpResponse:
    found = session_or_404(pk)
    form = CallOffForm(request.POST or None, initial={"note": found.note})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            call_off(session=found, note=form.cleaned_data["note"], acting_user=request.user)
            messages.success(request, _("The date is cancelled. Everybody booked is being told."))
            return redirect("panel:events:session", pk)
    people = list(bookers_of([found.places])) if found.places and is_public(found) else []
    return form_page(
        request,
        template,
        form,
        people=people,
        ways=ways_to_tell(people, "events/cancelled"),
        **_about(found),
    )


@requires(Permission.EDIT_EVENTS)
def remove(request: OwnRequest, pk: UUID) -> HttpResponse:
    """A date nobody has been shown."""
    found = session_or_404(pk)
    if request.method != "POST":
        return TemplateResponse(request, "panel/events/session_remove.html", _about(found))
    with refusals_told(request):
        remove_session(session=found, acting_user=request.user)
        messages.success(request, _("The date is removed."))
        return redirect("panel:events:activity", found.activity_id)
    return redirect("panel:events:session", pk)


def _about(found: Session) -> dict[str, object]:
    return {"session": found, "line": SessionLine(found), "activity": found.activity}
