"""By which channels a message reaches somebody."""

from collections.abc import Sequence
from uuid import UUID

from portal.accounts.models import Person, User
from portal.notifications.kinds import Kind
from portal.notifications.models import Delivery
from portal.notifications.preferences import unwanted_by

_BY_PREFERENCE = {
    Person.Channel.EMAIL: Delivery.Channel.EMAIL,
    Person.Channel.SMS: Delivery.Channel.SMS,
    Person.Channel.PHONE: Delivery.Channel.CALL,
    Person.Channel.LETTER: Delivery.Channel.LETTER,
}


def channels_by_person(
    people: Sequence[Person], kind: Kind
) -> dict[UUID, tuple[Delivery.Channel, ...]]:
    """Channels of a message of ``kind`` for each person's id: two queries for any number of them.

    Whoever can be reached by nothing becomes a call task: somebody of the office finds a way.
    Whoever does not want the category still finds it in the inbox, if they have a login.
    """
    ids = [person.pk for person in people]
    with_login = set(
        User.objects.filter(person__in=ids, is_active=True).values_list("person_id", flat=True)
        if kind.goes_to_inbox
        else ()
    )
    unwanted = unwanted_by(ids, kind.category)
    return {
        person.pk: (
            *((Delivery.Channel.INBOX,) if person.pk in with_login else ()),
            *(() if person.pk in unwanted else (channel_of(person),)),
        )
        for person in people
    }


def channel_of(person: Person) -> Delivery.Channel:
    return (
        _BY_PREFERENCE.get(Person.Channel(person.channel), Delivery.Channel.CALL)
        if (person.channel)
        else Delivery.Channel.CALL
    )
