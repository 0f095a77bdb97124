"""Until when people are given to answer. Nothing runs out while they sleep."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from portal.accounts.models import Person
from portal.notifications.quiet import is_quiet, next_waking_moment

# No place is offered in the last hours: there is no time to be told, to answer and to come.
OFFERS_STOP = timedelta(hours=2)
# Time to answer: a third of what is left, within these bounds.
_SHORTEST, _LONGEST = timedelta(hours=1), timedelta(days=1)
# The office calls them, or a letter is on its way.
_LONGEST_WITHOUT_MACHINES = timedelta(days=3)
_TO_CONFIRM = timedelta(days=2)
# What would run out later in the day runs out next morning.
_EVENING, _MORNING = time(19), time(10)
_BY_MACHINE = (Person.Channel.EMAIL, Person.Channel.SMS)


def reached_by_machine(person: Person) -> bool:
    """Whether a message reaches them at once, without anybody of the office."""
    return person.channel in _BY_MACHINE


def answer_by(person: Person, starts_at: datetime, now: datetime) -> datetime | None:
    """Until when an offer made now can be answered; None when it is too late to offer anything."""
    told_at, stop = next_waking_moment(now), starts_at - OFFERS_STOP
    longest = _LONGEST if reached_by_machine(person) else _LONGEST_WITHOUT_MACHINES
    ends_at = told_at + min(longest, max(_SHORTEST, (stop - told_at) / 3))
    ends_at = min(_by_day(ends_at), _evening_before(stop))
    return ends_at if ends_at - told_at >= _SHORTEST else None


def answer_by_hand(person: Person, starts_at: datetime, now: datetime) -> datetime:
    """The same for an offer that somebody of the office makes, who may do so until the start."""
    return answer_by(person, starts_at, now) or starts_at


def confirm_by(closes_at: datetime) -> datetime:
    """Until when an unconfirmed booking keeps its places."""
    now = timezone.now()
    ends_at = min(_by_day(next_waking_moment(now) + _TO_CONFIRM), _evening_before(closes_at))
    return max(ends_at, now + _SHORTEST)


def _by_day(moment: datetime) -> datetime:
    """``moment``, or the morning that follows an evening or a night."""
    local = timezone.localtime(moment)
    if _MORNING <= local.time() <= _EVENING:
        return moment
    day = local.date() + timedelta(days=local.time() > _EVENING)
    return timezone.make_aware(datetime.combine(day, _MORNING))


def _evening_before(moment: datetime) -> datetime:
    """``moment``, or the evening before a night."""
    if not is_quiet(moment):
        return moment
    local = timezone.localtime(moment)
    day = local.date() - timedelta(days=local.time() < _EVENING)
    return timezone.make_aware(datetime.combine(day, _EVENING))
