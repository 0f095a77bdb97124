from django.db import transaction

from events.models import CalendarFeed
from portal.accounts.models import Person, User
from portal.audit.models import record


@transaction.atomic
def revoke_calendar_feed(*, person: Person, acting_user: User | None) -> None:
    """End somebody's private calendar; harmless when repeated."""
    feed = CalendarFeed.objects.select_for_update().filter(person=person).first()
    if feed is None:
        return
    record(
        "feed.revoked",
        actor=acting_user.pk if acting_user else None,
        of=feed,
        person=person.pk,
    )
    feed.delete()
