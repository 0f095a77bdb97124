"""Made-up people and organisations of a gmina, who have no login.

One statement for each table, so that the demo starts quickly; rows that are there stay as they are.
"""

from typing import Any

from django.utils import timezone

from portal.accounts.consents import current_text
from portal.accounts.models import (
    Consent,
    ConsentPurpose,
    Guardianship,
    Household,
    Organisation,
    OrganisationMember,
    Person,
    User,
)
from portal.demo.made_up import (
    address_in,
    content,
    email_of,
    key_of,
    mail_domain,
    name_of,
    phone,
)
from tenants.models import Tenant
from tenants.polish import search_key, sort_key

# Numbers below are the sample people's.
FIRST_NUMBER = 20


def settle_residents(tenant: Tenant) -> dict[str, Person]:
    """Make the people and organisations of the bound gmina; harmless when they are there."""
    lines = {line["key"]: line for line in content()["people"]}
    people = {key: _person(key, lines, tenant) for key in lines}
    families = {line["family_of"] for line in lines.values() if "family_of" in line}
    Household.objects.bulk_create(
        (Household(pk=key_of(f"household {key}", tenant)) for key in families),
        ignore_conflicts=True,
    )
    Person.objects.bulk_create(people.values(), ignore_conflicts=True)
    Guardianship.objects.bulk_create(
        (
            Guardianship(
                pk=key_of(f"guardian of {key}", tenant), guardian=people[line["guardian"]],
                ward=people[key], kind=Guardianship.Kind.PARENT,
            )
            for key, line in lines.items() if "guardian" in line
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    _take_consents([people[key] for key, line in lines.items() if "reads_news" in line], tenant)
    _found_organisations(tenant)
    return people


def _person(key: str, lines: dict[str, dict[str, Any]], tenant: Tenant) -> Person:
    line = lines[key]
    numbers = {known: number for number, known in enumerate(lines, start=FIRST_NUMBER)}
    # Whoever was written down twice has one name and one number.
    number = numbers[line.get("twin_of", key)]
    family = line.get("family_of", key)
    first, last = name_of(number, tenant, is_woman=line["is_woman"])
    if family != key:
        last = name_of(numbers[family], tenant, is_woman=lines[family]["is_woman"])[1]
    is_in_household = family != key or any(
        other.get("family_of") == key for other in lines.values()
    )
    person = Person(
        pk=key_of(key, tenant),
        first_name=first,
        last_name=last,
        phone="" if line["channel"] == "letter" or "guardian" in line else phone(number),
        email=email_of((first, last), tenant) if line["channel"] == "email" else "",
        channel=line["channel"],
        language=line.get("language", "pl"),
        household_id=key_of(f"household {family}", tenant) if is_in_household else None,
        **address_in(tenant, numbers[family] if family != key else number),
    )
    person.set_keys()
    return person


def _take_consents(people: list[Person], tenant: Tenant) -> None:
    text = current_text(ConsentPurpose.NEWS)
    Consent.objects.bulk_create(
        (
            Consent(
                pk=key_of(f"consent of {person.pk}", tenant), person=person, text=text,
                purpose=ConsentPurpose.NEWS, means=Consent.Means.PAPER,
            )
            for person in people
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _found_organisations(tenant: Tenant) -> None:
    now = timezone.now()
    lines = content()["organisations"]
    Organisation.objects.bulk_create(
        (
            Organisation(
                pk=key_of(line["key"], tenant), name=line["name"], kind=line["kind"],
                status=line["status"], decided_at=None if line["status"] == "new" else now,
                email=f"{line['key'].replace('_', '-')}@{mail_domain(tenant)}",
                search_key=search_key(line["name"]), sort_key=sort_key(line["name"]),
                **address_in(tenant, number),
            )
            for number, line in enumerate(lines, start=60)
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    logins = {f"{line['coordinator']}@{mail_domain(tenant)}": line["key"] for line in lines
              if "coordinator" in line}  # fmt: skip
    OrganisationMember.objects.bulk_create(
        (
            OrganisationMember(
                pk=key_of(f"membership of {user.email}", tenant), user=user,
                organisation_id=key_of(logins[str(user.email)], tenant),
                role=OrganisationMember.Role.COORDINATOR,
            )
            for user in User.objects.filter(email__in=logins)
        ),
        ignore_conflicts=True,
    )  # fmt: skip
