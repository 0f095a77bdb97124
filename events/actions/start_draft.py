from django.db import transaction

from events.availability import check_bookable
from events.models import Activity, BookingDraft, CapacityPool
from events.occasions import rules_of
from portal.accounts.models import Person


@transaction.atomic
def start_draft(
    *, activity: Activity, pool: CapacityPool, client: str, person: Person | None
) -> BookingDraft:
    """Begin a form. It holds no places yet: they are taken once it is known how many.

    Args:
        client: of the browser; whoever shares it shares the two sets of places it may hold.
        person: whose login it is.

    Raises:
        NotTakingPlace, NotOpen, Closed: nobody can book now.
    """
    check_bookable(rules_of(pool))
    return BookingDraft.objects.create(activity=activity, pool=pool, client=client, person=person)
