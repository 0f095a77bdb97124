"""Dates of a proposal, and who comes to what is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.actions.add_session import add_session
from events.actions.make_series import Order, make_series
from events.actions.remove_session import remove_session
from events.forms_editing.dates import RepeatedForm
from events.forms_editing.refusing import form_page, refusals_on
from events.models import Activity, Booking, Participation, Session
from events.session_lines import SessionLine
from events.states import OPEN_TO_ITS_ORGANISATION
from events.views.organisations.finding import (
    get_activity_for,
    get_organisation_for,
    get_session_for,
    is_verified,
    not_verified,
)
from portal.accounts.models import Person
from portal.accounts.refusals import Refused
from portal.audit.models import record
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.paging import page_of


@logged_in
def add(request: OwnRequest, pk: UUID, activity: UUID) -> HttpResponse:
    """One date, or the same every week."""
    found = get_activity_for(request.user, pk, activity)
    form = RepeatedForm(request.POST or None, activity=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            number = _add(form, found, request)
            words = ngettext("%(number)d date is added.", "%(number)d dates are added.", number)
            messages.success(request, words % {"number": number})
            return redirect("my_events:organisation_activity", pk, activity)
    return form_page(
        request, "events/organisations/date_add.html", form, activity=found,
        organisation=found.organisation,
    )  # fmt: skip


def _add(form: RepeatedForm, found: Activity, request: OwnRequest) -> int:
    user, open_while = request.user, OPEN_TO_ITS_ORGANISATION
    if form.cleaned_data["weeks"] == 1:
        add_session(
            activity=found, span=form.span, arrangement=form.arrangement, only_while=open_while,
            acting_user=user,
        )  # fmt: skip
        return 1
    order = Order(pattern=form.pattern, arrangement=form.arrangement)
    made = make_series(activity=found, order=order, only_while=open_while, acting_user=user)
    return made.sessions.count()


@require_POST
@logged_in
def remove(request: OwnRequest, pk: UUID, activity: UUID, session: UUID) -> HttpResponse:
    found = get_session_for(request.user, pk, activity, session)
    try:
        remove_session(session=found, only_while=OPEN_TO_ITS_ORGANISATION, acting_user=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The date is removed."))
    return redirect("my_events:organisation_activity", pk, activity)


@dataclass(frozen=True)
class Party:
    """A booking as much of it as its people agreed to show.

    Attributes:
        names: none where they did not.
    """

    code: str
    number: int
    names: list[str]
    phone: str
    email: str


@require_safe
@logged_in
def participants(request: OwnRequest, pk: UUID, activity: UUID, session: UUID) -> HttpResponse:
    """Who has a place: by the code of the booking, and by name where the people agreed."""
    found = get_session_for(request.user, pk, activity, session)
    organisation = get_organisation_for(request.user, pk)
    if not is_verified(organisation):
        return not_verified(request, organisation)
    bookings = page_of(_bookings(found), request, 50)
    _note(request, found, bookings)
    return TemplateResponse(
        request,
        "events/organisations/participants.html",
        {
            "organisation": organisation,
            "activity": found.activity,
            "line": SessionLine(found),
            "bookings": bookings,
            "parties": [_party(booking) for booking in bookings],
            "people": Participation.objects.with_a_place().filter(pool=found.places).count(),
        },
    )


def _bookings(session: Session) -> QuerySet[Booking]:
    coming = Participation.objects.with_a_place().filter(pool=session.places)
    return (
        Booking.objects.filter(pk__in=coming.values("booking"))
        .select_related("booker")
        .prefetch_related(
            Prefetch("participations", coming.select_related("person"), to_attr="coming")
        )
        .order_by("created_at", "id")
    )


def _party(booking: Booking) -> Party:
    coming: list[Participation] = booking.coming  # type: ignore[attr-defined]
    booker: Person = booking.booker
    return Party(
        code=booking.readable_code,
        number=len(coming),
        names=[str(one.person) for one in coming] if booking.shows_names else [],
        phone=booker.phone.as_national if booking.shows_contact and booker.phone else "",
        email=booker.email if booking.shows_contact else "",
    )


def _note(request: OwnRequest, session: Session, bookings: Iterable[Booking]) -> None:
    """Who saw whose name or number."""
    record("participants.viewed", actor=request.user.pk, of=session)
    for booking in bookings:
        if booking.shows_contact:
            record("person.viewed", actor=request.user.pk, of=session, person=booking.booker_id)
