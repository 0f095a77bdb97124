"""What a page may say, how much of it, and how many pages there may be."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from portal.sockets import presence
from portal.sockets.limits import MOST_FRAMES, MOST_PAGES_OF_ONE, MOST_WAITING
from portal.sockets.open_page import OpenPage
from portal.sockets.visitors import Visitor, recognise
from tenants.binding import bind
from tenants.models import Tenant
from tests.sockets.conftest import Somebody, meanwhile, written_to_office

Enter = Callable[[Tenant, str], Somebody]
SOMEWHERE = "0199f2f0-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("x" * 200, 1009),
        ("x" * 70_000, 1009),
        (b"\x00", 1003),
        ("{", 1007),
        ('["here"]', 1008),
        ("{}", 1008),
        ({"here": "not an id"}, 1008),
        ({"here": None}, 1008),
        ({"here": SOMEWHERE, "typing": SOMEWHERE}, 1008),
        ({"shout": SOMEWHERE}, 1008),
        ({"here": SOMEWHERE}, 1008),
    ],
)
async def test_what_a_page_may_not_say_ends_its_socket(
    port: int, somebody: Enter, srem: Tenant, said: object, code: int
) -> None:
    clerk = await meanwhile(somebody, srem, "osl")
    async with clerk.page(port) as page:
        await page.say(said)
        assert await page.closed() == code


async def test_a_frame_in_many_pieces_is_as_large_as_all_of_them(
    port: int, somebody: Enter, srem: Tenant
) -> None:
    clerk = await meanwhile(somebody, srem, "osl")
    async with clerk.page(port) as page:
        await page.say(["x" * 1_000] * 70)
        assert await page.closed() == 1009


async def test_only_staff_say_anything(port: int, somebody: Enter, srem: Tenant) -> None:
    resident = await meanwhile(somebody, srem, "volunteer")
    conversation = await meanwhile(written_to_office, resident)
    for role in ("volunteer", "editor"):
        one = await meanwhile(somebody, srem, role)
        async with one.page(port) as page:
            await page.say({"here": str(conversation.pk)})
            assert await page.closed() == 1008


async def test_a_page_that_says_too_much_is_closed(
    port: int, somebody: Enter, srem: Tenant
) -> None:
    clerk, writer = [await meanwhile(somebody, srem, role) for role in ("osl", "resident")]
    conversation = await meanwhile(written_to_office, writer)
    async with clerk.page(port) as page:
        for _time in range(MOST_FRAMES):
            await page.say({"typing": str(conversation.pk)})
        assert await page.hears_nothing("typing", seconds=0.3)
        await page.say({"typing": str(conversation.pk)})
        assert await page.closed() == 1008


async def test_nobody_has_more_than_so_many_sockets(
    port: int, somebody: Enter, srem: Tenant
) -> None:
    resident, other = [await meanwhile(somebody, srem, role) for role in ("resident", "volunteer")]
    async with AsyncExitStack() as open_pages:
        for _page in range(MOST_PAGES_OF_ONE):
            await open_pages.enter_async_context(resident.page(port))
        with pytest.raises(InvalidStatus):
            await open_pages.enter_async_context(resident.page(port))
        await open_pages.enter_async_context(other.page(port))
    await asyncio.sleep(0.1)
    async with resident.page(port):
        pass


async def test_a_page_that_takes_nothing_is_cut_off(srem: Tenant, somebody: Enter) -> None:
    visitor = await meanwhile(_visitor, somebody, srem)

    async def never(_message: object = None) -> Any:
        await asyncio.Event().wait()

    page = OpenPage(visitor, never)
    listening = asyncio.create_task(page.listen(never, presence.take))
    await asyncio.sleep(0)
    for _time in range(MOST_WAITING + 2):
        page.tell("{}")
    async with asyncio.timeout(1):
        await listening


def _visitor(somebody: Enter, site: Tenant) -> Visitor:
    with bind(site):
        visitor = recognise(somebody(site, "resident").cookie)
    assert visitor is not None
    return visitor
