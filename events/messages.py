"""What people are told about their bookings. Each function promises one message in the caller's
transaction; the words are in ``emails/events/``, in the language of whoever gets them."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from events.calendars import CONTENT_TYPE, calendar_of, session_calendar
from events.course_conversation import changed_who_comes
from events.message_words import About, about_booking, briefly, deadline
from events.models import Activity, Booking, Offer, Participation, TransportRequest
from events.occasions import Occasion
from portal.accounts.models import Person, User
from portal.notifications.links import absolute
from portal.notifications.promise import File, promise

CALENDAR_NAME = "kalendarz.ics"
_BY_OFFICE = Participation.Status.CANCELLED_BY_ORGANISER


def tell_booked(booking: Booking, occasion: Occasion | None = None) -> None:
    """The places are theirs: at once, once they confirm, or once the office does."""
    about = about_booking(booking, occasion=occasion)
    _tell(
        "events/booked",
        booking,
        about,
        files=calendar_for(booking.booker, about),
        status=about.status,
        confirm_by=booking.confirm_by and partial(deadline, booking.confirm_by),
    )


def tell_waiting(booking: Booking) -> None:
    """They are on the waiting list."""
    about = about_booking(booking)
    _tell("events/waiting", booking, about, expires_at=about.first.starts_at)


def tell_offer(offer: Offer) -> None:
    """Places are free for them until the offer expires."""
    booking = offer.entry.booking
    _tell(
        "events/offer",
        booking,
        about_booking(booking),
        expires_at=offer.expires_at,
        number=offer.number,
        # In the language of whoever reads it.
        answer_by=partial(deadline, offer.expires_at),
        answer_by_briefly=partial(briefly, offer.expires_at),
    )


def tell_offer_over(offer: Offer) -> None:
    """Nobody answered in time: the places went to the next party."""
    booking = offer.entry.booking
    _tell("events/offer_over", booking, about_booking(booking, is_held=False))


def tell_given_back(booking: Booking, participations: Sequence[Participation]) -> None:
    """Who is no longer on the list, and who still is; also when nobody confirmed in time."""
    left = booking.participations.active().select_related("person").order_by("ordinal", "id")
    _tell(
        "events/given_back",
        booking,
        about_booking(booking, people=[str(one.person) for one in left]),
        gone=", ".join(str(one.person) for one in participations),
        is_unconfirmed=booking.confirm_by is not None and booking.confirm_by <= timezone.now(),
        is_by_office=any(one.status == _BY_OFFICE for one in participations),
    )


def tell_approved(booking: Booking) -> None:
    """The office has confirmed the booking."""
    about = about_booking(booking)
    _tell("events/approved", booking, about, files=calendar_for(booking.booker, about))


def tell_refused(booking: Booking, reason: str) -> None:
    """The office has not confirmed the booking, and why."""
    _tell("events/refused", booking, about_booking(booking, is_held=False), reason=reason)


def tell_already_booked(booking: Booking, people: Sequence[Person]) -> None:
    """Somebody, perhaps the booker, filled in the form for people who were on the list already.

    The link is that of the booking they are on, and only where it is the booker's own.
    """
    earlier = (
        Booking.objects.filter(
            booker=booking.booker,
            pool=booking.pool,
            participations__person__in=people,
            participations__status__in=Participation.ACTIVE,
        )
        .exclude(pk=booking.pk)
        .distinct()
        .first()
    )
    names = [str(person) for person in people]
    _tell(
        "events/already_booked",
        booking,
        about_booking(earlier or booking, people=names, is_held=earlier is not None),
    )


def tell_link(booking: Booking) -> None:
    """A new link to the booking; earlier ones lead nowhere."""
    _tell("events/link", booking, about_booking(booking))


def tell_transport(request: TransportRequest, words: str = "") -> None:
    """What the office answered to a request for transport.

    Args:
        words: why it is not possible, and what they can do instead.
    """
    booking = request.booking
    about = about_booking(booking)
    _tell(
        "events/transport",
        booking,
        about,
        expires_at=about.first.ends_at,
        request=request,
        words=words,
    )


def tell_reviewed(activity: Activity, acting_user: User) -> None:
    """The organisation that proposed an activity: what the office decided, or asks."""
    members = Person.objects.current().filter(
        logins__memberships__organisation=activity.organisation
    )
    promise(
        "events/reviewed",
        to=members.distinct(),
        context={
            "activity": activity,
            "page": partial(_address, "events:activity", activity.slug),
            "link": partial(
                _address,
                "my_events:organisation_activity",
                activity.organisation_id,
                activity.pk,
            ),
        },
        sender=acting_user.pk,
    )


def _address(view: str, *args: Any) -> str:
    return absolute(reverse(view, args=args))


def calendar_for(person: Person, about: About) -> list[File]:
    """The dates as a file for whoever gets mail, in their language."""
    if person.channel != Person.Channel.EMAIL:
        return []
    with translation.override(person.language):
        content = (
            session_calendar(about.first)
            if len(about.sessions) == 1
            else calendar_of(about.sessions, name=about.title, url=about.page)
        )
    return [File(CALENDAR_NAME, CONTENT_TYPE, content)]


def _tell(
    key: str,
    booking: Booking,
    about: About,
    *,
    files: Sequence[File] = (),
    expires_at: datetime | None = None,
    **more: Any,
) -> None:
    promise(
        key,
        to=[booking.booker],
        context={"about": about, "booking": booking, **more},
        files=files,
        expires_at=expires_at,
    )
    # Nobody gets or loses a place without a word, except by a click of their own.
    changed_who_comes(about.activity)
