"""The messages this app sends; their words are in ``emails/events/``.

Those that end in ``_now`` are the same words for whoever would set out before the morning's
messages are read: they do not wait for the morning.
"""

from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import Category, Kind, register

register(
    Kind(key="events/booked", label=_("confirmation of a booking")),
    Kind(key="events/waiting", label=_("place on the waiting list")),
    Kind(key="events/offer", label=_("offer of a place")),
    Kind(key="events/offer_over", label=_("the offered place has passed on")),
    Kind(key="events/given_back", label=_("confirmation that a place was given back")),
    Kind(key="events/approved", label=_("decision on a booking")),
    Kind(key="events/refused", label=_("decision on a booking")),
    Kind(key="events/already_booked", label=_("somebody tried to book you again")),
    Kind(key="events/moved", label=_("an activity is moved")),
    Kind(key="events/cancelled", label=_("an activity is cancelled")),
    Kind(key="events/moved_now", label=_("an activity is moved"), is_urgent=True),
    Kind(key="events/cancelled_now", label=_("an activity is cancelled"), is_urgent=True),
    Kind(key="events/transport", label=_("answer about transport")),
    Kind(key="events/link", label=_("new link to a booking"), goes_to_inbox=False),
    Kind(key="events/reminder", label=_("reminder of an activity"), category=Category.REMINDERS),
    Kind(key="events/reviewed", label=_("the office's answer to a proposed activity")),
)
