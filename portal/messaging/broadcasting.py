"""An announcement before it goes out, and what has become of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Value, When

from portal.accounts.models import Person, User
from portal.messaging.audiences import Named, audience, people_in
from portal.messaging.kinds import ANNOUNCEMENT
from portal.messaging.message_words import Announced
from portal.messaging.models import Broadcast, Message, Participant
from portal.notifications.kinds import kind_of
from portal.notifications.models import Delivery, DeliveryQuerySet
from portal.notifications.rendering import rendered
from portal.notifications.routing import channels_by_person
from portal.notifications.sms_length import sms_size

SAMPLE = 10
_ANY_ID = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """
    Attributes:
        people: how many get it, each once.
        repeated: how many places in further groups were counted once.
        by_channel: how many by each channel.
        on_site: how many of them also read it on the site, as they have a login.
        unreachable: how many gave no way to reach them; each becomes a call task.
        sms_parts: of all text messages together.
        sms_longest: parts of the longest one.
        sample: the first of them by name.
    """

    people: int
    repeated: int
    by_channel: dict[Delivery.Channel, int]
    on_site: int
    unreachable: int
    sms_parts: int
    sms_longest: int
    sample: Sequence[Person]


def preview(audiences: Iterable[Named], *, subject: str = "", text: str = "") -> Preview:
    """Who would get it now, and how.

    Raises:
        NoSuchAudience: an audience is not registered.
    """
    chosen = list(audiences)
    people = list(people_in(chosen))
    channels = channels_by_person(people, kind_of(ANNOUNCEMENT))
    by_sms = [one for one in people if Delivery.Channel.SMS in channels[one.pk]]
    parts = _sms_parts({one.language for one in by_sms}, subject, text)
    places = sum(
        audience(named["key"]).people(named["of"]).order_by().values("pk").distinct().count()
        for named in chosen
    )
    return Preview(
        people=len(people),
        repeated=max(places - len(people), 0),
        by_channel=dict(Counter(channel for one in people for channel in channels[one.pk])),
        on_site=_with_login(people),
        unreachable=sum(not one.channel for one in people),
        sms_parts=sum(parts[one.language] for one in by_sms),
        sms_longest=max(parts.values(), default=0),
        sample=people[:SAMPLE],
    )


def _with_login(people: Sequence[Person]) -> int:
    logins = User.objects.filter(person__in=[one.pk for one in people], is_active=True)
    return logins.values("person_id").distinct().count()


def _sms_parts(languages: Iterable[str], subject: str, text: str) -> dict[str, int]:
    """Of the words as they would go out; an address is as long for any announcement."""
    words = rendered(ANNOUNCEMENT, languages, {"about": Announced(subject, text, _ANY_ID)})
    return {language: sms_size(said["sms"]).parts for language, said in words.items()}


def states_of(broadcast: Broadcast) -> DeliveryQuerySet:
    """Each copy of it with its person, what needs somebody first; adds ``has_read``: whether the
    person has opened it on the site."""
    message = Message.objects.filter(conversation=broadcast.conversation_id, number=1)
    read = Participant.objects.filter(
        conversation=broadcast.conversation_id, person=OuterRef("person"), read_number__gt=0
    )
    return (
        Delivery.objects.filter(message__in=message.filter(notice__isnull=False).values("notice"))
        .select_related("person", "message")
        .annotate(
            has_read=Exists(read),
            is_fine=Case(When(state=Delivery.State.NEEDS_HUMAN, then=Value(0)), default=Value(1)),
        )
        .order_by("is_fine", "person__sort_key", "id")
    )


def counts_of(broadcast: Broadcast) -> list[tuple[Delivery.Channel, Delivery.State, int]]:
    """How many copies by which channel in which state."""
    found = states_of(broadcast).order_by().values_list("channel", "state", "pk")
    counts = Counter((channel, state) for channel, state, _pk in found)
    return [
        (channel, state, counts[channel, state])
        for channel in Delivery.Channel
        for state in Delivery.State
        if (channel, state) in counts
    ]


def readers_of(broadcast: Broadcast) -> int:
    """How many have opened it on the site."""
    places = Participant.objects.filter(conversation=broadcast.conversation_id)
    return places.filter(read_number__gt=0).count() if broadcast.conversation_id else 0
