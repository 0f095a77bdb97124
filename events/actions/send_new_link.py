from django.db import transaction

from events.links import new_link_version
from events.messages import tell_link
from events.models import Booking


@transaction.atomic
def send_new_link(*, booking: Booking) -> None:
    """Send the booker a new link to their booking, the way they hear from us; earlier ones lead
    nowhere from now on."""
    locked = Booking.objects.select_for_update(no_key=True, of=("self",)).get(pk=booking.pk)
    new_link_version(locked)
    tell_link(locked)
