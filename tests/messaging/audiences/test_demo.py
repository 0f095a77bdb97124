"""Whoever looks around the demo finds conversations that go on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Activity
from portal.accounts.models import User
from portal.demo.installation import settle
from portal.demo.made_up import mail_domain
from portal.demo.talk import content
from portal.messaging import owners, reading
from portal.messaging.audiences import name_of, people_in
from portal.messaging.broadcasting import states_of
from portal.messaging.models import Broadcast, Conversation, Message, Participant
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.jobs import waiting_jobs
from volunteering.models import Assignment, Shift

Kind, State = Conversation.Kind, Delivery.State


@pytest.fixture
def settled(srem: Tenant) -> Tenant:
    with bind(srem):
        settle(srem)
    return srem


def test_everybody_of_the_demo_finds_something_to_read(settled: Tenant) -> None:
    with bind(settled):
        of = {
            key: {
                (place.conversation.kind, place.conversation.has_office)
                for place in reading.conversations_of(
                    User.objects.get(email=f"{key}@{mail_domain(settled)}").person
                )
            }
            for key in ("mieszkaniec", "wolontariusz")
        }
        assert of["mieszkaniec"] == {(Kind.DIRECT, True)}
        assert of["wolontariusz"] == {
            (Kind.DIRECT, True), (Kind.DIRECT, False), (Kind.GROUP, True),
            (Kind.ANNOUNCEMENT, True),
        }  # fmt: skip
        office = User.objects.get(email=f"osl@{mail_domain(settled)}")
        inbox = reading.conversations_for_staff(office)
        assert inbox.waiting().count() == 3
        assert inbox.count() == len(content()["office"]) + 3


def test_conversations_of_a_course_a_team_and_two_people_are_whole(settled: Tenant) -> None:
    with bind(settled):
        owned = (Activity, Shift, Assignment)
        talks = [model.objects.exclude(conversation=None).get().conversation for model in owned]
        for talk in talks:
            assert talk is not None
            members = owners.members_of(talk)
            assert members is not None
            present = set(talk.participants.present().values_list("person", flat=True))
            assert set(members.values_list("pk", flat=True)) == present
            authors = talk.messages.exclude(author=None).values_list("author", flat=True)
            assert set(authors) <= present
            assert owners.is_open(talk)


def test_what_is_written_is_numbered_and_in_order_and_past(settled: Tenant) -> None:
    with bind(settled):
        for talk in Conversation.objects.all():
            written = list(talk.messages.in_order())
            assert [one.number for one in written] == list(range(1, talk.last_number + 1))
            moments = [one.created_at for one in written]
            assert moments == sorted(moments)
            assert moments[-1] < timezone.now()
        assert not Participant.objects.filter(conversation__messages=None).exists()


def test_announcement_of_last_week_has_copies_in_every_state(settled: Tenant) -> None:
    with bind(settled):
        sent = Broadcast.objects.get(state=Broadcast.State.SENT)
        copies = states_of(sent)
        assert copies.count() == sent.recipients == 8
        assert {copy.channel for copy in copies} == {"email", "sms", "call"}
        assert {copy.state for copy in copies} == {
            State.DELIVERED, State.NEEDS_HUMAN, State.WAITING
        }  # fmt: skip
        assert {vars(copy)["has_read"] for copy in copies} == {True, False}
        assert Message.objects.filter(answers__conversation=sent.conversation).count() == 2


def test_announcement_of_tomorrow_will_be_sent(settled: Tenant) -> None:
    with bind(settled):
        planned = Broadcast.objects.get(state=Broadcast.State.SCHEDULED)
        assert planned.send_at is not None
        assert timezone.now() < planned.send_at < timezone.now() + timedelta(days=2)
        assert name_of(planned.audiences[0])
        assert people_in(planned.audiences).count() >= 5
    [job] = [one for one in waiting_jobs(settled) if one["args"].get("broadcast")]
    assert job["at"] == planned.send_at


def test_another_start_adds_nothing_and_leaves_what_people_have_made_of_it(
    settled: Tenant,
) -> None:
    with bind(settled):
        before = (Conversation.objects.count(), Message.objects.count(), Broadcast.objects.count())
        Broadcast.objects.filter(state=Broadcast.State.SCHEDULED).update(state="cancelled")
        settle(settled)
        after = (Conversation.objects.count(), Message.objects.count(), Broadcast.objects.count())
        assert after == before
        assert not Broadcast.objects.to_be_sent().exists()


def test_pages_show_it(settled: Tenant, as_site: type[SiteClient]) -> None:
    volunteer, office = as_site(settled), as_site(settled)
    with bind(settled):
        user = User.objects.get(email=f"wolontariusz@{mail_domain(settled)}")
        relay = Conversation.objects.exclude(assignment=None).get()
        volunteer.force_login(user)
    office.log_in("osl")
    assert volunteer.get("/wiadomosci/").status_code == 200
    assert "Nigdzie się nie spieszymy" in volunteer.get(f"/wiadomosci/{relay.pk}/").content.decode()
    assert "Добрий день" in office.get("/panel/wiadomosci/").content.decode()
