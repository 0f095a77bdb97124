"""Work for the tests of the worker: it writes into the bound site's own table."""

import time

from django.db import connection, transaction
from procrastinate import RetryStrategy

from tenants.binding import current_schema
from tenants.work import site_task
from tests.tenants.fleet_app.models import Club


@site_task(label="writing down")
def write_down(*, word: str, expected: str = "") -> None:
    """``town`` gets the schema in whose transaction the row was written."""
    assert not expected or current_schema() == expected
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        Club.objects.create(name=word, town=cursor.fetchone()[0])


@site_task(label="breaking")
def break_down(*, word: str) -> None:
    raise ValueError(f"somebody@example.org said {word}")


@site_task(label="trying again", retry_strategy=RetryStrategy(max_attempts=3))
def try_again(*, word: str) -> None:
    raise ConnectionError(word)


@site_task(label="deferring and changing one's mind")
def defer_and_roll_back() -> None:
    with transaction.atomic():
        write_down.defer(word="never")
        transaction.set_rollback(True)


@site_task(label="sleeping", queue="messages")
def sleep(*, seconds: int, word: str) -> None:
    write_down(word=f"{word} begun")
    time.sleep(seconds)
    write_down(word=f"{word} done")
