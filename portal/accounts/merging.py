"""After a merge: which person an old id means now, and all rows that are one person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.db.models.fields.reverse_related import ForeignObjectRel

from portal.accounts.models import Consent, DifferentPeople, FormerDetail, Guardianship, Person


def current_person(pk: UUID) -> Person:
    """The person an id leads to, through every merge.

    Raises:
        Person.DoesNotExist: there is no such person (any more).
    """
    seen: set[UUID] = set()
    person = Person.objects.get(pk=pk)
    while person.merged_into_id is not None and person.pk not in seen:
        seen.add(person.pk)
        person = Person.objects.get(pk=person.merged_into_id)
    if person.erased_at is not None:
        raise Person.DoesNotExist
    return person


def predecessors_of(person: Person) -> list[Person]:
    """Everybody who was merged into the person, directly or through others."""
    table = connection.ops.quote_name(Person._meta.db_table)
    return list(
        Person.objects.raw(
            f"WITH RECURSIVE earlier AS ("  # noqa: S608 (the table's own name)
            f" SELECT id FROM {table} WHERE merged_into_id = %s"
            f" UNION SELECT later.id FROM {table} later"
            f" JOIN earlier ON later.merged_into_id = earlier.id)"
            f" SELECT * FROM {table} WHERE id IN (SELECT id FROM earlier)",
            [person.pk],
        )
    )


def everybody_who_is(person: Person) -> list[Person]:
    """The person and their predecessors: a question about one is about all of them."""
    return [person, *predecessors_of(person)]


def move_what_came_late() -> None:
    """Rows written for a merged person by somebody who did not know of the merge yet."""
    for model, field in pointers():
        if model is Person:
            continue
        late = model._base_manager.filter(**{f"{field}__merged_into__isnull": False})
        for row in late.select_related(field):
            _move(row, field, current_person(getattr(row, f"{field}_id")))


# Moving everything that points at a merged person


ClashRule = Callable[[Any, Person], None]
_clash_rules: dict[type[Model], ClashRule] = {}


def on_clash(model: type[Model]) -> Callable[[ClashRule], ClashRule]:
    """Decorator: what to do with a row of ``model`` that cannot simply point at the kept person,
    because the kept person has one like it. Without a rule it stays with the merged person."""

    def register(rule: ClashRule) -> ClashRule:
        _clash_rules[model] = rule
        return rule

    return register


def move_everything(*, merged: Person, kept: Person) -> dict[str, int]:
    """Point every row at the kept person, whichever app it is of; how many rows of which model."""
    moved: dict[str, int] = {}
    for model, field in pointers():
        rows = model._base_manager.filter(**{field: merged.pk})
        try:
            with transaction.atomic():
                count = rows.update(**{field: kept.pk})
        except IntegrityError:
            count = sum(_move(row, field, kept) for row in rows)
        if count:
            moved[model._meta.label_lower] = moved.get(model._meta.label_lower, 0) + count
    return moved


def pointers() -> list[tuple[type[Model], str]]:
    """Every model of every app with a field that leads to a person, and that field."""
    return [
        (relation.related_model, relation.field.name)
        for relation in Person._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many
    ]


def _move(row: Model, field: str, kept: Person) -> int:
    try:
        with transaction.atomic():
            setattr(row, f"{field}_id", kept.pk)
            row.save(update_fields=[field])
    except IntegrityError:
        row.refresh_from_db()
        rule = _clash_rules.get(type(row))
        if rule is not None:
            rule(row, kept)
        return 0
    return 1


@on_clash(FormerDetail)
@on_clash(Guardianship)
def _is_said_already(row: Model, _kept: Person) -> None:
    row.delete()


@on_clash(DifferentPeople)
def _in_order(row: DifferentPeople, kept: Person) -> None:
    """A pair stands in the order of its ids, once, and nobody differs from themselves."""
    other = row.second_id if row.first.merged_into_id == kept.pk else row.first_id
    low, high = sorted((kept.pk, other))
    if low != high:
        DifferentPeople.objects.get_or_create(
            first_id=low, second_id=high, defaults={"said_by": row.said_by}
        )
    row.delete()


@on_clash(Consent)
def _one_follows_the_other(row: Consent, kept: Person) -> None:
    """Both consents are kept as proofs; the earlier one lasted until the later one was given."""
    other = Consent.objects.valid().get(person=kept, purpose=row.purpose)
    earlier, later = sorted((row, other), key=lambda consent: consent.given_at)
    earlier.withdrawn_at = later.given_at
    for consent in (earlier, later):
        consent.person = kept
        consent.save(update_fields=["person", "withdrawn_at"])
