"""Taking a booking for somebody else: whose card it is, and the booking itself."""

from django.db import transaction

from events.actions.book_at_desk import book_at_desk
from events.models import Booking, CapacityPool
from portal.accounts.actions.add_person import add_person
from portal.accounts.duplicates import likely_duplicates_of
from portal.accounts.models import Person, User
from portal.accounts.people_search import search_people
from portal.panel.participants.desk_form import OF_THE_CARD, DeskForm

FOUND = 6


def who_it_may_be(first_name: str, last_name: str, phone: str) -> list[Person]:
    """People with that name, with that number, or alike: whatever was typed of it."""
    name = f"{first_name} {last_name}".strip()
    found: dict[Person, None] = {}
    for question in (f"{name} {phone}", name, phone):
        if question.strip():
            found.update(dict.fromkeys(search_people(question)[:FOUND]))
    return list(found)[:FOUND]


def likely_cards(form: DeskForm) -> list[Person]:
    """Before a new card is made: people whom the one to be made looks like."""
    contact = form.contact
    person = Person(first_name=contact.first_name, last_name=contact.last_name, phone=contact.phone)
    return [one.person for one in likely_duplicates_of(person, limit=FOUND)]


def book_for(form: DeskForm, pool: CapacityPool, user: User) -> Booking:
    """The card, if they are new, and the booking: both or neither.

    Raises:
        BookingRefused: see ``book_at_desk``.
        ValidationError: the details contradict each other.
    """
    cleaned = form.cleaned_data
    with transaction.atomic():
        booker = form.person or add_person(
            details={name: cleaned[name] for name in OF_THE_CARD}, acting_user=user
        )
        booking = book_at_desk(
            pool=pool,
            booker=booker,
            party=form.attendees,
            channel=cleaned["how"],
            acting_user=user,
            idempotency_key=cleaned["key"],
            note=cleaned.get("note", ""),
            takes_wheelchair_place=cleaned.get("wheelchair", False),
            wait_if_full=cleaned["waits"],
            in_spite_of_conflict=cleaned["in_spite_of_conflict"],
        )
        if booking.booker_id != booker.pk:
            # The same form came before, and made the card then.
            transaction.set_rollback(True)
    return booking
