"""Whoever may not hear any more is not told: sockets end by what the database says, within five
seconds, however it came about, and also while the layer is down."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from portal.accounts.actions.erase_person import erase_person
from portal.accounts.actions.grant_role import grant_role
from portal.accounts.models import RoleGrant, User
from portal.accounts.roles import Role
from portal.entrance.actions.forget_second_factor import forget_second_factor
from portal.messaging.telling import CONVERSATION
from tenants.binding import bind
from tenants.models import Tenant
from tests.cast import PASSWORD
from tests.sockets.conftest import Somebody, meanwhile
from tests.sockets.serving import RedisServer, serving

ENDED = 4401


def newcomer(site: Tenant, *roles: Role) -> Somebody:
    """Somebody of their own, whose login may be taken away."""
    name = f"newcomer-{uuid4().hex}"
    with bind(site):
        user = User.objects.create_user(
            email=f"{name}@{site.schema_name}.example", password=PASSWORD, first_name="Marta"
        )
        for role in roles:
            grant_role(user=user, role=role, acting_user=None)
    return Somebody(site, name)


def _logs_out(one: Somebody) -> None:
    one.browser.post(reverse("account_logout"))


def _sessions_end(one: Somebody) -> None:
    one.user.sessions.all().delete()


def _session_runs_out(one: Somebody) -> None:
    one.user.sessions.update(expire_date=timezone.now() - timedelta(seconds=1))


def _loses_a_role(one: Somebody) -> None:
    RoleGrant.objects.filter(user=one.user, role=Role.OSL).delete()


def _is_deactivated(one: Somebody) -> None:
    User.objects.filter(pk=one.user.pk).update(is_active=False)


def _is_erased(one: Somebody) -> None:
    erase_person(person=one.user.person, acting_user=None)


def _loses_the_factor(one: Somebody) -> None:
    forget_second_factor(user=one.user, acting_user=None)


def _changes_the_password(one: Somebody) -> None:
    one.user.set_password("another-" + PASSWORD)
    one.user.save()


def _is_no_longer_proved(one: Somebody) -> None:
    session = one.browser.session
    session["account_authentication_methods"] = []
    session.save()


WAYS = [
    _logs_out, _sessions_end, _session_runs_out, _loses_a_role, _is_deactivated, _is_erased,
    _loses_the_factor, _changes_the_password, _is_no_longer_proved,
]  # fmt: skip


async def test_sockets_end_when_the_rights_do(port: int, srem: Tenant) -> None:
    async def end_of(way: Callable[[Somebody], None]) -> tuple[str, int]:
        one = await meanwhile(newcomer, srem, Role.OSL, Role.VOLUNTEER)
        async with one.page(port) as page:
            await meanwhile(_in_the_site, srem, way, one)
            with suppress(TimeoutError):
                return way.__name__, await page.closed(seconds=5)
        return way.__name__, 0

    bystander = await meanwhile(newcomer, srem, Role.OSL)
    async with bystander.page(port) as page:
        ends = await asyncio.gather(*map(end_of, WAYS))
        assert dict(ends) == {way.__name__: ENDED for way in WAYS}
        assert await page.hears_nothing(CONVERSATION, seconds=0.1)


def _in_the_site(site: Tenant, way: Callable[[Somebody], None], one: Somebody) -> None:
    with bind(site):
        way(one)


async def test_a_page_that_may_hear_more_stays_open(port: int, srem: Tenant) -> None:
    one = await meanwhile(newcomer, srem)
    async with one.page(port) as page:
        await meanwhile(_in_the_site, srem, _becomes_a_volunteer, one)
        assert await page.hears_nothing(seconds=2.5)
        await meanwhile(_in_the_site, srem, _sessions_end, one)
        assert await page.closed() == ENDED


def _becomes_a_volunteer(one: Somebody) -> None:
    grant_role(user=one.user, role=Role.VOLUNTEER, acting_user=None)


async def test_sockets_end_while_the_layer_is_down(redis: RedisServer, srem: Tenant) -> None:
    one = await meanwhile(newcomer, srem)
    with serving(redis.layer) as port:
        async with one.page(port) as page:
            redis.freeze()
            await meanwhile(_in_the_site, srem, _sessions_end, one)
            assert await page.closed() == ENDED
        redis.thaw()
