"""Finding a person by whatever the caller says first.

Every part of what is typed narrows the search: words of the name, digits of the phone, an e-mail.
A part may fit what somebody has now or what a merged card had. Each is answered by a trigram index.
"""

from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import OrderBy

from portal.accounts.models import FormerDetail, Person
from portal.accounts.models.person import PersonQuerySet
from tenants.polish import search_key

# How much of a mistyped word must still be there: "kowlaski" keeps 0.38 of "kowalski".
ENOUGH_OF_A_WORD = 0.35
LONG_ENOUGH_FOR_TYPOS = 4
AT_MOST = 50

Kind = FormerDetail.Kind


def search_people(text: str) -> PersonQuerySet:
    """People whose name, phone or e-mail, now or formerly, fits.

    Polish letters do not count, words come in any order and may be beginnings. When nobody fits,
    those whose names look alike, the likest first.
    """
    emails, digits, words = _parts(text)
    people = Person.objects.current()
    for email in emails:
        people = people.filter(_with_email(email))
    if digits:
        people = people.filter(_with_phone(digits))
    if not words:
        return people.in_order() if emails or digits else people.none()
    exact = people.filter(_with_name(reduce(and_, map(_begins, words))))
    if exact.exists():
        return exact.in_order()
    return people.filter(pk__in=_alike(people, words)).order_by(*_nearest_first(words))


def _parts(text: str) -> tuple[list[str], str, list[str]]:
    """``Kowalska 600-100`` → no e-mails, ``600100``, ``["kowalska"]``"""
    emails, digits, words = [], "", []
    for token in text.lower().split():
        letters = search_key(token).split()
        if "@" in token:
            emails.append(token)
        elif letters and all(part.isdigit() for part in letters):
            digits += "".join(letters)
        else:
            words += letters
    # The trunk zero, and the zeros that stand for a plus.
    return emails, digits.lstrip("0"), words


def _with_email(email: str) -> Q:
    return Q(email__contains=email) | _formerly(Kind.EMAIL, Q(value__contains=email))


def _with_phone(digits: str) -> Q:
    return Q(phone__contains=digits) | _formerly(Kind.PHONE, Q(search_key__contains=digits))


def _with_name(fits: Q) -> Q:
    return fits | _formerly(Kind.NAME, fits)


def _formerly(kind: Kind, fits: Q) -> Q:
    """By the ids found: joined with a second table, an OR would use neither table's index."""
    former = FormerDetail.objects.filter(fits, kind=kind)
    return Q(pk__in=list(former.values_list("person_id", flat=True)[:AT_MOST]))


def _begins(word: str) -> Q:
    return Q(search_key__startswith=word) | Q(search_key__contains=f" {word}")


def _nearest_first(words: list[str]) -> tuple[OrderBy, str, str]:
    return TrigramWordSimilarity(" ".join(words), "search_key").desc(), "sort_key", "id"


def _alike(people: PersonQuerySet, words: list[str]) -> list[UUID]:
    """Ids of people whose name has every word or one like it.

    The index compares with a threshold that is a setting, here of this transaction only.
    """
    fits = [
        or_(_begins(word), Q(search_key__trigram_word_similar=word))
        if len(word) >= LONG_ENOUGH_FOR_TYPOS
        else _begins(word)
        for word in words
    ]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
                [str(ENOUGH_OF_A_WORD)],
            )
        alike = people.filter(_with_name(reduce(and_, fits)))
        return list(alike.order_by(*_nearest_first(words)).values_list("pk", flat=True)[:AT_MOST])
