"""A form that was sent, as its sender is told of it.

Everything is read from the form and not from the list it led to: nobody learns from it who was on
that list before.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from events.actions.note_given_back import KEY
from events.models import Booking, Participation
from events.printing.slip import slip_data, slip_pdf
from events.printing.typesetting import pdf
from events.views.booking.facts import Facts, facts_of
from events.views.booking.journey import Journey
from portal.accounts.models import Person
from tenants.formats import moment

_BY_MACHINE = (Person.Channel.EMAIL, Person.Channel.SMS)


@dataclass(frozen=True)
class Sent:
    journey: Journey
    booking: Booking

    @cached_property
    def facts(self) -> Facts:
        return facts_of(self.journey.occasion)

    @property
    def is_guest(self) -> bool:
        return self.journey.me is None

    @cached_property
    def participations(self) -> list[Participation]:
        return list(self.booking.participations.all())

    @property
    def is_given_back(self) -> bool:
        """By the sender here, or the whole of it elsewhere."""
        statuses = {one.status for one in self.participations}
        return KEY in self.journey.answers or (
            bool(statuses) and statuses.isdisjoint(Participation.ACTIVE)
        )

    @property
    def waits(self) -> bool:
        """Also who asked for the list gets places at once, if some came free meanwhile."""
        return self.journey.waits and not any(one.place_id for one in self.participations)

    @property
    def has_to_confirm(self) -> bool:
        """By the link in the message, where the activity demands it of guests."""
        return (
            self.facts.activity.must_confirm
            and self.is_guest
            and not self.waits
            and self.journey.form.contact.channel in _BY_MACHINE
        )

    @property
    def waits_for_office(self) -> bool:
        return self.facts.activity.needs_approval and not self.waits

    @property
    def names(self) -> list[str]:
        me = self.journey.me
        return [
            me.full_name if me and self.journey.knows_name_of(number) else one.full_name
            for number, one in enumerate(self.journey.form.attendees, start=1)
        ]

    @property
    def can_give_back(self) -> bool:
        return not self.is_given_back and (self.waits or self.facts.can_still_cancel)

    def slip(self) -> bytes:
        if not self.is_guest:
            return slip_pdf(self.booking)
        return pdf("slip", {**slip_data(self.booking), **self._slip_words()})

    def _slip_words(self) -> dict[str, Any]:
        notes = []
        if self.journey.form.transport is not None:
            notes.append(_("You asked for transport. We will tell you whether we can help."))
        if self.facts.can_still_cancel and not self.is_given_back:
            notes.append(
                _("You cannot come? Tell us by %(when)s: somebody else is waiting for the place.")
                % {"when": moment(self.facts.cancel_until)}
            )
        return {"who": self.names, "state": self._state(), "notes": notes}

    def _state(self) -> str:
        if self.facts.occasion.is_cancelled:
            return _("This has been cancelled.")
        if self.is_given_back:
            return _("This booking has been given back.")
        if self.waits:
            return _("You are on the waiting list. We will tell you when a place is free.")
        if self.has_to_confirm:
            return _("Please confirm the booking by the link we sent you.")
        if self.waits_for_office:
            return _("The office will confirm the booking.")
        return ""
