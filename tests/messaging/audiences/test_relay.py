"""A volunteer and whoever asked for help write to each other, and learn no number by it."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.messaging.models import Conversation, Message
from portal.messaging.refusals import ConversationClosed
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.messaging.audiences.talking import present, say
from tests.volunteering.making import (
    in_days,
    make_assignment,
    make_person,
    make_request,
    make_volunteer,
)
from volunteering.actions.give_task_back import give_task_back
from volunteering.actions.open_task_conversation import open_task_conversation
from volunteering.actions.share_contact import share_contact
from volunteering.actions.withdraw_contact import withdraw_contact
from volunteering.contact import ContactChoice
from volunteering.models import Assignment, Block, ContactConsent, HelpRequest
from volunteering.refusals import NotInTouch
from volunteering.request_links import link_of

Side = ContactConsent.Side
SECRETS = ("600777111", "600 777 111", "Zaszyfrowana", "Tajemnicza", "halina@skryta.example")


@pytest.fixture
def task(srem: Tenant) -> Assignment:
    """Of the volunteer of the cast, for somebody who would rather not be known."""
    with bind(srem):
        user = User.objects.get(email=f"volunteer@{srem.schema_name}.example")
        halina = make_person(
            "Halina Tajemnicza", phone="+48600777111", email="halina@skryta.example",
            street="Zaszyfrowana 7", postcode="63-100", city="Śrem",
        )  # fmt: skip
        request = make_request(requester=halina, status="arranged")
        return make_assignment(request, make_volunteer(person=user.person))


def agree(task: Assignment, *sides: ContactConsent.Side) -> None:
    for side in sides or tuple(Side):
        share_contact(
            assignment=task, side=side, shows=ContactChoice(),
            means=ContactConsent.Means.ONLINE, acting_user=None,
        )  # fmt: skip


def opened(task: Assignment, side: ContactConsent.Side = Side.VOLUNTEER) -> Conversation:
    return open_task_conversation(assignment=task, side=side, acting_user=None).conversation


def write_path(task: Assignment) -> str:
    return reverse("my_volunteering:task_write", args=[task.pk])


def request_write_path(task: Assignment) -> str:
    assert task.request is not None
    return reverse("volunteering:request_write", args=[*link_of(task.request), task.pk])


# When it opens


def test_it_opens_only_once_both_have_agreed(srem: Tenant, task: Assignment) -> None:
    with bind(srem):
        for side in ((), (Side.VOLUNTEER,)):
            if side:
                agree(task, *side)
            with pytest.raises(NotInTouch):
                opened(task)
        agree(task, Side.REQUESTER)
        conversation = opened(task)
        assert opened(task, Side.REQUESTER) == conversation
        assert present(conversation) == {"Volunteer Przykładowa", "Halina Tajemnicza"}
        assert not conversation.has_office


def test_whoever_asked_for_somebody_else_writes_for_them(srem: Tenant, task: Assignment) -> None:
    with bind(srem):
        HelpRequest.objects.update(asked_by=make_person("Anna Córka"))
        task = Assignment.objects.get(pk=task.pk)
        agree(task)
        assert present(opened(task)) == {"Volunteer Przykładowa", "Anna Córka"}


# When it closes


@pytest.mark.parametrize("why", ["withdrawn", "called off", "kept apart", "long over"])
def test_it_can_only_be_read_once_they_are_not_in_touch(
    srem: Tenant, task: Assignment, why: str
) -> None:
    with bind(srem):
        agree(task)
        conversation, volunteer = opened(task), task.profile.person
        say(conversation, volunteer)
        if why == "withdrawn":
            withdraw_contact(assignment=task, side=Side.REQUESTER, acting_user=None)
        elif why == "called off":
            give_task_back(assignment=task, acting_user=None)
        elif why == "kept apart":
            assert task.request is not None
            Block.objects.create(person=volunteer, other=task.request.requester)
        else:
            Assignment.objects.update(starts_at=in_days(-16), ends_at=in_days(-15))
        with pytest.raises(ConversationClosed):
            say(conversation, volunteer)
        # What was said stays theirs, through the same door.
        assert opened(Assignment.objects.get(pk=task.pk)) == conversation
        assert len(present(conversation)) == 2


def test_agreeing_anew_opens_it_again(srem: Tenant, task: Assignment) -> None:
    with bind(srem):
        agree(task)
        conversation = opened(task)
        withdraw_contact(assignment=task, side=Side.REQUESTER, acting_user=None)
        agree(task, Side.REQUESTER)
        assert say(conversation, task.profile.person).conversation == conversation


# The doors


def test_volunteer_writes_from_the_page_of_the_task(
    srem: Tenant, task: Assignment, as_site: type[SiteClient]
) -> None:
    volunteer = as_site(srem)
    volunteer.log_in("volunteer")
    with bind(srem):
        page, write = reverse("my_volunteering:task", args=[task.pk]), write_path(task)
    assert "Write to" not in volunteer.get(page).content.decode()
    refused = volunteer.post(write)
    assert refused.status_code == 409
    assert "once both of you have agreed" in refused.content.decode()
    with bind(srem):
        agree(task)
    assert "Write to Halina" in volunteer.get(page).content.decode()
    thread = volunteer.post(write).headers["Location"]
    assert volunteer.get(thread).status_code == 200
    assert volunteer.post(write).headers["Location"] == thread


def test_requester_without_a_login_writes_behind_the_link(
    srem: Tenant, task: Assignment, as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    with bind(srem):
        agree(task)
        write = request_write_path(task)
    page = write.partition("napisz/")[0]
    assert "Write to Volunteer" in visitor.get(page).content.decode()
    thread = visitor.post(write).headers["Location"]
    assert "/link/" in thread
    assert visitor.get(thread).status_code == 200
    visitor.post(f"{thread}odpowiedz/", {"text": "Proszę przyjść o dziesiątej", "token": uuid4()})
    with bind(srem):
        [message] = Message.objects.all()
        assert message.author is not None
        assert message.author.first_name == "Halina"


@pytest.mark.parametrize("role", ["resident", "osl", "director"])
def test_nobody_but_the_two_reads_it(
    srem: Tenant, task: Assignment, as_site: type[SiteClient], role: str
) -> None:
    with bind(srem):
        agree(task)
        conversation = opened(task)
        say(conversation, task.profile.person, "Do zobaczenia")
        write = write_path(task)
    stranger = as_site(srem)
    stranger.log_in(role)
    for place in ("", "panel/"):
        address = f"/en/{place}wiadomosci/{conversation.pk}/"
        assert stranger.get(address).status_code in {403, 404}
    assert stranger.post(write).status_code == 404


def test_neighbouring_gmina_has_no_such_conversation(
    srem: Tenant, kety: Tenant, task: Assignment, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        agree(task)
        conversation, write = opened(task), request_write_path(task)
    neighbour = as_site(kety)
    neighbour.log_in("volunteer")
    assert neighbour.get(f"/en/wiadomosci/{conversation.pk}/").status_code == 404
    assert neighbour.post(write).status_code == 410


def test_no_number_and_no_address_stands_in_the_thread(
    srem: Tenant, task: Assignment, as_site: type[SiteClient]
) -> None:
    volunteer, requester = as_site(srem), as_site(srem)
    volunteer.log_in("volunteer")
    with bind(srem):
        agree(task)
        assert task.request is not None
        say(opened(task), task.request.requester, "Czekam w niedzielę")
        write, request_write = write_path(task), request_write_path(task)
        email = task.profile.person.email
    seen = volunteer.get(volunteer.post(write).headers["Location"]).content.decode()
    assert "Czekam w niedzielę" in seen
    inbox: Any = volunteer.get("/en/wiadomosci/").content.decode()
    assert not [secret for secret in SECRETS if secret in seen + inbox]
    other = requester.get(requester.post(request_write).headers["Location"]).content.decode()
    assert email not in other
    assert "Przykładowa" not in other
