"""Where people come and whom they ask: one home for services, events and contact pages."""

from portal.places.models.access import AccessFacts, Known
from portal.places.models.contact import Contact, ContactPhone
from portal.places.models.hours import OpeningException, OpeningHours, Weekday
from portal.places.models.place import Place, Room

__all__ = [
    "AccessFacts",
    "Contact",
    "ContactPhone",
    "Known",
    "OpeningException",
    "OpeningHours",
    "Place",
    "Room",
    "Weekday",
]
