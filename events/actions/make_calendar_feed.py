from django.db import transaction

from events.models import CalendarFeed
from events.own_calendar import digest_of, new_token
from portal.accounts.models import Person, User
from portal.audit.models import record


@transaction.atomic
def make_calendar_feed(*, person: Person, acting_user: User | None) -> str:
    """Give somebody a private calendar; the key of its address, which is shown once.

    The address they had before leads nowhere from now on.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    token = new_token()
    CalendarFeed.objects.filter(person=person).delete()
    feed = CalendarFeed.objects.create(person=person, token_digest=digest_of(token))
    record(
        "feed.made",
        actor=acting_user.pk if acting_user else None,
        of=feed,
        person=person.pk,
    )
    return token
