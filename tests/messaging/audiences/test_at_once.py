"""Many press at one moment: real commits, a connection each."""

from functools import partial
from threading import Barrier

from django.db import transaction

from events.actions.open_course_conversation import open_course_conversation
from events.models import Activity
from portal.messaging.models import Conversation
from tenants.models import Tenant
from tests.accounts.at_once import at_once
from tests.events.engine.booking_forms import a_clerk
from tests.messaging.audiences.talking import make_course, present
from tests.volunteering.making import (
    make_assignment,
    make_person,
    make_request,
    make_volunteer,
)
from volunteering.actions.open_task_conversation import open_task_conversation
from volunteering.models import ContactConsent

TIMES = 4


def test_opened_by_many_it_is_one_conversation(site: Tenant) -> None:
    course, clerk = make_course(make_person("Ewa Kos")), a_clerk()

    def press() -> Conversation:
        return open_course_conversation(activity=course, acting_user=clerk)

    answers = at_once(site, *[press] * TIMES)
    conversation = Conversation.objects.get()
    assert answers == [conversation] * TIMES
    assert present(conversation) == {"Ewa Kos"}
    # Whoever does not lock the course first makes as many as press.
    other, meeting = make_course(title="Inny"), Barrier(TIMES)

    def press_without_lock() -> None:
        with transaction.atomic():
            stored = Activity.objects.get(pk=other.pk)
            meeting.wait(30)
            if stored.conversation is None:
                stored.conversation = Conversation.objects.create(kind="group", title="Inny")
                stored.save(update_fields=["conversation"])

    at_once(site, *[press_without_lock] * TIMES)
    assert Conversation.objects.filter(title="Inny").count() == TIMES


def test_both_write_first_and_meet_in_one_conversation(site: Tenant) -> None:
    task = make_assignment(make_request(status="arranged"), make_volunteer())
    for side in ContactConsent.Side:
        ContactConsent.objects.create(assignment=task, side=side)

    def press(side: ContactConsent.Side) -> Conversation:
        place = open_task_conversation(assignment=task, side=side, acting_user=None)
        return place.conversation

    deeds = [partial(press, side) for side in [*ContactConsent.Side] * 2]
    answers = at_once(site, *deeds)
    conversation = Conversation.objects.get()
    assert answers == [conversation] * len(deeds)
    assert conversation.participants.count() == 2
