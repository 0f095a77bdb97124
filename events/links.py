"""The link by which whoever has it manages a booking, without a login.

Nothing of it is stored: it is derived from the booking by the site's key, so that a stolen copy of
the database holds no link, and a new version of it makes the earlier ones worthless.
"""

from datetime import timedelta

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from events.codes import normal
from events.models import Booking
from events.occasions import occasion_of
from events.refusals import LinkExpired
from tenants import signing

LASTS_AFTER_THE_END = timedelta(days=30)
_PURPOSE = "booking"


def manage_path(booking: Booking) -> str:
    """In the language being spoken."""
    return reverse("events:booking", args=[booking.code, token_of(booking)])


def token_of(booking: Booking) -> str:
    return signing.stamp(_stamped(booking), purpose=_PURPOSE)


def booking_for(code: str, token: str) -> Booking:
    """
    Raises:
        LinkExpired: it never was right, a newer one was made, or all is long over.
    """
    booking = Booking.objects.select_related("pool", "booker").filter(code=normal(code)).first()
    if booking is None or not signing.is_stamp_of(
        token.lower(), _stamped(booking), purpose=_PURPOSE
    ):
        raise LinkExpired
    if occasion_of(booking.pool).ends_at + LASTS_AFTER_THE_END < timezone.now():
        raise LinkExpired
    return booking


def new_link_version(booking: Booking) -> None:
    """Make every earlier link to the booking worthless."""
    Booking.objects.filter(pk=booking.pk).update(link_version=F("link_version") + 1)
    booking.refresh_from_db(fields=["link_version"])


def _stamped(booking: Booking) -> str:
    return f"{booking.pk}:{booking.link_version}"
