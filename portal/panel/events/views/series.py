"""Many dates at once: how often, which dates that makes, made."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.actions.make_series import Order, make_series
from events.forms_editing.dates import SeriesForm, ticked
from events.forms_editing.refusing import form_page, refusals_on
from events.holidays import holiday_on
from events.models import Activity, Session
from events.recurrence import Span
from events.rooms import clashes
from events.session_lines import SessionLine
from events.shown import Times
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.events.finding import activity_or_404
from tenants.formats import hours
from tenants.keys import uuid7


class KeyForm(forms.Form):
    """Made with the list of dates: sent twice, it makes them once."""

    key = forms.UUIDField()


@dataclass(frozen=True)
class Planned:
    """A date that would be made.

    Attributes:
        clash: what takes place in the room then.
        same: a date the activity has already then.
    """

    span: Span
    is_ticked: bool
    clash: Session | None = None
    same: Session | None = None
    odd_hours: str = ""

    @property
    def times(self) -> Times:
        return Times(self.span.starts_at, self.span.ends_at)

    @property
    def hours(self) -> str:
        return hours(self.times.starts.time(), self.times.ends.time())

    @property
    def holiday(self) -> str:
        return holiday_on(self.span.day)

    @property
    def clash_line(self) -> SessionLine | None:
        return SessionLine(self.clash) if self.clash else None


@require_safe
@requires(Permission.EDIT_EVENTS)
def begin(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = activity_or_404(pk)
    return _form(request, found, SeriesForm(activity=found))


@require_POST
@requires(Permission.EDIT_EVENTS)
def check(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Exactly the dates that would be made."""
    found = activity_or_404(pk)
    form = SeriesForm(request.POST, activity=found)
    if not form.is_valid():
        return _form(request, found, form)
    return _list(request, found, form, uuid7())


@require_POST
@requires(Permission.EDIT_EVENTS)
def change(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Back from the list, with the answers kept."""
    found = activity_or_404(pk)
    return _form(request, found, SeriesForm(request.POST, activity=found))


@require_POST
@requires(Permission.EDIT_EVENTS)
def make(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = activity_or_404(pk)
    form, key = SeriesForm(request.POST, activity=found), KeyForm(request.POST)
    if not form.is_valid() or not key.is_valid():
        return _form(request, found, form)
    order = Order(
        pattern=form.pattern,
        arrangement=form.arrangement,
        key=key.cleaned_data["key"],
        chosen=ticked(request.POST.getlist("on")),
    )
    if not order.chosen:
        form.add_error(None, _("Tick at least one date."))
        return _list(request, found, form, order.key, chosen=[])
    with refusals_on(form, has_fields=False):
        made = make_series(activity=found, order=order, acting_user=request.user)
        messages.success(request, _dates_made(made.sessions.count()))
        return redirect("panel:events:activity", pk)
    return _list(request, found, form, order.key, chosen=request.POST.getlist("on"))


def _form(request: OwnRequest, activity: Activity, form: SeriesForm) -> HttpResponse:
    return form_page(request, "panel/events/series.html", form, activity=activity)


def _list(
    request: OwnRequest,
    activity: Activity,
    form: SeriesForm,
    key: UUID,
    chosen: list[str] | None = None,
) -> HttpResponse:
    planned = _planned(activity, form, chosen)
    return TemplateResponse(
        request,
        "panel/events/series_check.html",
        {
            "activity": activity,
            "form": form,
            "key": key,
            "planned": planned,
            "free": sum(one.clash is None for one in planned),
            "where": str(form.cleaned_data["where"]),
            "rhythm": dict(form.fields["rhythm"].choices)[form.cleaned_data["rhythm"]],  # type: ignore[attr-defined]
        },
        status=422 if form.errors else 200,
    )


def _planned(activity: Activity, form: SeriesForm, chosen: list[str] | None) -> list[Planned]:
    """What cannot be made, and what is there already, is not ticked."""
    spans = form.pattern.spans()
    taken = clashes(form.cleaned_data["where"].room, spans)
    own = activity.sessions.exclude(status=Session.Status.CANCELLED)
    there = {session.starts_at: session for session in own}
    now = timezone.now()
    return [
        Planned(
            span,
            is_ticked=(
                span not in taken
                and span.starts_at > now
                and (
                    span.starts_at not in there
                    if chosen is None
                    else span.day.isoformat() in chosen
                )
            ),
            clash=taken.get(span),
            same=there.get(span.starts_at),
            odd_hours=_odd_hours(span, form),
        )
        for span in spans
    ]


def _odd_hours(span: Span, form: SeriesForm) -> str:
    """What the clocks say where they are changed in that night; "" on every other day."""
    times = Times(span.starts_at, span.ends_at)
    meant = (form.cleaned_data["starts"], form.cleaned_data["ends"])
    read = (times.starts.time(), times.ends.time())
    return "" if read == meant else hours(*read)


def _dates_made(number: int) -> str:
    return ngettext("%(number)d date is made.", "%(number)d dates are made.", number) % {
        "number": number
    }
