"""Messages: what a promise costs beside the bare rows, and keeping it beside bare SMTP.

Both references do nothing else: the very same rows inserted by psycopg in one transaction, and the
very same mails handed by smtplib over one connection to the same mail server in another process.
Ours and the reference are measured in turn, and the best round of each counts: what else the
machine does makes either slower, and nothing makes it faster.
"""

import smtplib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from portal.accounts.models import Person
from portal.notifications.kinds import Kind, register
from portal.notifications.letters import Letters
from portal.notifications.models import Delivery, Message
from portal.notifications.promise import promise
from portal.notifications.rendering import Content
from portal.notifications.tasks import send_mails
from tenants.backend.base import search_path
from tenants.binding import bind, current_schema
from tenants.devdb import cluster_urls
from tenants.fleet import migrate_fleet
from tenants.models import Municipality, Tenant
from tenants.provisioning import SiteOrder, provision
from tenants.teryt import load_municipalities
from tests.bench.figures import Figure

RECIPIENTS, ROUNDS = 1_000, 7
NEWS = Kind(key="bench", label="bench", is_urgent=True)
TEXT = "Dzień dobry!\n\nZapraszamy na spacer: https://srem.localhost/wydarzenia/spacer/\n\n" * 6
CONTENT: Content = {"pl": {"subject": "Spacer nad Wartą", "text": TEXT, "sms": "Spacer"}}
TABLES = ("notifications_message", "notifications_delivery", "public.procrastinate_jobs")


def figures(_sites: int) -> Iterator[Figure]:
    register(NEWS)
    with bind(_site()):
        Person.objects.bulk_create(
            Person(
                first_name="Anna", last_name=f"Nowak {number}", channel=Person.Channel.EMAIL,
                email=f"anna{number}@example.pl", phone="+48600100200",
            )
            for number in range(RECIPIENTS)
        )  # fmt: skip
        yield _promising()
        with _mail_server() as port:
            settings.MAIL_TRANSPORT, settings.EMAIL_PORT = "smtp", port
            yield _keeping()


def _site() -> Tenant:
    migrate_fleet(write=lambda _line: None)
    load_municipalities()
    gmina = Municipality.objects.order_by("teryt")[0]
    return provision(SiteOrder(domain="gmina.localhost", municipality=gmina))


def _promising() -> Figure:
    ours, bare = [], []
    with psycopg.connect(cluster_urls(Path(settings.DATA_FOLDER)).app) as raw:
        raw.execute(f"SET search_path TO {search_path(current_schema())}")
        raw.commit()
        for _round in range(ROUNDS):
            people = list(Person.objects.all())
            start = perf_counter()
            promise(NEWS.key, to=people, content=CONTENT)
            ours.append(perf_counter() - start)
            rows = {table: _rows(table) for table in TABLES}
            _empty()
            start = perf_counter()
            for table, (columns, values) in rows.items():
                _insert(raw, table, columns, values)
            raw.commit()
            bare.append(perf_counter() - start)
            _empty()
    return Figure(
        f"promised to {RECIPIENTS}, beside INSERTs of the rows",
        RECIPIENTS / min(ours),
        RECIPIENTS / min(bare),
        unit="/s",
        more_is_better=True,
        note="at least 0.3",
    )


def _rows(table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
        return [column.name for column in cursor.description], cursor.fetchall()


def _empty() -> None:
    with connection.cursor() as cursor:
        for table in reversed(TABLES):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def _insert(
    raw: psycopg.Connection[Any], table: str, columns: Sequence[str], values: Sequence[Any]
) -> None:
    with raw.cursor() as cursor:
        cursor.executemany(
            sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                sql.Identifier(*table.split(".")),
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                sql.SQL(", ").join([sql.Placeholder()] * len(columns)),
            ),
            values,
        )


def _keeping() -> Figure:
    ours, bare = [], []
    people = list(Person.objects.all())
    for _round in range(ROUNDS):
        Message.objects.all().delete()
        promise(NEWS.key, to=people, content=CONTENT)
        start = perf_counter()
        while Delivery.objects.waiting().exists():
            send_mails()
        ours.append(perf_counter() - start)
        sent = Delivery.objects.filter(state=Delivery.State.SENT)
        if sent.count() != RECIPIENTS:
            raise RuntimeError(f"{sent.count()} of {RECIPIENTS} went out")
        letters = Letters()
        mails = [
            letters.addressed(delivery, delivery.message)
            for delivery in sent.select_related("person", "message")
        ]
        bare.append(_handed_over(letters.sender, mails))
    return Figure(
        "delivered by one worker, beside bare smtplib",
        RECIPIENTS / min(ours),
        RECIPIENTS / min(bare),
        unit="/s",
        more_is_better=True,
        note="at least 0.5",
    )


def _handed_over(sender: str, mails: Sequence[tuple[str, bytes]]) -> float:
    """Seconds for all of them over one connection."""
    start = perf_counter()
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
        for address, mail in mails:
            server.sendmail(sender, [address], mail)
    return perf_counter() - start


@contextmanager
def _mail_server() -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.notifications.sink", "0", "/dev/null"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield int(process.stdout.readline())  # type: ignore[union-attr]
    finally:
        process.kill()
        process.wait()
