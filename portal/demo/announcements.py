"""Announcements of the demo: one sent to a course a week ago, one that goes out tomorrow."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from events.models import Activity
from portal.accounts.models import Person, User
from portal.demo.made_up import key_of
from portal.demo.talk import Talk, content, moment_of
from portal.messaging.actions.schedule_broadcast import schedule_broadcast
from portal.messaging.kinds import ANNOUNCEMENT
from portal.messaging.models import Broadcast, Conversation, Message
from portal.notifications.models import Delivery
from portal.notifications.models import Message as Notice
from portal.notifications.routing import channel_of
from portal.notifications.trouble import Trouble

Channel, State = Delivery.Channel, Delivery.State
AUDIENCE = "events.course"


def announce(talk: Talk, course: Activity, people: Iterable[Person]) -> Message:
    """To everybody on the course, with what became of each copy and who has opened it."""
    line = content()["sent"]
    sent_at, people = moment_of(line["at"]), list(people)
    said = {"by": "office", "at": line["at"], "text": line["text"]}
    own = Talk(talk.tenant, talk.people, talk.clerk)
    conversation, [message] = own.make(
        "announcement", {"messages": [said], "unread": 1}, people,
        kind=Conversation.Kind.ANNOUNCEMENT, title=line["subject"],
    )  # fmt: skip
    readers = {talk.people[key] for key in line["read"]}
    for place in own.participants:
        if place.person in readers:
            place.read_number, place.read_at = 1, sent_at + timedelta(hours=3)
    words = {"subject": line["subject"], "text": line["text"].strip(), "sms": line["sms"]}
    message.notice = Notice.objects.create(
        pk=key_of("notice of the announcement", talk.tenant), kind=ANNOUNCEMENT,
        sender=talk.clerk, content={"pl": words},
    )  # fmt: skip
    own.save()
    Delivery.objects.bulk_create(_copies(talk, message.notice, people, sent_at))
    broadcast = Broadcast.objects.create(
        pk=key_of("broadcast", talk.tenant), subject=line["subject"], text=line["text"].strip(),
        audiences=[{"key": AUDIENCE, "of": str(course.pk)}], state=Broadcast.State.SENT,
        sent_at=sent_at, recipients=len(people), conversation=conversation, written_by=talk.clerk,
    )  # fmt: skip
    Broadcast.objects.filter(pk=broadcast.pk).update(created_at=sent_at)
    return message


def _copies(
    talk: Talk, notice: Notice, people: Iterable[Person], sent_at: datetime
) -> Iterator[Delivery]:
    """Mail and text messages have arrived, but for one; calls are still to be made."""
    for person in people:
        channel, error = channel_of(person), ""
        state = State.WAITING if channel in {Channel.CALL, Channel.LETTER} else State.DELIVERED
        if person == talk.people[content()["sent"]["fails_for"]]:
            state, error = State.NEEDS_HUMAN, f"{Trouble.REFUSED} 550"
        yield Delivery(
            pk=key_of(f"announcement to {person.pk}", talk.tenant), message=notice, person=person,
            channel=channel, language=person.language, state=state, error=error, due_at=sent_at,
            attempts=int(channel in {Channel.EMAIL, Channel.SMS}),
            finished_at=None if state == State.WAITING else sent_at,
        )  # fmt: skip


def plan(talk: Talk, course: UUID, clerk: User) -> None:
    """For tomorrow; it is really sent then, unless somebody calls it off."""
    line = content()["planned"]
    draft = Broadcast.objects.create(
        pk=key_of("broadcast of tomorrow", talk.tenant), subject=line["subject"],
        text=line["text"].strip(), audiences=[{"key": AUDIENCE, "of": str(course)}],
        written_by=talk.clerk,
    )  # fmt: skip
    tomorrow = timezone.localdate() + timedelta(days=1)
    clock = time.fromisoformat(line["at"])
    moment = timezone.make_aware(datetime.combine(tomorrow, clock))
    schedule_broadcast(broadcast=draft, moment=moment, acting_user=clerk)
