"""What this app keeps about people, and for how long."""

from events.declared import attendance, bookings, drafts, feeds, needs, told, transport
from portal.accounts.privacy import declare


def declare_all() -> None:
    """Erased in the opposite order: what a booking is made of goes before the booking."""
    for part in (bookings, attendance, needs, transport, drafts, feeds, told):
        declare(part.DECLARATION)
