"""Somebody who was erased is nowhere: not in the dump, not in a file, not in a job.

What the law keeps stays in exactly the tables the person was told of.
"""

import io
import re
import subprocess
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.log_actions import log
from wagtail.models import Comment
from wagtail.users.models import UserProfile

from cms_pages.models import HomePage
from portal.accounts.actions.add_guardian import add_guardian
from portal.accounts.actions.add_person import add_person
from portal.accounts.actions.erase_person import AlreadyGone, erase_person
from portal.accounts.actions.give_consent import give_consent
from portal.accounts.actions.grant_role import LastDirector, grant_role
from portal.accounts.actions.merge_people import merge_people
from portal.accounts.models import Consent, Erasure, Invitation, Person, Session, User
from portal.accounts.privacy import declarations, locks_on
from portal.accounts.roles import Role
from portal.accounts.tasks import forget_erased_people
from portal.notifications.models import Delivery
from portal.notifications.promise import Address, promise
from portal.notifications.rendering import Words
from tenants import devdb
from tenants.binding import bind
from tenants.models import Tenant
from tenants.nightly import run_nightly
from tests.accounts.people import add

STREET, TOWN = "ul. Kanarkowa 17", {"postcode": "63-100", "city": "Śrem"}


@dataclass(frozen=True)
class Canary:
    """A person made of strings that occur nowhere else."""

    word: str
    phone: str

    @property
    def email(self) -> str:
        return f"{self.word.lower()}@kanarek.example"

    @property
    def traces(self) -> list[str]:
        national = self.phone.removeprefix("+48")
        return [self.word.lower(), national, f"former{self.word}".lower()]


LEAVING = Canary("Xyzaleaving", "+48601777001")
LOCKED = Canary("Xyzblocked", "+48601777002")


