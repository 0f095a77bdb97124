"""Whether somebody is to be in two places at once: a warning, for those who may know."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from events.models import Participation, Session
from portal.accounts.models import Person


def overlapping(person: Person, sessions: Iterable[Session]) -> list[Session]:
    """Dates at which the person has a place already and that meet one of these; in order."""
    dates = list(sessions)
    if not dates:
        return []
    meets = reduce(
        or_, (Q(starts_at__lt=date.ends_at, ends_at__gt=date.starts_at) for date in dates)
    )
    pools = Participation.objects.with_a_place().filter(person=person).values("pool")
    return list(
        Session.objects.taking_place()
        .filter(meets)
        .of_pools(pools)
        .exclude(pk__in=[date.pk for date in dates])
        .select_related("activity")
        .prefetch_related("activity__texts")
        .in_order()
    )
