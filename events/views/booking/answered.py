"""What was answered, in words: for the check of all answers and for the confirmation. Both read the
form alone, so they say the same whoever is on the list already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import AccessNeed
from events.party import BookerContact, Transport
from events.views.booking.journey import Journey, attendee_step
from portal.accounts.models import Person
from tenants.formats import NO_BREAK, PhoneError, phone

Channel = Person.Channel


@dataclass(frozen=True, slots=True)
class Comer:
    number: int
    name: str
    age: str
    needs: Sequence[str]
    # Where to correct it; "" where it is not asked.
    step: str

    @property
    def label(self) -> str:
        return _("Person %(number)d") % {"number": self.number}


def comers(journey: Journey) -> list[Comer]:
    return [
        Comer(
            number=number,
            name=journey.me.full_name
            if journey.me and journey.knows_name_of(number)
            else one.full_name,
            age=age_words(one.age),
            needs=need_words(one.needs),
            step=step if (step := attendee_step(number)) in journey.steps else "",
        )
        for number, one in enumerate(journey.form.attendees, start=1)
    ]


def age_words(age: int | None) -> str:
    if age is None:
        return ""
    return ngettext("%(age)d year old", "%(age)d years old", age) % {"age": age}


def need_words(needs: Iterable[str]) -> list[str]:
    chosen = set(needs)
    return [str(need.label) for need in AccessNeed.Need if need.value in chosen]


def contact_words(one: BookerContact | Person) -> str:
    """How whoever books hears from us."""
    number = _written(str(one.phone or ""))
    if one.channel == Channel.EMAIL:
        return _("By e-mail to %(to)s") % {"to": one.email}
    if one.channel == Channel.SMS:
        return _("By text message (SMS) to %(to)s") % {"to": number}
    if one.channel == Channel.PHONE:
        return _("We call %(to)s") % {"to": number}
    if one.channel == Channel.LETTER:
        town = f"{one.postcode} {one.city}".strip()
        address = ", ".join(part for part in (one.street, town) if part)
        return _("By letter to %(to)s") % {"to": address}
    return _("In your account on this site, under Messages")


def transport_words(transport: Transport | None) -> str:
    if transport is None:
        return _("No, we get there ourselves")
    where = ", ".join(part for part in (transport.street, transport.city) if part)
    return ngettext(
        "For %(people)d person, from: %(where)s", "For %(people)d people, from: %(where)s",
        transport.people,
    ) % {"people": transport.people, "where": where}  # fmt: skip


def _written(number: str) -> str:
    """In one line, however narrow the page."""
    try:
        return phone(number).display.replace(" ", NO_BREAK)
    except PhoneError:
        return number