def land(canary: Canary, osl: User) -> Person:
    """Let somebody leave traces wherever the portal keeps any."""
    person = add_person(
        details={
            "first_name": canary.word, "last_name": f"Last{canary.word}", "phone": canary.phone,
            "email": canary.email, "street": f"{STREET} {canary.word}", **TOWN,
            "channel": "email", "language": "pl",
        },
        acting_user=osl,
    )  # fmt: skip
    login = User.objects.create_user(
        email=canary.email, phone=canary.phone, person=person, first_name=canary.word,
        last_name=f"Last{canary.word}",
    )  # fmt: skip
    EmailAddress.objects.create(user=login, email=canary.email, verified=True, primary=True)
    visitor = Client(HTTP_HOST="srem.localhost")
    visitor.force_login(login)
    session = visitor.session
    session["draft"] = {"about": canary.word}
    session.save()
    begun = Client(HTTP_HOST="srem.localhost").session
    begun["account_login"] = {"email": canary.email}
    begun.save()
    twin = add(f"Former{canary.word}", "Twin", phone=canary.phone, email=f"former{canary.email}")
    merge_people(kept=person, merged=twin, acting_user=osl)
    add_guardian(ward=person, guardian=add("Ola", "Opiekun"), kind="carer", acting_user=osl)
    words: dict[str, Words] = {
        "pl": {"subject": f"Dla {canary.word}", "text": canary.word, "html": "", "sms": ""}
    }
    promise("mail", to=[person, Address(canary.email)], content=words)
    promise("mail", to=[person], content=words)
    Invitation.objects.create(
        email=canary.email, role="osl", token_digest=canary.word, invited_by=osl.pk,
        expires_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    edit_pages(login, canary)
    return Person.objects.get(pk=person.pk)


def edit_pages(login: User, canary: Canary) -> None:
    """As an editor: a comment, a draft with it, a picture of themselves, a log entry."""
    home = HomePage.objects.get(slug="home")
    home.wagtail_admin_comments.add(
        Comment(user=login, text=f"comment by {canary.word}", contentpath="title")
    )
    home.save_revision(user=login)
    home.save()
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    UserProfile.objects.create(
        user=login, avatar=ContentFile(picture.getvalue(), name=f"{canary.word}.png")
    )
    log(login, "wagtail.edit", user=login)


def tables_with(database: str, traces: list[str]) -> dict[str, set[str]]:
    """Trace → tables of the whole dump, ``public`` too, in which it occurs."""
    owner = settings.DATABASES["default"]["OWNER"]
    dump = subprocess.run(
        [
            str(devdb.binaries() / "pg_dump"), "--data-only", f"--host={owner['HOST']}",
            f"--username={owner['USER']}", f"--dbname={database}",
        ],
        capture_output=True, text=True, check=True,
    ).stdout.lower()  # fmt: skip
    found: dict[str, set[str]] = {trace: set() for trace in traces}
    for table, rows in re.findall(r"^copy (\S+) .*?;\n(.*?)^\\\.$", dump, re.MULTILINE | re.DOTALL):
        for trace in traces:
            if trace in rows:
                found[trace].add(table)
    return found


def files_with(traces: list[str]) -> list[Path]:
    return [
        file
        for file in Path(settings.MEDIA_ROOT).rglob("*")
        if file.is_file()
        and any(t in file.name.lower() or t.encode() in file.read_bytes().lower() for t in traces)
    ]


@pytest.fixture
def srem_alone(own_database: str) -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


def test_erased_people_are_in_no_table_file_or_job_but_where_they_were_told(
    own_database: str, srem_alone: Tenant
) -> None:
    with bind(srem_alone):
        osl = User.objects.get(email=f"osl@{srem_alone.schema_name}.example")
        leaving, locked = land(LEAVING, osl), land(LOCKED, osl)
        give_consent(person=locked, purpose="news", means="online", acting_user=None)
        told = {f"{srem_alone.schema_name}.{lock.table}" for lock in locks_on(locked)}
        assert locks_on(leaving) == []
    before = tables_with(own_database, LEAVING.traces + LOCKED.traces)
    assert all(before.values()), before
    assert len(before[LEAVING.word.lower()]) >= 8, "the canary leaves too few traces to prove much"
    assert files_with(LEAVING.traces)
    with bind(srem_alone):
        assert erase_person(person=leaving, acting_user=osl).kept == []
        kept = erase_person(person=locked, acting_user=osl).kept
        assert {f"{srem_alone.schema_name}.{row['table']}" for row in kept} == told
        run_nightly(night="2026-11-22")
        assert not any(LEAVING.email in str(s.get_decoded()) for s in Session.objects.all())
    after = tables_with(own_database, LEAVING.traces + LOCKED.traces)
    name = LOCKED.word.lower()
    assert {trace: tables for trace, tables in after.items() if tables} == {
        name: {f"{srem_alone.schema_name}.accounts_person"}
    }
    assert files_with(LEAVING.traces + LOCKED.traces) == []
    with bind(srem_alone):
        row = Person.objects.get(erased_at__isnull=False)
        assert row.full_name == f"{LOCKED.word} Last{LOCKED.word}"
        assert set(Consent.objects.values_list("person", flat=True)) == {row.pk}
        assert told == {
            f"{srem_alone.schema_name}.{table}" for table in ("accounts_consent", "accounts_person")
        }
        assert not Person.objects.filter(pk=leaving.pk).exists()
        assert HomePage.objects.get(slug="home").live
        assert not Delivery.objects.filter(person=row).exists()


def test_the_name_goes_when_the_last_lock_has_passed(
    srem: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bind(srem):
        person = add("Anna", "Dowodowa")
        give_consent(person=person, purpose="news", means="paper", acting_user=None)
        erasure = erase_person(person=person, acting_user=None)
        year = timezone.localdate().year
        assert {row["until"] for row in erasure.kept} == {f"{year + 6}-12-31"}
        monkeypatch.setattr(timezone, "localdate", lambda *_args: date(year + 6, 12, 31))
        forget_erased_people()
        assert Person.objects.filter(pk=person.pk).exists()
        monkeypatch.undo()
        monkeypatch.setattr(
            "portal.accounts.declared.consents.timezone.localdate",
            lambda *_args: date(year + 7, 1, 1),
        )
        forget_erased_people()
        assert not Person.objects.filter(pk=person.pk).exists()
        assert not Consent.objects.exists()


def test_the_only_director_is_told_to_give_the_role_away_first(srem: Tenant) -> None:
    with bind(srem):
        director = User.objects.get(email=f"director@{srem.schema_name}.example")
        with pytest.raises(LastDirector, match="only director"):
            erase_person(person=director.person, acting_user=director)
        osl = User.objects.get(email=f"osl@{srem.schema_name}.example")
        grant_role(user=osl, role=Role.DIRECTOR, acting_user=director)
        erase_person(person=director.person, acting_user=director)
        assert not User.objects.filter(pk=director.pk).exists()


def test_erasing_twice_or_somebody_merged_is_refused_in_words(srem: Tenant) -> None:
    with bind(srem):
        osl = User.objects.get(email=f"osl@{srem.schema_name}.example")
        kept, merged = add("Ewa", "Nowak"), add("Ewa", "Nowak")
        merge_people(kept=kept, merged=merged, acting_user=osl)
        with pytest.raises(AlreadyGone, match="merged with another"):
            erase_person(person=merged, acting_user=osl)
        erase_person(person=kept, acting_user=osl)
        with pytest.raises(AlreadyGone):
            erase_person(person=kept, acting_user=osl)
        assert {row.person for row in Erasure.objects.all()} == {kept.pk, merged.pk}


def test_a_restored_backup_repeats_the_erasures_also_of_people_it_knows_apart(
    srem: Tenant, kety: Tenant, tmp_path: Path
) -> None:
    with bind(srem):
        osl = User.objects.get(email=f"osl@{srem.schema_name}.example")
        one, twin, stays = add("Ewa", "Nowak"), add("Ewa", "Nowak"), add("Jan", "Zostaje")
        merge_people(kept=one, merged=twin, acting_user=osl)
        erase_person(person=one, acting_user=osl)
    with bind(kety):
        neighbour = add("Ewa", "Nowak", id=one.pk)
    saved = tmp_path / "erasures.jsonl"
    call_command("replay_erasures", save=saved)
    assert "Nowak" not in saved.read_text()
    with bind(srem):  # as the backup was: two people, nobody erased
        Erasure.objects.all().delete()
        for pk in (one.pk, twin.pk):
            add("Ewa", "Nowak", id=pk)
    for _again in range(2):
        call_command("replay_erasures", list=saved)
    with bind(srem):
        assert not Person.objects.filter(pk__in=[one.pk, twin.pk]).exists()
        assert Person.objects.filter(pk=stays.pk).exists()
        assert Erasure.objects.count() == 2
    with bind(kety):
        assert Person.objects.filter(pk=neighbour.pk).exists()


def test_every_declaration_says_why_and_for_how_long() -> None:
    for declaration in declarations():
        assert str(declaration.label)
        assert str(declaration.basis)
        assert str(declaration.kept_for)
        assert declaration.tables
