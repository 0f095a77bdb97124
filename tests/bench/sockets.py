"""Open pages: how soon many of them are told, beside a bare broadcast, and what each costs.

1,000 sockets in 5 sites on one process, as it is shipped. The reference does nothing else: the
``websockets`` library says a frame to as many of as many connections. Both are heard by the same
client, in turn, and told by it: ours over the layer, as a web process tells.
"""

import asyncio
import os
import resource
import socket
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import override_settings

from portal.accounts.models import User
from portal.accounts.sessions import SessionStore
from portal.realtime import publish
from tenants.binding import bind
from tenants.fleet import migrate_fleet
from tenants.models import Municipality, Tenant
from tenants.provisioning import SiteOrder, provision
from tenants.teryt import load_municipalities
from tests.bench.figures import Figure
from tests.bench.listeners import Address, Crowd
from tests.sockets.serving import POSTGRES, RedisServer

SITES, PEOPLE, ROUNDS, MESSAGES = 5, 200, 60, 10_000
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Site:
    tenant: Tenant
    people: list[UUID]
    addresses: list[Address]


def figures(_sites: int) -> Iterator[Figure]:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    # A busy machine must not make the teller give up, as a web process would after half a second.
    publish.PATIENCE_SECONDS = 30
    sites = _make_sites()
    with _server("tests.bench.bare_broadcast", {}) as (port, pid):
        bare = asyncio.run(_measure_bare(port, pid))
    redis = RedisServer()
    try:
        for name, layer, url in (
            ("Redis", redis.layer, f"redis://127.0.0.1:{redis.port}"),
            ("PostgreSQL", POSTGRES, ""),
        ):
            with (
                override_settings(CHANNEL_LAYERS={"default": layer}),
                _server("tests.bench.socket_process", {"REDIS_URL": url}) as (port, pid),
            ):
                yield from asyncio.run(_measure(name, sites, port, pid, bare))
    finally:
        redis.remove()


def _make_sites() -> list[Site]:
    migrate_fleet(write=lambda _line: None)
    load_municipalities()
    return [_site(number) for number in range(SITES)]


def _site(number: int) -> Site:
    host = f"gmina{number}.localhost"
    gmina = Municipality.objects.order_by("teryt")[number]
    tenant = provision(SiteOrder(domain=host, municipality=gmina, status=Tenant.Status.ACTIVE))
    with bind(tenant):
        users = [
            User.objects.create_user(email=f"anna{one}@{host}.example", first_name="Anna")
            for one in range(PEOPLE)
        ]
        addresses = [Address(host, "/ws/", _cookie(user)) for user in users]
    return Site(tenant, [user.person_id for user in users], addresses)


def _cookie(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@contextmanager
def _server(module: str, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Port and process of a server that listens on a socket it inherits."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=2_048))
        process = subprocess.Popen(
            [sys.executable, "-m", module, str(listener.fileno())],
            pass_fds=[listener.fileno()],
            env={**os.environ, **environment},
        )
        stack.callback(process.wait)
        stack.callback(process.terminate)
        yield listener.getsockname()[1], process.pid


def _resident_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


@dataclass(frozen=True, slots=True)
class Bare:
    seconds: float
    kilobytes: float


async def _measure_bare(port: int, pid: int) -> Bare:
    addresses = [Address("bare.localhost", f"/{number}") for number in range(SITES * PEOPLE)]
    async with Crowd(port, [Address("bare.localhost", "/first")]) as speaker:
        before = _resident_kb(pid)
        async with Crowd(port, addresses) as crowd:
            kilobytes = (_resident_kb(pid) - before) / len(addresses)
            say = speaker.listeners[0].line.send
            rounds = []
            for number in range(ROUNDS):
                first = number % SITES * PEOPLE
                told = str(list(range(first, first + PEOPLE)))
                rounds.append(await crowd.seconds_until(PEOPLE, partial(say, told)))
    return Bare(_p95(rounds), kilobytes)


async def _measure(
    name: str, sites: Sequence[Site], port: int, pid: int, bare: Bare
) -> list[Figure]:
    addresses = [address for site in sites for address in site.addresses]
    # Everything is loaded before it is weighed.
    async with Crowd(port, [site.addresses[0] for site in sites]):
        before = _resident_kb(pid)
    async with Crowd(port, addresses) as crowd:
        kilobytes = (_resident_kb(pid) - before) / len(addresses)
        rounds = []
        for number in range(ROUNDS):
            site = sites[number % SITES]
            rounds.append(
                await crowd.seconds_until(
                    PEOPLE,
                    lambda site=site: asyncio.to_thread(_tell, site, site.people, -1),  # type: ignore[misc]
                )
            )
        wrong = await _interleave(crowd, sites)
    return [
        Figure(
            f"{PEOPLE} of {len(addresses)} told over {name}, p95", _p95(rounds), bare.seconds,
            note=f"at least 0.33, and ours at most 1 s; {ROUNDS} rounds",
        ),
        Figure(f"memory of a socket, {name}", kilobytes, bare.kilobytes, unit="kB"),
        Figure(
            f"{MESSAGES} to two each over {name}: right",
            2 * MESSAGES - wrong, 2 * MESSAGES, unit="",
            more_is_better=True, note=f"must be 1: {wrong} foreign, lost or doubled",
        ),
    ]  # fmt: skip


async def _interleave(crowd: Crowd, sites: Sequence[Site]) -> int:
    """Frames that are foreign, lost or doubled, when each message is for two people of a site."""
    expected: dict[int, Counter[int]] = {at: Counter() for at in range(len(crowd.listeners))}
    for listener in crowd.listeners:
        listener.heard.clear()

    def tell_all() -> None:
        for number in range(MESSAGES):
            of, one = number % SITES, number // SITES % PEOPLE
            pair = (one, (one + 7) % PEOPLE)
            for place in pair:
                expected[of * PEOPLE + place][number] += 1
            _tell(sites[of], [sites[of].people[place] for place in pair], number)

    try:
        await crowd.seconds_until(2 * MESSAGES, partial(asyncio.to_thread, tell_all))
        await asyncio.sleep(1)
    except TimeoutError:
        pass  # some are lost: counted below
    wrong = 0
    for at, listener in enumerate(crowd.listeners):
        heard = Counter(frame["number"] for frame in listener.heard)
        wrong += ((heard - expected[at]) + (expected[at] - heard)).total()
    return wrong


def _tell(site: Site, people: Sequence[UUID], number: int) -> None:
    with bind(site.tenant):
        publish.tell_people(people, "conversation", of=site.tenant.pk, number=number)


def _p95(rounds: Sequence[float]) -> float:
    return statistics.quantiles(rounds, n=20)[-1]
