"""The conversation of a shift's team."""

import pytest
from django.utils import timezone

from events.editing_refusals import NothingToTalkAbout
from portal.accounts.models import User
from portal.messaging.models import Conversation
from portal.messaging.refusals import ConversationClosed, NotInConversation
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.engine.booking_forms import a_clerk
from tests.jobs import do_due_jobs
from tests.messaging.audiences.talking import present, say
from tests.volunteering.making import in_days, make_shift, make_volunteer
from volunteering.actions.give_shift_back import give_shift_back
from volunteering.actions.open_shift_conversation import open_shift_conversation
from volunteering.actions.take_shift import take_shift
from volunteering.models import Assignment, Shift


def taken(shift: Shift, name: str) -> Assignment:
    return take_shift(
        shift=shift, profile=make_volunteer(name), by_organiser=True, acting_user=a_clerk()
    )


def opened(shift: Shift) -> Conversation:
    return open_shift_conversation(shift=shift, acting_user=a_clerk())


def test_team_follows_who_has_a_place(here: Tenant) -> None:
    shift = make_shift()
    task = taken(shift, "Ewa Kos")
    conversation = opened(shift)
    assert opened(shift) == conversation
    taken(shift, "Jan Lis")
    do_due_jobs()
    assert present(conversation) == {"Ewa Kos", "Jan Lis"}
    give_shift_back(assignment=task, acting_user=a_clerk())
    with pytest.raises(NotInConversation):
        say(conversation, task.profile.person)
    do_due_jobs()
    assert present(conversation) == {"Jan Lis"}


def test_team_of_a_shift_long_over_or_called_off_only_reads(here: Tenant) -> None:
    shift = make_shift()
    task = taken(shift, "Ewa Kos")
    conversation = opened(shift)
    say(conversation, task.profile.person)
    for change in (
        {"cancelled_at": timezone.now()},
        {"cancelled_at": None, "starts_at": in_days(-16), "ends_at": in_days(-15)},
    ):
        Shift.objects.filter(pk=shift.pk).update(**change)
        with pytest.raises(ConversationClosed):
            say(conversation, task.profile.person)


def test_shift_that_is_called_off_gets_no_conversation(here: Tenant) -> None:
    with pytest.raises(NothingToTalkAbout):
        opened(make_shift(cancelled_at=timezone.now()))


def test_organiser_opens_it_from_the_page_of_the_shift(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        shift = make_shift()
        user = User.objects.get(email=f"volunteer@{srem.schema_name}.example")
        take_shift(
            shift=shift, profile=make_volunteer(person=user.person), by_organiser=True,
            acting_user=user,
        )  # fmt: skip
    office, volunteer, stranger = as_site(srem), as_site(srem), as_site(srem)
    office.log_in("osl")
    volunteer.log_in("volunteer")
    stranger.log_in("resident")
    page = f"/en/panel/oferty/dyzur/{shift.pk}/"
    response = office.post(f"{page}rozmowa/")
    with bind(srem):
        conversation = Conversation.objects.get(shift=shift)
        say(conversation, None, "Rękawiczki są na miejscu")
    assert response.headers["Location"] == f"/en/panel/wiadomosci/{conversation.pk}/"
    assert response.headers["Location"] in office.get(page).content.decode()
    thread = f"/en/wiadomosci/{conversation.pk}/"
    assert "Rękawiczki" in volunteer.get(thread).content.decode()
    assert stranger.get(thread).status_code == 404
