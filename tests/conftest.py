"""A cast built once: one cluster a run, two gminas replayed from the template, people in each.

Tests run inside a transaction that is rolled back. Those that need real commits (threads, other
processes, a browser) ask for ``own_database``: a copy of the cast's database.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from psycopg import sql

from portal.accounts.models import User
from portal.demo.installation import install
from tenants import devdb, hosts
from tenants.binding import bind
from tenants.models import Tenant
from tests.cast import build_cast

CAST_DATABASE = "cast"
DEMO_DATABASE = "demo_cast"
_copies = count()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        cluster = devdb.running_cluster(Path(settings.DATA_FOLDER), throwaway=True)
        config.stash[_CLUSTER] = cluster
        cluster.__enter__()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _CLUSTER in config.stash:
        config.stash[_CLUSTER].__exit__(None, None, None)
        devdb.remove_cluster(Path(settings.DATA_FOLDER))
        shutil.rmtree(settings.DATA_FOLDER, ignore_errors=True)


_CLUSTER: pytest.StashKey[Any] = pytest.StashKey()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """The first worker builds the cast; every worker gets a copy of it."""
    with django_db_blocker.unblock(), _only_one_builds(CAST_DATABASE) as is_first:
        if is_first:
            _create_database(CAST_DATABASE)
            with using_database(CAST_DATABASE):
                build_cast()
    worker = f"w_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock():
        _create_database(worker, copy_of=CAST_DATABASE)
        with using_database(worker):
            yield


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of this test alone, where commits are real; gives its name."""
    name = f"own_{os.getpid()}_{next(_copies)}"
    with django_db_blocker.unblock():
        _create_database(name, copy_of=CAST_DATABASE)
        with using_database(name):
            yield name
        _drop_database(name)


@pytest.fixture(scope="session")
def demo_database(django_db_setup: None, django_db_blocker: Any) -> str:
    """The demo's database, 23 sites of five projects: the first worker that needs it lets the
    demo's code make it, every worker gets a copy."""
    name = f"demo_{os.getpid()}"
    with django_db_blocker.unblock():
        with _only_one_builds(DEMO_DATABASE) as is_first:
            if is_first:
                _create_database(DEMO_DATABASE, copy_of="template1")
                with using_database(DEMO_DATABASE):
                    install(Path(settings.DATA_FOLDER), port=8000, write=lambda _line: None)
        _create_database(name, copy_of=DEMO_DATABASE)
    return name


@pytest.fixture
def all_sites(demo_database: str, django_db_blocker: Any) -> Iterator[None]:
    """Work on the demo's database; tests that ask for this must only read."""
    with django_db_blocker.unblock(), using_database(demo_database):
        yield


@contextmanager
def using_database(name: str) -> Iterator[None]:
    """Point the connection, its owner and every new connection at another database."""
    before = connection.settings_dict["NAME"]
    _connect_to(name)
    try:
        yield
    finally:
        _connect_to(before)


def _connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name
    settings.DATABASES["default"]["OWNER"]["NAME"] = name


@contextmanager
def _only_one_builds(database: str) -> Iterator[bool]:
    lock = Path(settings.DATA_FOLDER) / f"{database}.lock"
    with lock.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        is_first = not file.read()
        yield is_first
        file.write("built")


def _create_database(name: str, *, copy_of: str = "template1") -> None:
    with _administrator() as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(devdb.OWNER), sql.Identifier(copy_of)
            )
        )


def _drop_database(name: str) -> None:
    with _administrator() as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _administrator() -> psycopg.Connection[Any]:
    return psycopg.connect(
        devdb.cluster_urls(Path(settings.DATA_FOLDER)).superuser, autocommit=True
    )


def forget_everything() -> None:
    """Empty what a process keeps of the database."""
    hosts.forget()
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def _forget_other_databases() -> None:
    """What was true of one test's database is not true of the next one's."""
    forget_everything()


# The cast


def domain(tenant: Tenant) -> str:
    return str(tenant.domains.get(is_primary=True).domain)


class SiteClient(Client):
    """A visitor's browser on one site; ``log_in`` makes it somebody of that site."""

    def __init__(self, tenant: Tenant, **defaults: Any) -> None:
        super().__init__(HTTP_HOST=domain(tenant), **defaults)
        self.tenant = tenant

    def log_in(self, role: str) -> User:
        """Somebody of the cast: ``resident``, ``osl``, ``director`` …, see ``tests.cast.ROLES``.

        Staff show their second factor, as the login would have asked them to.
        """
        with bind(self.tenant):
            user = User.objects.get(email=f"{role}@{self.tenant.schema_name}.example")
            self.force_login(user)
            if user.is_staff:
                session = self.session
                session["account_authentication_methods_user"] = str(user.pk)
                session["account_authentication_methods"] = [
                    {"method": "mfa", "type": "totp", "at": time.time()}
                ]
                session.save()
        return user


@pytest.fixture
def srem(db: None) -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


@pytest.fixture
def kety(db: None) -> Tenant:
    return Tenant.objects.get(domains__domain="kety.localhost")


@pytest.fixture
def site(own_database: str) -> Iterator[Tenant]:
    """Śrem, bound, where commits are real: for what several people do at one moment."""
    tenant = Tenant.objects.get(domains__domain="srem.localhost")
    with bind(tenant):
        yield tenant


@pytest.fixture
def as_site() -> type[SiteClient]:
    """``as_site(srem).get("/")``; ``as_site(srem).log_in("editor")``."""
    return SiteClient
