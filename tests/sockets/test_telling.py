"""A message reaches the pages of those it is for, and of nobody else."""

from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

from django.db import transaction

from portal.messaging.actions.post_message import post_message
from portal.messaging.models import Conversation
from portal.messaging.telling import CONVERSATION
from portal.realtime.publish import tell_people
from tenants.binding import bind
from tenants.models import Tenant
from tests.sockets.conftest import Somebody, meanwhile, written_to_office

Enter = Callable[[Tenant, str], Somebody]


def _answered(clerk: Somebody, conversation: Conversation) -> None:
    with bind(clerk.site):
        post_message(
            conversation=conversation, acting_user=clerk.user, text="Już dzwonię", token=uuid4()
        )


async def test_a_message_is_told_to_those_it_is_for(
    port: int, somebody: Enter, srem: Tenant, kety: Tenant
) -> None:
    resident, clerk, editor, volunteer = [
        await meanwhile(somebody, srem, role) for role in ("resident", "osl", "editor", "volunteer")
    ]
    neighbour = await meanwhile(somebody, kety, "osl")
    async with (
        resident.page(port) as theirs, resident.page(port) as other_tab, clerk.page(port) as office,
        editor.page(port) as editors, volunteer.page(port) as volunteers,
        neighbour.page(port) as neighbours,
    ):  # fmt: skip
        everybody = (theirs, other_tab, office)
        conversation = await meanwhile(written_to_office, resident)
        told = {"what": "conversation", "of": str(conversation.pk), "number": 1}
        assert [await page.hear(CONVERSATION) for page in everybody] == [told] * 3
        await meanwhile(_answered, clerk, conversation)
        told["number"] = 2
        assert [await page.hear(CONVERSATION) for page in everybody] == [told] * 3
        for stranger in (editors, volunteers, neighbours):
            assert await stranger.hears_nothing(CONVERSATION, seconds=0.2)


async def test_nothing_is_told_of_what_was_not_committed(
    port: int, somebody: Enter, srem: Tenant
) -> None:
    resident = await meanwhile(somebody, srem, "resident")

    def give_up_at_the_end() -> None:
        with suppress(ZeroDivisionError), bind(srem), transaction.atomic():
            tell_people([resident.user.person_id], "conversation", number=1)
            raise ZeroDivisionError

    def commit() -> None:
        with bind(srem), transaction.atomic():
            tell_people([resident.user.person_id], "conversation", number=2)

    async with resident.page(port) as page:
        await meanwhile(give_up_at_the_end)
        await meanwhile(commit)
        assert (await page.hear())["number"] == 2


async def test_a_message_to_more_people_than_one_notice_carries_reaches_them(
    port: int, somebody: Enter, srem: Tenant
) -> None:
    resident = await meanwhile(somebody, srem, "resident")

    def tell_a_crowd() -> None:
        with bind(srem):
            tell_people([*(uuid4() for _other in range(399)), resident.user.person_id], "course")

    async with resident.page(port) as page:
        await meanwhile(tell_a_crowd)
        assert (await page.hear())["what"] == "course"


async def test_staff_see_who_else_is_at_a_conversation(
    port: int, somebody: Enter, srem: Tenant
) -> None:
    resident, clerk, director = [
        await meanwhile(somebody, srem, role) for role in ("resident", "osl", "director")
    ]
    conversation = await meanwhile(written_to_office, resident, "Czy jest winda?")
    here = str(conversation.pk)
    async with (
        resident.page(port) as residents, clerk.page(port) as clerks,
        director.page(port) as directors,
    ):  # fmt: skip
        await directors.say({"here": here})
        assert await clerks.hears_nothing("here", seconds=0.3), "the clerk has it not open yet"
        await clerks.say({"here": here})
        assert await directors.hear("here") == {"what": "here", "of": here, "who": "Osl"}
        for _key in range(5):
            await clerks.say({"typing": here})
        assert await directors.hear("typing") == {"what": "typing", "of": here, "who": "Osl"}
        assert await directors.hears_nothing("typing", seconds=0.3), "once is enough for a while"
        assert await clerks.hears_nothing("typing", seconds=0.1)
        assert await residents.hears_nothing(seconds=0.1)
