"""The bound site decides where every statement goes: threads, coroutines, savepoints, errors."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from asgiref.sync import sync_to_async
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import User
from tenants.binding import (
    NoTenantBound,
    TenantSwitchInTransaction,
    bind,
    bind_public,
    current_schema,
    current_tenant,
)
from tenants.models import Tenant


def schema_of_the_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


def two_sites() -> tuple[Tenant, Tenant]:
    with bind_public():
        return (
            Tenant.objects.get(domains__domain="srem.localhost"),
            Tenant.objects.get(domains__domain="kety.localhost"),
        )


def test_code_outside_a_site_has_none(db: None) -> None:
    assert schema_of_the_database() == "public"
    with pytest.raises(NoTenantBound):
        current_tenant()


def test_leaving_a_site_returns_to_the_one_before(srem: Tenant, kety: Tenant) -> None:
    with bind(srem):
        with bind(kety):
            assert schema_of_the_database() == kety.schema_name
        assert schema_of_the_database() == srem.schema_name
        assert current_tenant() == srem


def test_equal_ids_are_different_people(srem: Tenant, kety: Tenant) -> None:
    with bind(srem):
        person = User.objects.create_user(email="a@example.com")
    with bind(kety):
        User.objects.create_user(id=person.pk, email="b@example.com")
        assert User.objects.get(pk=person.pk).email == "b@example.com"
    with bind(srem):
        assert User.objects.get(pk=person.pk).email == "a@example.com"


def test_tables_of_sites_do_not_exist_in_public(db: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        User.objects.count()


def test_content_types_have_the_same_ids_everywhere(srem: Tenant, kety: Tenant) -> None:
    def ids(tenant: Tenant) -> list[tuple[int, str, str]]:
        with bind(tenant):
            return list(ContentType.objects.order_by("id").values_list("id", "app_label", "model"))

    assert ids(srem) == ids(kety)
    assert len(ids(srem)) > 20


def test_switching_inside_a_transaction_is_refused(own_database: str) -> None:
    srem, kety = two_sites()
    with bind(srem), transaction.atomic():
        with pytest.raises(TenantSwitchInTransaction), bind(kety):
            pass
        assert schema_of_the_database() == srem.schema_name


def test_a_failed_transaction_does_not_take_the_site_with_it(own_database: str) -> None:
    srem, kety = two_sites()
    with bind(srem):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert schema_of_the_database() == srem.schema_name
    with bind(kety):
        assert schema_of_the_database() == kety.schema_name


def test_work_after_commit_runs_in_the_site_that_asked_for_it(own_database: str) -> None:
    srem, _kety = two_sites()
    seen: list[str] = []
    with bind(srem), transaction.atomic():
        transaction.on_commit(lambda: seen.append(schema_of_the_database()))
    assert seen == [srem.schema_name]


def test_threads_keep_their_own_site(own_database: str) -> None:
    sites = two_sites()
    barrier = threading.Barrier(8)

    def look(number: int) -> bool:
        tenant = sites[number % 2]
        try:
            with bind(tenant):
                barrier.wait()
                return all(schema_of_the_database() == tenant.schema_name for _ in range(50))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(look, range(8)))


def test_coroutines_sharing_a_connection_keep_their_own_site(own_database: str) -> None:
    sites = two_sites()

    async def look(number: int) -> bool:
        tenant = sites[number % 2]
        with bind(tenant):
            for _ in range(20):
                await asyncio.sleep(0)
                schema: str = await sync_to_async(schema_of_the_database)()
                if schema != tenant.schema_name:
                    return False
            return bool(current_schema() == tenant.schema_name)

    async def all_at_once() -> list[bool]:
        return await asyncio.gather(*(look(number) for number in range(10)))

    assert all(asyncio.run(all_at_once()))


@contextmanager
def undone() -> Iterator[None]:
    """A block whose transaction is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


STEPS = ("site 0", "site 1", "public", "atomic", "undone", "error", "close", "look")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=14))
@pytest.mark.parametrize("pooled", [False, True], ids=["connection", "pool"])
def test_any_history_ends_where_the_binding_says(
    own_database: str, pooled: bool, steps: list[str]
) -> None:
    """Nested sites, transactions, savepoints, errors and connections handed back, in any order.

    The backend itself compares the server's ``search_path`` after every statement in the tests.
    """
    sites = two_sites()
    with pool_of_connections(pooled), ExitStack() as stack:
        for step in steps:
            if step == "look":
                assert schema_of_the_database() == current_schema()
            elif step == "error":
                with pytest.raises(DatabaseError), transaction.atomic():
                    connection.cursor().execute("SELECT 1/0")
            elif step == "close":
                if not connection.in_atomic_block:
                    connection.close()
            elif step in {"atomic", "undone"}:
                stack.enter_context(transaction.atomic() if step == "atomic" else undone())
            else:
                enter = bind_public() if step == "public" else bind(sites[int(step[-1])])
                wanted = "public" if step == "public" else sites[int(step[-1])].schema_name
                if connection.in_atomic_block and wanted != current_schema():
                    with pytest.raises(TenantSwitchInTransaction):
                        stack.enter_context(enter)
                else:
                    stack.enter_context(enter)
        assert schema_of_the_database() == current_schema()
    assert current_schema() == "public"
    assert schema_of_the_database() == "public"


@contextmanager
def pool_of_connections(wanted: bool) -> Iterator[None]:
    if not wanted:
        yield
        return
    connection.close()
    before = connection.settings_dict
    options = {**before["OPTIONS"], "pool": {"min_size": 1, "max_size": 2}}
    connection.settings_dict = {**before, "CONN_MAX_AGE": 0, "OPTIONS": options}
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL only
        connection.settings_dict = before
