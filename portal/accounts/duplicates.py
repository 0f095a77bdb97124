"""People who are probably one person; staff decide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import DifferentPeople, Guardianship, Person
from tenants.polish import search_key

# Similarity of trigrams, 0 to 1: enough beside another reason, and enough alone.
ALIKE = 0.6
VERY_ALIKE = 0.65


class Reason(models.TextChoices):
    PHONE = "phone", _("the same phone")
    EMAIL = "email", _("the same e-mail")
    NAME = "name", _("the same name")
    SIMILAR_NAME = "similar_name", _("a similar name")
    ADDRESS = "address", _("the same address")


@dataclass(frozen=True, slots=True)
class Likeness:
    person: Person
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    first: Person
    second: Person
    reasons: tuple[Reason, ...]


# How strongly each reason speaks. An address alone says nothing: families share it.
WEIGHTS = {
    Reason.EMAIL: 4,
    Reason.PHONE: 4,
    Reason.NAME: 3,
    Reason.SIMILAR_NAME: 2,
    Reason.ADDRESS: 1,
}


def likely_duplicates_of(person: Person, limit: int = 10) -> list[Likeness]:
    """Others who are probably the same, the likeliest first; not those staff told apart.

    ``person`` may be somebody who is about to be added.
    """
    rows = _rows(
        _OF_ONE,
        {
            "id": person.pk,
            "phone": str(person.phone),
            "email": person.email,
            "street": person.street,
            "city": person.city,
            "search_key": search_key(person.full_name),
            "household": person.household_id,
            "limit": limit,
        },
    )
    people = Person.objects.in_bulk([other for _first, other, _reasons in rows])
    return [Likeness(people[other], _in_order(reasons)) for _first, other, reasons in rows]


def suggested_pairs(limit: int = 50) -> list[Pair]:
    """Pairs of people who are probably one, the likeliest first; not those staff told apart."""
    rows = _rows(_OF_ALL, {"limit": limit})
    people = Person.objects.in_bulk(
        [pk for first, second, _reasons in rows for pk in (first, second)]
    )
    return [
        Pair(people[first], people[second], _in_order(reasons)) for first, second, reasons in rows
    ]


def _in_order(reasons: list[str]) -> tuple[Reason, ...]:
    return tuple(reason for reason in Reason if reason.value in reasons)


def _rows(statement: str, parameters: dict[str, Any]) -> list[tuple[UUID, UUID, list[str]]]:
    thresholds = {"alike": ALIKE, "very_alike": VERY_ALIKE}
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters | thresholds)
        rows: list[tuple[UUID, UUID, list[str]]] = cursor.fetchall()
    return rows


# The queries: candidates by each reason, those told apart and families taken out, the strongest
# first. Nobody is compared with everybody: who has the same of something is grouped by it.

_PERSON = Person._meta.db_table
_CURRENT = "merged_into_id IS NULL AND erased_at IS NULL"
# Reason → the value that is the same, when it says anything, and the value of one person.
_SAME = {
    Reason.PHONE: ("phone", "phone <> ''", "%(phone)s"),
    Reason.EMAIL: ("email", "email <> ''", "%(email)s"),
    Reason.NAME: ("search_key", "search_key <> ''", "%(search_key)s"),
    Reason.ADDRESS: (
        "lower(street), lower(city)", "street <> ''", "lower(%(street)s), lower(%(city)s)"
    ),
}  # fmt: skip
# What more people than this share is a school's or an office's.
_SHARED_BY_MANY = 30
_LIKENESS = "similarity(a.search_key, b.search_key)"
# People who share a phone or a mailbox because they live together or act for each other.
_FAMILY = f"""
    (a.household_id = b.household_id
     OR EXISTS (SELECT FROM {Guardianship._meta.db_table}
                WHERE (guardian_id, ward_id) IN ((a.id, b.id), (b.id, a.id))))
"""
_TOLD_APART = f"""
    EXISTS (SELECT FROM {DifferentPeople._meta.db_table}
            WHERE first_id = least(a.id, b.id) AND second_id = greatest(a.id, b.id))
"""


def _same_among_all(reason: Reason) -> str:
    value, says_something, _one = _SAME[reason]
    return f"""
        SELECT one, other, '{reason.value}' reason, {WEIGHTS[reason]} weight
        FROM (SELECT array_agg(id) ids FROM {_PERSON} WHERE {_CURRENT} AND {says_something}
              GROUP BY {value} HAVING count(*) BETWEEN 2 AND {_SHARED_BY_MANY}) same,
             unnest(ids) one, unnest(ids) other
        WHERE one < other
    """  # noqa: S608


def _same_as_one(reason: Reason) -> str:
    value, says_something, one = _SAME[reason]
    return f"""
        SELECT %(id)s::uuid one, id other, '{reason.value}' reason, {WEIGHTS[reason]} weight
        FROM {_PERSON} WHERE {_CURRENT} AND {says_something} AND ({value}) = ({one})
          AND id <> %(id)s::uuid
    """  # noqa: S608


# For one person the index finds names that are alike among everybody.
_VERY_SIMILAR_NAME = f"""
    UNION SELECT a.id, b.id, 'similar_name', {WEIGHTS[Reason.SIMILAR_NAME]}
    FROM asked a JOIN {_PERSON} b ON b.search_key %% a.search_key
    WHERE a.id <> b.id AND a.search_key <> b.search_key AND {_LIKENESS} >= %(very_alike)s
      AND {_CURRENT}
"""  # noqa: S608
_ASKED = """
    SELECT %(id)s::uuid id, %(search_key)s::text search_key, %(household)s::uuid household_id
"""


def _statement(same: Callable[[Reason], str], asked: str, more: str = "") -> str:
    return f"""
        WITH asked AS NOT MATERIALIZED ({asked}),
        same AS ({" UNION ALL ".join(map(same, _SAME))}),
        reasons AS (
            SELECT * FROM same
            UNION ALL (
                SELECT DISTINCT one, other, 'similar_name', {WEIGHTS[Reason.SIMILAR_NAME]}
                FROM same JOIN asked a ON a.id = one JOIN {_PERSON} b ON b.id = other
                WHERE a.search_key <> b.search_key AND {_LIKENESS} >= %(alike)s
                {more}
            )
        ),
        pairs AS (
            SELECT one, other, array_agg(reason) reasons, sum(weight) weight
            FROM reasons GROUP BY one, other HAVING bool_or(reason <> 'address')
        )
        SELECT one, other, reasons
        FROM pairs JOIN asked a ON a.id = one JOIN {_PERSON} b ON b.id = other
        WHERE NOT {_TOLD_APART}
          AND (reasons && ARRAY['name', 'similar_name'] OR {_FAMILY} IS NOT TRUE)
        ORDER BY weight DESC, b.sort_key, one, other
        LIMIT %(limit)s
    """  # noqa: S608


_OF_ALL = _statement(
    _same_among_all,
    f"SELECT id, search_key, household_id FROM {_PERSON}",  # noqa: S608
)
_OF_ONE = _statement(_same_as_one, _ASKED, _VERY_SIMILAR_NAME)
