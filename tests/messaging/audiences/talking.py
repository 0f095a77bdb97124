"""Courses with people, and what they say, as these tests need them."""

from datetime import datetime
from uuid import uuid4

from events.actions.open_course_conversation import open_course_conversation
from events.models import Activity
from portal.accounts.models import Person
from portal.messaging.actions.post_message import post_message
from portal.messaging.audiences import Named, people_in
from portal.messaging.models import Conversation, Message
from tests.events.engine.booking_forms import a_clerk, at_desk, pool_of
from tests.events.making import in_days, make_activity, make_session


def make_course(
    *people: Person, title: str = "Gotowanie", last_on: datetime | None = None
) -> Activity:
    """With a date in ten days, or one that long ago, and everybody booked."""
    course = make_activity(title, kind="course")
    make_session(course)
    for person in people:
        at_desk(pool_of(course), person)
    if last_on is not None:
        course.sessions.update(starts_at=last_on, ends_at=last_on + (in_days(1) - in_days(0)) / 12)
    return course


def people(key: str, of: object) -> list[Person]:
    return list(people_in([Named(key=key, of=str(of))]))


def names(key: str, of: object) -> list[str]:
    return [person.full_name for person in people(key, of)]


def opened(course: Activity) -> Conversation:
    return open_course_conversation(activity=course, acting_user=a_clerk())


def say(conversation: Conversation, author: Person | None, text: str = "Dzień dobry") -> Message:
    return post_message(
        conversation=conversation, text=text, token=uuid4(), author=author,
        acting_user=None if author else a_clerk(),
    )  # fmt: skip


def present(conversation: Conversation) -> set[str]:
    places = conversation.participants.present().select_related("person")
    return {place.person.full_name for place in places}
