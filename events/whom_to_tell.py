"""Whom a change of a date concerns: whoever booked it for somebody, those in line too."""

from collections import Counter
from collections.abc import Iterable

from django.utils import timezone

from events.models import Activity, CapacityPool, Participation, Session
from portal.accounts.models import Person
from portal.accounts.models.person import PersonQuerySet
from portal.notifications.kinds import kind_of
from portal.notifications.models import Delivery
from portal.notifications.routing import channels_by_person


def bookers_of(pools: Iterable[CapacityPool]) -> PersonQuerySet:
    """Each once, in the order of the alphabet."""
    wanted = Participation.objects.active().filter(pool__in=list(pools)).values("booking__booker")
    return Person.objects.filter(pk__in=wanted).in_order()


def ways_to_tell(people: Iterable[Person], kind: str) -> list[tuple[Delivery.Channel, int]]:
    """How many get the message by each channel, besides the inbox of those who have a login."""
    channels = channels_by_person(list(people), kind_of(kind))
    counted = Counter(
        channel
        for ways in channels.values()
        for channel in ways
        if channel != Delivery.Channel.INBOX or len(ways) == 1
    )
    return [(channel, counted[channel]) for channel in Delivery.Channel if counted[channel]]


def booked_people(activity: Activity) -> int:
    """Who has a place, or waits for one, on a date to come."""
    coming = Session.objects.filter(activity=activity).taking_place().upcoming(timezone.now())
    if activity.is_course:
        pools = [activity.pool_id] if activity.pool_id and coming.exists() else []
    else:
        pools = list(coming.exclude(pool=None).values_list("pool", flat=True))
    return Participation.objects.active().filter(pool__in=pools).count()
