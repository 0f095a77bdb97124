"""When something is away: plain words, the right status, and recovery without a restart."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import close_old_connections, connection
from django.test import Client

from cms_pages.models import HomePage
from tenants.binding import bind
from tenants.devdb import cluster_urls
from tenants.models import Tenant


@contextmanager
def stopped_database() -> Iterator[None]:
    """As if the server were gone: nobody listens where we connect to."""
    host = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = f"{settings.DATA_FOLDER}/nobody-listens-here"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["HOST"] = host


@pytest.mark.parametrize("path", ["/", "/kontakt/", "/szukaj/?q=opieka", "/konto/zaloguj/"])
def test_without_a_database_pages_say_so_and_recover(own_database: str, path: str) -> None:
    visitor = Client(HTTP_HOST="srem.localhost")
    assert visitor.get(path).status_code == 200
    with stopped_database():
        response = visitor.get(path)
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "10"
        assert "112" in response.content.decode()
        assert "Traceback" not in response.content.decode()
    assert visitor.get(path).status_code == 200


def test_a_connection_that_died_is_replaced(own_database: str) -> None:
    visitor = Client(HTTP_HOST="srem.localhost")
    assert visitor.get("/kontakt/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    kill_backend(pid)
    assert visitor.get("/o-nas/").status_code == 503
    close_old_connections()  # the test client leaves out this part of the end of a request
    assert visitor.get("/o-nas/").status_code == 200


def kill_backend(pid: int) -> None:
    with psycopg.connect(cluster_urls(settings.DATA_FOLDER).superuser, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s)", [pid])


PUBLISH = """
import django; django.setup()
from cms_pages.models import HomePage, StandardPage
from tenants.binding import bind
from tenants.devdb import cluster_urls
from tenants.models import Tenant
with bind(Tenant.objects.get(domains__domain="srem.localhost")):
    home = HomePage.objects.get(locale__language_code="pl")
    page = StandardPage(title="Z innego procesu", slug="z-innego-procesu", show_in_menus=True)
    home.add_child(instance=page)
    page.save_revision().publish()
"""


def test_what_one_process_publishes_is_on_the_next_request_of_another(own_database: str) -> None:
    visitor = Client(HTTP_HOST="srem.localhost")
    for _ in range(2):
        assert "Z innego procesu" not in visitor.get("/").content.decode()
    database = connection.settings_dict
    url = f"postgresql://{{}}@/{own_database}?host={database['HOST']}"
    subprocess.run(
        [sys.executable, "-c", PUBLISH],
        cwd=settings.PROJECT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "TEST_DATABASE_URL": url.format(database["USER"]),
            "TEST_OWNER_DATABASE_URL": url.format(database["OWNER"]["USER"]),
        },
        check=True,
    )
    assert "Z innego procesu" in visitor.get("/").content.decode()


def test_production_settings_pass_the_deployment_check() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.PROJECT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "SECRET_KEY": "a-long-and-random-key-" + "x7Q" * 20,
            "DATABASE_URL": "postgresql://gromada_app@/gromada",
            "DIRECTORY_HOSTS": "gromada.example",
            "DEFAULT_FROM_EMAIL": "listy@gromada.example",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_starter_home_is_there_for_each_language(srem: Tenant) -> None:
    with bind(srem):
        languages = HomePage.objects.live().values_list("locale__language_code", flat=True)
        assert set(languages) == {"pl", "en", "uk"}
