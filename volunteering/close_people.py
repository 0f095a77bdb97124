"""Whom somebody speaks for: people of one household, and wards."""

from django.db.models import Q

from portal.accounts.models import Person
from portal.accounts.models.person import PersonQuerySet


def close_to(person: Person) -> PersonQuerySet:
    near = Q(guardians__guardian=person)
    if person.household_id is not None:
        near |= Q(household=person.household_id)
    return Person.objects.current().filter(near).exclude(pk=person.pk).distinct()
