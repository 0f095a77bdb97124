"""What activities ask of the office today: the blocks of the Today page, and all of each on a page
of its own."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import (
    Booking,
    CapacityPool,
    Offer,
    Participation,
    Session,
    TransportRequest,
    WaitlistEntry,
)
from events.models.session import SessionQuerySet
from portal.panel.attention import SHOWN, Block, Line, first_of
from portal.panel.moments import at, since
from portal.panel.participants.finding import activity_of, session_of, with_activity
from portal.panel.participants.heads import when
from tenants.formats import hours

# Long enough to reach somebody who has no e-mail.
LAPSES_SOON = timedelta(days=1)
EVERY = 200


def sessions_today(most: int = SHOWN) -> Block:
    """The ones to come before the ones that are over."""
    begins = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    sessions = (
        Session.objects.filter(status__in=[*Session.TAKING_PLACE, Session.Status.HELD])
        .filter(starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1))
        .filter(ends_at__gt=timezone.now())
        .select_related("activity__pool", "pool", "place")
        .prefetch_related("activity__texts")
        .in_order()
    )
    rows, count = first_of(sessions, most)
    return Block(
        key="sessions-today",
        heading=_("Takes place today"),
        count=count,
        url=_page("sessions-today"),
        lines=[_session(session) for session in rows],
    )


def _session(session: Session) -> Line:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    pool = session.places
    return Line(
        due=hours(starts.time(), ends.time()),
        kind=str(session.place or ""),
        title=session.activity.title,
        note=_("%(taken)d of %(places)d places taken") % {
            "taken": pool.taken, "places": pool.capacity,
        } if pool else _("no booking needed"),
        url=reverse(
            "panel:participants:check_in" if pool else "panel:participants:participants",
            args=[session.pk],
        ),
    )  # fmt: skip


def offers_about_to_lapse(most: int = SHOWN) -> Block:
    """Somebody waits for a place and does not answer: a call may help."""
    now = timezone.now()
    offers = Offer.objects.filter(
        state=Offer.State.OPEN, expires_at__gt=now, expires_at__lt=now + LAPSES_SOON
    ).select_related("entry__booking__booker")
    rows, count = first_of(with_activity(offers).order_by("expires_at"), most)
    return Block(
        key="offers",
        heading=_("Offered places nobody has answered for"),
        count=count,
        url=_page("offers"),
        lines=[
            Line(
                due=_("until %(moment)s") % {"moment": at(offer.expires_at)},
                kind=_people(offer.number),
                title=str(offer.entry.booking.booker),
                note=_about(offer.pool),
                url=reverse("panel:participants:booking", args=[offer.entry.booking_id]),
            )
            for offer in rows
        ],
    )


def bookings_to_approve(most: int = SHOWN) -> Block:
    waits = Participation.objects.filter(
        booking=OuterRef("pk"), status=Participation.Status.PENDING_APPROVAL
    )
    bookings = Booking.objects.filter(Exists(waits), Exists(_ahead("pool")))
    bookings = bookings.select_related("booker")
    rows, count = first_of(with_activity(bookings).order_by("created_at", "id"), most)
    return Block(
        key="bookings-to-approve",
        heading=_("Bookings to confirm"),
        count=count,
        url=_page("bookings-to-approve"),
        lines=[
            Line(
                due=since(booking.created_at),
                kind=booking.readable_code,
                title=str(booking.booker),
                note=_about(booking.pool),
                url=reverse("panel:participants:booking", args=[booking.pk]),
            )
            for booking in rows
        ],
    )


def transport_asked_for(most: int = SHOWN) -> Block:
    """Of bookings that still have a place, for what is not over; the nearest date first."""
    has_place = Participation.objects.with_a_place().filter(booking=OuterRef("booking"))
    ahead = _ahead("booking__pool")
    requests = (
        TransportRequest.objects.filter(Exists(has_place), state=TransportRequest.State.REQUESTED)
        .annotate(starts_at=ahead.order_by("starts_at").values("starts_at")[:1])
        .filter(starts_at__isnull=False)
        .select_related("booking__booker")
    )
    rows, count = first_of(
        with_activity(requests.order_by("starts_at", "id"), "booking__pool"), most
    )
    return Block(
        key="transport",
        heading=_("Transport asked for"),
        count=count,
        url=_page("transport"),
        lines=[
            Line(
                due=at(request.starts_at),  # type: ignore[attr-defined]
                kind=_people(request.people),
                title=f"{request.booking.booker}, {request.city}",
                note=_about(request.booking.pool),
                url=reverse("panel:participants:transport_arrange", args=[request.pk]),
            )
            for request in rows
        ],
    )


def free_places_with_people_waiting(most: int = SHOWN) -> Block:
    """Places nobody was offered: the party in line is larger, or it begins too soon for offers."""
    in_line = (
        WaitlistEntry.objects.filter(pool=OuterRef("pk"), state=WaitlistEntry.State.WAITING)
        .order_by()
        .values("pool")
    )
    ahead = _ahead("pk").filter(starts_at__gt=timezone.now())
    pools = (
        CapacityPool.objects.filter(Exists(in_line), Exists(ahead), taken__lt=F("capacity"))
        .annotate(
            waiting=in_line.values_list(Sum("size")),
            starts_at=ahead.order_by("starts_at").values("starts_at")[:1],
        )
        .select_related("session__activity", "course")
        .prefetch_related("session__activity__texts", "course__texts", "course__sessions")
        .order_by("starts_at", "id")
    )
    rows, count = first_of(pools, most)
    return Block(
        key="free-places",
        heading=_("Free places while people wait"),
        count=count,
        url=_page("free-places"),
        lines=[line for pool in rows if (line := _free(pool))],
    )


def _free(pool: CapacityPool) -> Line | None:
    session, activity = session_of(pool), activity_of(pool)
    if session is None or activity is None:
        return None
    return Line(
        due=at(session.starts_at),
        kind=_("free: %(free)d, waiting: %(waiting)d") % {
            "free": pool.free, "waiting": pool.waiting,  # type: ignore[attr-defined]
        },
        title=activity.title,
        note=when(session),
        url=reverse("panel:participants:waiting", args=[session.pk]),
    )  # fmt: skip


# The order of the page that shows all of each.
ALL: Sequence[Callable[[int], Block]] = (
    sessions_today,
    offers_about_to_lapse,
    bookings_to_approve,
    transport_asked_for,
    free_places_with_people_waiting,
)


def _ahead(pool: str) -> SessionQuerySet:
    """Dates of the pool in this column that take place and are not over."""
    return Session.objects.taking_place().upcoming().of_pool_in(pool)


def _page(key: str) -> str:
    return f"{reverse('panel:participants:to_do')}#{key}"


def _people(number: int) -> str:
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}


def _about(pool: CapacityPool) -> str:
    session, activity = session_of(pool), activity_of(pool)
    if session is None or activity is None:
        return ""
    return f"{activity.title}, {when(session)}"
