"""People for the tests, made at the model and not by the actions under test."""

from typing import Any

from django.db import connection, transaction

from portal.accounts.models import Person
from tenants.roles import as_owner

FIRST_NAMES = ("Anna", "Jan", "Zofia", "Łukasz", "Żaneta", "Stanisław", "Ewa", "Marek")
LAST_NAMES = ("Nowak", "Kowalska", "Wiśniewska", "Wójcik", "Dąbrowska", "Zięba", "Mazur", "Kuś")


def add(first_name: str = "", last_name: str = "", **fields: Any) -> Person:
    return Person.objects.create(first_name=first_name, last_name=last_name, **fields)


def add_crowd(number: int) -> None:
    """Many people with everyday names, each with a phone and an e-mail of their own."""
    people = [
        Person(
            first_name=FIRST_NAMES[ordinal % 8],
            last_name=f"{LAST_NAMES[ordinal // 8 % 8]}{_letters(ordinal)}",
            phone=f"+48{600_000_000 + ordinal * 97}",
            email=f"{FIRST_NAMES[ordinal % 8].lower()}{ordinal}@example.pl",
            channel=Person.Channel.PHONE,
        )
        for ordinal in range(number)
    ]
    for person in people:
        person.set_keys()
    with transaction.atomic():
        Person.objects.bulk_create(people, batch_size=5_000)


def tidy_tables() -> None:
    """As autovacuum would in a while."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE accounts_person")


def _letters(ordinal: int) -> str:
    """Endings that make most last names differ."""
    return "".join(chr(97 + ordinal // 26**place % 26) for place in range(3))
