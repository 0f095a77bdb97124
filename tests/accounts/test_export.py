"""A person takes away everything we keep about them, readable by people and machines."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import html5lib
import pytest

from portal.accounts.actions.give_consent import give_consent
from portal.accounts.actions.merge_people import merge_people
from portal.accounts.export import export_archive
from portal.accounts.models import FormerDetail, OrganisationMember, Person, User
from portal.accounts.privacy import declarations
from portal.audit.models import record
from tenants.binding import bind
from tenants.models import Tenant
from tests.accounts.people import add


def opened(person: Person) -> tuple[dict[str, Any], str]:
    with ZipFile(BytesIO(export_archive(person))) as folder:
        assert folder.testzip() is None
        assert set(folder.namelist()) == {"data.json", "index.html"}
        return json.loads(folder.read("data.json")), folder.read("index.html").decode()


def test_the_archive_has_every_declared_part_in_both_forms(srem: Tenant) -> None:
    with bind(srem):
        login = User.objects.get(email=f"ngo_member@{srem.schema_name}.example")
        person = login.person
        person.language = "en"
        person.save()
        give_consent(person=person, purpose="news", means="online", acting_user=login)
        FormerDetail.objects.create(person=person, kind="name", value="Dawne Nazwisko")
        record("person.viewed", actor=None, person=person.pk)
        data, page = opened(person)
        assert OrganisationMember.objects.filter(user=login).exists()
    assert data["format"] == "gromada-export/1"
    assert data["site"] == srem.name
    assert set(data["parts"]) == {declaration.key for declaration in declarations()}
    parts = {key: part["data"] for key, part in data["parts"].items()}
    assert parts["person"]["former_details"] == [{"kind": "name", "value": "Dawne Nazwisko"}]
    assert parts["logins"][0]["email"] == login.email
    assert parts["organisations"][0]["organisation"] == "Koło Gospodyń"
    assert parts["consents"][0]["text"].startswith("I want to receive news")
    assert "contact data looked at" in [entry["action"] for entry in parts["audit"]]
    for words in ("Dawne Nazwisko", login.email, "Koło Gospodyń", "I want to receive news"):
        assert str(words) in page
    assert '<html lang="en">' in page


def test_what_people_typed_stays_text_and_nothing_is_fetched(srem: Tenant) -> None:
    with bind(srem):
        person = add("<script>alert(1)</script>", '"><img src=x>', city="=HYPERLINK(1)")
        data, page = opened(person)
    assert data["parts"]["person"]["data"]["first_name"] == "<script>alert(1)</script>"
    html5lib.HTMLParser(strict=True).parse(page)
    lower = page.lower()
    for danger in ("<script", "<img", "http://", "https://", "@import", "url("):
        assert danger not in lower


@pytest.mark.parametrize(
    ("language", "heading"), [("pl", 'lang="pl"'), ("uk", 'lang="uk"'), ("en", "Your data")]
)
def test_it_speaks_the_persons_language(srem: Tenant, language: str, heading: str) -> None:
    with bind(srem):
        data, page = opened(add("Anna", "Żak", language=language))
    assert data["language"] == language
    assert heading in page


def test_a_merged_persons_records_are_in_it_and_nobody_elses(srem: Tenant, kety: Tenant) -> None:
    with bind(srem):
        osl = User.objects.get(email=f"osl@{srem.schema_name}.example")
        kept, merged = add("Anna", "Żak"), add("Anna", "Dawna", phone="+48600111222")
        record("person.viewed", actor=osl.pk, person=merged.pk)
        merge_people(kept=kept, merged=merged, acting_user=osl)
        add("Zupełnie", "Obca")
        data, page = opened(kept)
    with bind(kety):
        add("Sąsiedzka", "Tajemnica", id=kept.pk)
    text = json.dumps(data, ensure_ascii=False)
    assert "Anna Dawna" in text
    assert "person.viewed" not in text
    assert len(data["parts"]["audit"]["data"]) == 2
    for other in ("Obca", "Tajemnica", "Przykładowa", str(osl.pk)):
        assert other not in text + page
