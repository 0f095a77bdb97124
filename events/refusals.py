"""Why something about a booking cannot be done: a code for machines, a status, and a sentence that
says what to do next. Codes with capitals are OpenActive's."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.refusals import Refused
from tenants.formats import moment


class BookingRefused(Refused):
    code: ClassVar[str]
    status: ClassVar[int] = 409


class OpportunityIsFull(BookingRefused):
    code = "OpportunityIsFull"

    def __init__(self, *, has_waiting_list: bool = True) -> None:
        self.has_waiting_list = has_waiting_list
        super().__init__(
            _("No places are left. You can join the waiting list.")
            if has_waiting_list
            else _("No places are left, and the waiting list is full too.")
        )


class HasInsufficientCapacity(BookingRefused):
    code = "HasInsufficientCapacity"

    def __init__(self, free: int, wanted: int) -> None:
        self.free, self.wanted = free, wanted
        super().__init__(
            _("Places left: %(free)d. People in your booking: %(wanted)d.")
            % {"free": free, "wanted": wanted}
        )


class CapacityIsReservedByLease(BookingRefused):
    """Something is free, but held for whoever is on the waiting list or filling in the form."""

    code = "CapacityIsReservedByLease"

    def __init__(self) -> None:
        super().__init__(_("The free place is waiting for somebody from the waiting list."))


class OpportunityIsInConflict(BookingRefused):
    """A warning: shown to whoever may know, and passed by saying so."""

    code = "OpportunityIsInConflict"

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(
            _("You already have %(title)s at that time. Book all the same?") % {"title": title}
        )


class AlreadyBooked(BookingRefused):
    """Said only to whoever holds the link of the booking, is logged in as them, or is staff."""

    code = "already_booked"

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        super().__init__(_("Already on this list: %(names)s.") % {"names": ", ".join(self.names)})


class AgeNotAllowed(BookingRefused):
    code = "age_not_allowed"
    status = 422

    def __init__(self, youngest: int | None, oldest: int | None) -> None:
        if youngest is not None and oldest is not None:
            sentence = _("The activity is for people aged %(youngest)d to %(oldest)d.")
        elif youngest is not None:
            sentence = _("The activity is for people aged %(youngest)d or more.")
        else:
            sentence = _("The activity is for people aged up to %(oldest)d.")
        super().__init__(sentence % {"youngest": youngest, "oldest": oldest})


class NotOpen(BookingRefused):
    code = "not_open"
    status = 403

    def __init__(self, opens_at: datetime) -> None:
        self.opens_at = opens_at
        super().__init__(_("Booking opens on %(when)s.") % {"when": moment(opens_at)})


class Closed(BookingRefused):
    code = "closed"
    status = 403

    def __init__(self, phone: str = "") -> None:
        super().__init__(
            _("Booking on the site has ended. Call: %(phone)s.") % {"phone": phone}
            if phone
            else _("Booking on the site has ended. Call us.")
        )


class NotTakingPlace(BookingRefused):
    """Cancelled or taken down meanwhile."""

    code = "not_taking_place"

    def __init__(self) -> None:
        super().__init__(_("This activity does not take place, or is no longer on the site."))


class CancellationNotPermitted(BookingRefused):
    code = "CancellationNotPermitted"
    status = 403

    def __init__(self, phone: str = "") -> None:
        super().__init__(
            _("The time to give the place back on the site has passed. Call: %(phone)s.")
            % {"phone": phone}
            if phone
            else _("The time to give the place back on the site has passed. Call us.")
        )


class AlreadyOver(BookingRefused):
    """What has taken place is not called off any more."""

    code = "already_over"

    def __init__(self) -> None:
        super().__init__(_("It is over. Write down who was there instead of cancelling."))


class LinkExpired(BookingRefused):
    code = "link_expired"
    status = 410

    def __init__(self) -> None:
        super().__init__(_("This link is no longer valid."))


class OfferExpired(BookingRefused):
    code = "offer_expired"
    status = 410

    def __init__(self) -> None:
        super().__init__(
            _("The time to answer has passed and the place went to the next person in line.")
        )


class Busy(BookingRefused):
    """The database could not decide in time; the same request may succeed in a moment."""

    code = "busy"
    status = 503
    RETRY_AFTER: ClassVar[timedelta] = timedelta(seconds=2)

    def __init__(self) -> None:
        super().__init__(
            _("Many people are booking just now. Your answers are kept. Try again in a moment.")
        )


class HoldExpired(BookingRefused):
    """The form took longer than its places were held, and they are gone meanwhile."""

    code = "hold_expired"

    def __init__(self) -> None:
        super().__init__(
            _("The time for which we kept the places has passed, and somebody else has taken them.")
        )


class TooManyHolds(BookingRefused):
    code = "too_many_holds"

    def __init__(self) -> None:
        super().__init__(
            _("You are already filling in two bookings. Finish one of them, or let it go.")
        )


class AlreadyExtended(BookingRefused):
    code = "already_extended"

    def __init__(self) -> None:
        super().__init__(_("The time was extended already. Finish while the places are kept."))


class CapacityBelowTaken(BookingRefused):
    code = "capacity_below_taken"

    def __init__(self, taken: int) -> None:
        self.taken = taken
        super().__init__(
            ngettext(
                "People booked: %(taken)d. The limit cannot be lower.",
                "People booked: %(taken)d. The limit cannot be lower.",
                taken,
            )
            % {"taken": taken}
        )


class AlreadyChanged(BookingRefused):
    """Somebody else has done something to it that leaves no room for this."""

    code = "already_changed"

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or _("Somebody has changed this meanwhile. Look again."))
