"""Which card belongs to somebody whose name was typed, and whether they are on the list already.

A name alone proves nothing. A guest is somebody we know only when name and phone, or name and
e-mail, are those of one card; the others of the party are looked for only among people that this
booker has to do with. What a card says is never changed by a form.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from events.models import Participation
from events.party import Attendee, BookerContact
from events.refusals import AlreadyBooked, AlreadyChanged
from portal.accounts.models import Guardianship, Person


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody of the party, and their card."""

    attendee: Attendee
    person: Person
    is_known: bool


def known_booker(contact: BookerContact) -> Person | None:
    """The card of a guest, locked, so that nobody is put on a list twice at one moment."""
    reached_by = Q()
    if contact.phone:
        reached_by |= Q(phone=contact.phone)
    if contact.email:
        reached_by |= Q(email=contact.email.lower())
    if not reached_by or not contact.name_key:
        return None
    people = Person.objects.current().filter(reached_by, search_key=contact.name_key)
    return people.select_for_update(no_key=True).order_by("pk").first()


def current_card(person: UUID) -> Person:
    """The card, or the one it was merged into, locked.

    Raises:
        AlreadyChanged: the person was erased.
    """
    people = Person.objects.select_for_update(no_key=True, of=("self",))
    card = people.filter(pk=person).first()
    while card is not None and card.merged_into_id is not None:
        card = people.filter(pk=card.merged_into_id).first()
    if card is None or card.erased_at is not None:
        raise AlreadyChanged
    return card


def comers(booker: Person, attendees: Sequence[Attendee], *, knows_booker: bool) -> list[Comer]:
    """A card for everybody of the party, in its order; new ones are not saved yet.

    Args:
        knows_booker: the booker had a card before this form.
    """
    chosen = {
        attendee.person: current_card(attendee.person)
        for attendee in sorted(attendees, key=lambda one: str(one.person))
        if attendee.person is not None and attendee.person != booker.pk
    }
    strangers = [one for one in attendees if not one.is_booker and one.person is None]
    family = _around(booker, {one.name_key for one in strangers}) if knows_booker else []
    found = []
    for attendee in attendees:
        if attendee.is_booker or attendee.person == booker.pk:
            found.append(Comer(attendee, booker, knows_booker))
        elif attendee.person is not None:
            found.append(Comer(attendee, chosen[attendee.person], is_known=True))
        else:
            card = _taken_out(family, attendee.name_key)
            person = card or _new_card(attendee, booker)
            found.append(Comer(attendee, person, is_known=card is not None))
    return found


def on_the_list(pool: UUID, people: Iterable[Person]) -> list[Participation]:
    """Those of them who have a place, or a place in line, there; with booking and person."""
    return list(
        Participation.objects.active()
        .filter(pool=pool, person__in=[person.pk for person in people])
        .select_related("booking", "person")
    )


def apart(
    pool: UUID, booker: Person, party: Sequence[Comer], *, may_know: bool
) -> tuple[list[Comer], list[Person]]:
    """Who is to be put on the list, and who is on it already.

    Args:
        may_know: the booker is logged in, and learns it of themselves and of those they have
            booked; a guest, and of others, nobody learns it from the form.

    Raises:
        AlreadyBooked: see above.
    """
    known = [comer.person for comer in party if comer.is_known]
    listed = on_the_list(pool, known) if known else []
    their_own = [
        one.person.full_name
        for one in listed
        if booker.pk in (one.person_id, one.booking.booker_id)
    ]
    if may_know and their_own:
        raise AlreadyBooked(their_own)
    people = {one.person_id: one.person for one in listed}
    return [one for one in party if one.person.pk not in people], list(people.values())


def new_cards(booker: Person, party: Sequence[Comer], *, knows_booker: bool) -> list[Person]:
    """Those to be saved: whoever books, and who comes and had no card."""
    people = {} if knows_booker else {booker.pk: booker}
    people.update({one.person.pk: one.person for one in party if not one.is_known})
    return list(people.values())


def _around(booker: Person, names: set[str]) -> list[Person]:
    """Of these names: the booker's household, wards, and whom they have booked before."""
    names.discard("")
    if not names:
        return []
    near = Q(pk__in=Participation.objects.filter(booking__booker=booker).values("person"))
    near |= Q(pk__in=Guardianship.objects.filter(guardian=booker).values("ward"))
    if booker.household_id is not None:
        near |= Q(household=booker.household_id)
    people = Person.objects.current().filter(near, search_key__in=names).exclude(pk=booker.pk)
    return list(people.select_for_update(no_key=True, of=("self",)).order_by("pk"))


def _taken_out(people: list[Person], name_key: str) -> Person | None:
    """Two of one name are two people."""
    for place, person in enumerate(people):
        if person.search_key == name_key:
            return people.pop(place)
    return None


def _new_card(attendee: Attendee, booker: Person) -> Person:
    """Reached through whoever booked."""
    return Person(
        first_name=attendee.first_name, last_name=attendee.last_name, language=booker.language
    )
