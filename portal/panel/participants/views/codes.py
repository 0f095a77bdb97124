"""A slip is shown at the door: its code is scanned or typed."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.actions.record_attendance import record_attendance
from events.codes import normal
from events.models import Attendance, Booking, Participation, Session
from events.occasions import occasion_of
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.participants.finding import session_or_404
from portal.panel.participants.heads import when
from portal.panel.refusing import refusals_told

LONGEST = 20


@require_safe
@requires(Permission.RUN_EVENTS)
def typed(request: OwnRequest) -> HttpResponse:
    """``?kod=``; without one, where to type it."""
    code = normal(request.GET.get("kod", ""))[:LONGEST]
    if code:
        return redirect("panel:participants:code", code)
    return TemplateResponse(request, "panel/participants/code_unknown.html", {"code": ""})


@require_safe
@requires(Permission.RUN_EVENTS)
def code(request: OwnRequest, code: str) -> HttpResponse:
    """Who it is and what of today they are booked for; opening it changes nothing."""
    booking = _booking(code)
    if booking is None:
        return _unknown(request, code)
    people = list(booking.participations.active().select_related("person").order_by("ordinal"))
    with_place = [one for one in people if one.status in Participation.WITH_A_PLACE]
    dates = occasion_of(booking.pool).sessions
    today = [date for date in dates if _is_today(date)]
    ahead = [date for date in dates if date.starts_at > timezone.now() and date not in today]
    known = Attendance.objects.filter(participation__in=with_place, session__in=today)
    written = {(row.session_id, row.participation_id): row for row in known}
    return TemplateResponse(
        request,
        "panel/participants/code.html",
        {
            "booking": booking,
            "title": occasion_of(booking.pool).activity.title,
            "today": [
                (date, [(one, written.get((date.pk, one.pk))) for one in with_place])
                for date in today
            ],
            "waits": any(one.status == Participation.Status.WAITING for one in people),
            "is_given_back": not people,
            "is_cancelled": not dates,
            "next": when(ahead[0]) if ahead else "",
        },
    )


@require_POST
@requires(Permission.RUN_EVENTS)
def check_in(request: OwnRequest, code: str, session: UUID) -> HttpResponse:
    """Those of the party who are ticked are there."""
    booking, date = _booking(code), session_or_404(session)
    if booking is None:
        return _unknown(request, code)
    people = booking.participations.active().select_related("person")
    form = _WhoForm(request.POST, people=people)
    if not form.is_valid():
        messages.error(request, _("Tick who is there."))
        return redirect("panel:participants:code", booking.code)
    with refusals_told(request):
        for person in form.chosen:
            record_attendance(
                participation=person,
                session=date,
                state=Attendance.State.ATTENDED,
                means=Attendance.Means.CODE,
                acting_user=request.user,
            )
        messages.success(request, _there(form.chosen))
    return redirect(f"{reverse('panel:participants:check_in', args=[date.pk])}#kod")


class _WhoForm(forms.Form):
    people = forms.ModelMultipleChoiceField(Participation.objects.none())

    def __init__(self, *args: object, people: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["people"].queryset = people  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Participation]:
        return list(self.cleaned_data["people"])


def _unknown(request: OwnRequest, code: str) -> HttpResponse:
    context = {"code": code[:LONGEST]}
    return TemplateResponse(request, "panel/participants/code_unknown.html", context, status=404)


def _booking(code: str) -> Booking | None:
    return Booking.objects.select_related("pool", "booker").filter(code=normal(code)).first()


def _is_today(session: Session) -> bool:
    """Also what began yesterday evening and still goes on."""
    now = timezone.now()
    starts_on = timezone.localdate(session.starts_at)
    return starts_on == timezone.localdate() or session.starts_at <= now < session.ends_at


def _there(people: list[Participation]) -> str:
    names = ", ".join(str(one.person) for one in people)
    return ngettext("%(names)s is there.", "%(names)s are there.", len(people)) % {"names": names}
