"""A layer that is down costs seconds, not messages: pages answer as fast as ever, open ones are
told that they hear nothing, and again when they do."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from portal.messaging.telling import CONVERSATION
from portal.realtime import publish
from portal.realtime.postgres_layer import CHANNEL, LARGEST, PostgresLayer, TooLarge
from portal.sockets import hearing
from tenants.devdb import cluster_urls
from tenants.models import Tenant
from tests.sockets.conftest import Somebody, meanwhile, written_to_office
from tests.sockets.serving import POSTGRES, RedisServer, serving

Enter = Callable[[Tenant, str], Somebody]
# A saved message waits for a layer that hangs once, then not for a while.
SLOWEST = publish.PATIENCE_SECONDS + 0.5


@pytest.fixture(autouse=True)
def _no_pause_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    publish._Pause.until = 0.0
    # The same, sooner.
    monkeypatch.setattr(hearing, "BEAT_SECONDS", 0.4)
    monkeypatch.setattr(hearing, "DEAF_SECONDS", 1.2)


def write_and_time(resident: Somebody, layer: dict[str, Any]) -> float:
    with override_settings(CHANNEL_LAYERS={"default": layer}):
        started = monotonic()
        written_to_office(resident, "Czy jutro są zajęcia?")
        return monotonic() - started


@pytest.mark.parametrize("trouble", ["freeze", "kill"])
async def test_redis_is_gone_for_a_while(
    redis: RedisServer, somebody: Enter, srem: Tenant, trouble: str
) -> None:
    resident = await meanwhile(somebody, srem, "resident")
    with serving(redis.layer) as port:
        async with resident.page(port) as page:
            await meanwhile(write_and_time, resident, redis.layer)
            assert await page.hear(CONVERSATION)
            getattr(redis, trouble)()
            assert await meanwhile(write_and_time, resident, redis.layer) < SLOWEST
            assert await meanwhile(write_and_time, resident, redis.layer) < 0.3
            assert await page.hear("deaf", seconds=9)
            async with resident.page(port) as newly_opened:
                assert await newly_opened.hear("deaf")
                redis.thaw() if trouble == "freeze" else redis.start()
                assert await page.hear("hearing", seconds=15)
                assert await newly_opened.hear("hearing")
            publish._Pause.until = 0.0
            await meanwhile(write_and_time, resident, redis.layer)
            assert await page.hear(CONVERSATION)


async def test_postgresql_cuts_the_listening_connection(
    port: int, somebody: Enter, srem: Tenant
) -> None:
    resident = await meanwhile(somebody, srem, "resident")
    async with resident.page(port) as page:
        await meanwhile(write_and_time, resident, POSTGRES)
        assert await page.hear(CONVERSATION)
        await meanwhile(_cut_whoever_listens)
        assert await page.hear("hearing", seconds=5), "something may have been lost"
        await meanwhile(write_and_time, resident, POSTGRES)
        assert await page.hear(CONVERSATION)


def _cut_whoever_listens() -> None:
    with psycopg.connect(cluster_urls(settings.DATA_FOLDER).superuser, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE 'LISTEN %%' AND datname = %s",
            [connection.settings_dict["NAME"]],
        )


async def test_more_than_a_notice_carries_is_refused() -> None:
    layer = PostgresLayer()
    with pytest.raises(TooLarge):
        await layer.group_send("live.g1", {"type": "live", "people": ["x" * LARGEST]})


async def test_what_nobody_takes_in_time_is_given_up_together() -> None:
    layer = PostgresLayer(capacity=3)
    channel = await layer.new_channel()
    await layer.group_add("live.g1", channel)
    for number in range(5):
        await layer.group_send("live.g1", {"type": "live", "number": number})
    await asyncio.sleep(0.3)
    assert await layer.receive(channel) == {"type": "interrupted"}
    assert await layer.receive(channel) == {"type": "live", "number": 4}
    await layer.flush()


def test_saying_something_takes_no_connection_of_its_own() -> None:
    with connection.cursor() as cursor, override_settings(CHANNEL_LAYERS={"default": POSTGRES}):
        cursor.execute(f"LISTEN {CHANNEL}")
        publish._say("live.g1", {"what": "conversation"})
        own = connection.connection.info.backend_pid
        assert [notice.pid for notice in connection.connection.notifies(timeout=0.2)] == [own]
        cursor.execute(f"UNLISTEN {CHANNEL}")
