"""My bookings: what somebody logged in has booked, or was booked for, and their calendar of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from events.actions.make_calendar_feed import make_calendar_feed
from events.actions.revoke_calendar_feed import revoke_calendar_feed
from events.links import manage_path
from events.models import Booking, CalendarFeed, Participation, Session
from events.occasions import Occasion
from events.views.booking.facts import Facts, facts_of
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.notifications.links import absolute
from portal.paging import page_of

Status = Participation.Status


@dataclass(frozen=True)
class Line:
    """One booking in the list; ``link`` is "" for what somebody else booked for me."""

    booking: Booking
    facts: Facts
    people: Sequence[Participation]
    is_mine: bool

    @property
    def link(self) -> str:
        return manage_path(self.booking) if self.is_mine else ""

    @property
    def active(self) -> list[Participation]:
        return [one for one in self.people if one.status in Participation.ACTIVE]

    @property
    def names(self) -> str:
        shown = self.active or self.people
        return ", ".join(str(one.person) for one in shown)

    @property
    def has_offer(self) -> bool:
        entry = getattr(self.booking, "entry", None)
        return self.is_mine and entry is not None and entry.state == "offered"

    @property
    def state(self) -> str:
        """The one that asks for something comes first."""
        statuses = {one.status for one in self.people}
        if self.facts.occasion.is_cancelled:
            return "cancelled"
        if self.has_offer:
            return "offer"
        for status in (
            Status.UNVERIFIED, Status.WAITING, Status.PENDING_APPROVAL, Status.CONFIRMED,
        ):  # fmt: skip
            if status in statuses:
                return str(status)
        if statuses == {Status.CANCELLED_BY_ORGANISER}:
            return "refused"
        return "given_back"


@require_safe
@logged_in
def bookings(request: OwnRequest) -> HttpResponse:
    people = everybody_who_is(request.user.person)
    now = timezone.now()
    mine = _bookings_of(people)
    coming = _lines(mine.filter(ends_at__gt=now).order_by("begins_at", "created_at"), people)
    over = page_of(mine.filter(ends_at__lte=now).order_by("-begins_at", "-created_at"), request)
    return TemplateResponse(
        request,
        "events/booking/my_bookings.html",
        {
            "coming": coming,
            "over": _lines(over.object_list, people),
            "pages": over,
            "has_calendar": CalendarFeed.objects.filter(person=request.user.person).exists(),
        },
    )


@require_POST
@logged_in
def make_calendar(request: OwnRequest) -> HttpResponseBase:
    """The address is shown now and never again: only its digest is kept."""
    token = make_calendar_feed(person=request.user.person, acting_user=request.user)
    address = absolute(reverse("events:private_feed", args=[token]))
    return TemplateResponse(request, "events/booking/calendar_made.html", {"address": address})


@logged_in
def revoke_calendar(request: OwnRequest) -> HttpResponseBase:
    if request.method == "POST":
        revoke_calendar_feed(person=request.user.person, acting_user=request.user)
        return redirect("my_events:bookings")
    return TemplateResponse(request, "events/booking/calendar_revoke.html")


def _bookings_of(people: Iterable[Person]) -> QuerySet[Any]:
    """With when they begin and end; a course with its first and its last date."""
    ids = [person.pk for person in people]
    taking_part = Participation.objects.filter(person__in=ids).values("booking")
    return (
        Booking.objects.filter(Q(booker__in=ids) | Q(pk__in=taking_part))
        .annotate(
            begins_at=Coalesce(
                "pool__session__starts_at", Min("pool__course__sessions__starts_at"),
                output_field=DateTimeField(),
            ),
            ends_at=Coalesce(
                "pool__session__ends_at", Max("pool__course__sessions__ends_at"),
                output_field=DateTimeField(),
            ),
        )
        .select_related("pool", "entry")
        .prefetch_related("participations__person")
    )  # fmt: skip


def _lines(bookings: Iterable[Booking], people: Iterable[Person]) -> list[Line]:
    rows = list(bookings)
    occasions = _occasions(rows)
    mine = {person.pk for person in people}
    return [
        Line(
            booking,
            facts_of(occasions[booking.pool_id]),
            # Of what somebody else booked I see that I take part, not who else does.
            [
                one
                for one in booking.participations.all()
                if booking.booker_id in mine or one.person_id in mine
            ],
            is_mine=booking.booker_id in mine,
        )
        for booking in rows
        if booking.pool_id in occasions
    ]


def _occasions(bookings: Sequence[Booking]) -> dict[UUID, Occasion]:
    """What each is for; two queries for all of them."""
    pools = {booking.pool_id: booking.pool for booking in bookings}
    sessions = (
        Session.objects.of_pools(pools)
        .select_related("activity", "place", "room")
        .prefetch_related("activity__texts")
        .in_order()
    )
    dates: dict[UUID, list[Session]] = defaultdict(list)
    for session in sessions:
        pool = session.activity.pool_id or session.pool_id
        if pool is not None:
            dates[pool].append(session)
    return {
        pool: Occasion(
            pool=pools[pool],
            activity=every[0].activity,
            sessions=(going := tuple(one for one in every if not one.is_cancelled)),
            first=(going or every)[0],
            ends_at=_last(every),
        )
        for pool, every in dates.items()
    }


def _last(sessions: Sequence[Session]) -> datetime:
    return max(session.ends_at for session in sessions)
