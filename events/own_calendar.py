"""The private calendar of somebody's bookings, read by whoever has its address.

Calendar programs cannot log in, so the address is the key: long, of this person alone, kept as a
digest only, and worthless as soon as another is made.
"""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.calendars import Entry, calendar_with, within_window
from events.models import Participation, Session
from portal.accounts.models import Person
from portal.notifications.links import absolute
from tenants.binding import current_tenant

_NOT_CERTAIN = {Participation.Status.UNVERIFIED, Participation.Status.PENDING_APPROVAL}


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def calendar_of_person(person: Person) -> bytes:
    """What they take part in and what they booked for others, who are counted and not named."""
    by_pool: dict[UUID, list[Participation]] = defaultdict(list)
    for participation in _participations_of(person):
        by_pool[participation.pool_id].append(participation)
    sessions = within_window(
        Session.objects.of_pools(by_pool)
        .filter(status__in=Session.SEEN_BY_ALL)
        .select_related("activity", "place", "room")
    )
    entries = []
    for session in sessions:
        pool = session.activity.pool_id or session.pool_id
        if pool and (entry := _entry(session, by_pool[pool], person)):
            entries.append(entry)
    return calendar_with(
        entries,
        name=_("My bookings: %(site)s") % {"site": current_tenant().name},
        url=absolute(reverse("my_events:bookings")),
    )


def _participations_of(person: Person) -> Iterable[Participation]:
    """Those given back are not in it; those that fell with a cancelled date are, marked so."""
    return (
        Participation.objects.filter(Q(person=person) | Q(booking__booker=person))
        .filter(status__in=(*Participation.ACTIVE, Participation.Status.CANCELLED_BY_ORGANISER))
        .select_related("booking")
        .order_by("booking__created_at", "booking_id", "ordinal", "id")
    )


def _entry(session: Session, taking_part: list[Participation], person: Person) -> Entry | None:
    active = [each for each in taking_part if each.status in Participation.ACTIVE]
    if not active and not session.is_cancelled:
        return None  # the office refused the booking; the date itself takes place
    uncertain = _uncertain(active)
    return Entry(
        session,
        # Google ignores a change under the same number: a place at last, after waiting, is one.
        sequence=2 * session.sequence + (0 if uncertain else 1),
        uncertain=uncertain,
        lines=tuple(_lines(active, person)),
    )


def _uncertain(active: list[Participation]) -> str:
    statuses = {each.status for each in active}
    if statuses and statuses <= {Participation.Status.WAITING}:
        return _("waiting list")
    if statuses and statuses <= {Participation.Status.WAITING, *_NOT_CERTAIN}:
        return _("to be confirmed")
    return ""


def _lines(active: list[Participation], person: Person) -> Iterable[str]:
    """Of own bookings the number; of somebody else's, nothing but that one takes part."""
    own = {each.booking for each in active if each.booking.booker_id == person.pk}
    for booking in sorted(own, key=lambda each: each.created_at):
        yield _("Booking number: %(code)s.") % {"code": booking.readable_code}
        size = sum(each.booking_id == booking.pk for each in active)
        yield ngettext("People: %(number)d.", "People: %(number)d.", size) % {"number": size}
