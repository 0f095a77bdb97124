"""The team, the audit, background work and settings."""

import csv
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.actions.change_person import change_person
from portal.accounts.models import Invitation, Person
from portal.accounts.roles import Role
from portal.audit.models import AuditEntry, record
from portal.notifications.models import SenderIdentity
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.panel.office import Office, person_of


@pytest.fixture
def director(srem: Tenant) -> SiteClient:
    visitor = SiteClient(srem)
    visitor.log_in("director")
    return visitor


def get(visitor: SiteClient, path: str) -> str:
    return visitor.get(f"/en/panel/{path}").content.decode()


def act(visitor: SiteClient, path: str, **data: str) -> str:
    return visitor.post(f"/en/panel/{path}", data, follow=True).content.decode()


# The team


def test_the_team_is_listed_with_roles_and_second_factors(
    srem: Tenant, director: SiteClient
) -> None:
    with bind(srem):
        Authenticator.objects.create(
            user=person_of(srem, "osl"), type=Authenticator.Type.TOTP, data={}
        )
    page = get(director, "zespol/")
    assert "local community organiser" in page
    assert page.count("second factor set") == 1
    assert f"resident@{srem.schema_name}" not in page


def test_a_role_is_given_and_taken_after_a_question(srem: Tenant, director: SiteClient) -> None:
    with bind(srem):
        osl = person_of(srem, "osl")
    path = f"zespol/{osl.pk}/editor/"
    assert "Give Osl" in get(director, f"{path}daj/")
    assert "now has the role: editor" in act(director, f"{path}daj/")
    assert "They are logged out everywhere at once." in get(director, f"{path}zabierz/")
    act(director, f"{path}zabierz/")
    with bind(srem):
        assert person_of(srem, "osl").roles == {Role.RESIDENT, Role.OSL}


def test_lost_second_factor_is_removed_after_a_question(srem: Tenant, director: SiteClient) -> None:
    with bind(srem):
        osl = person_of(srem, "osl")
        Authenticator.objects.create(user=osl, type=Authenticator.Type.TOTP, data={})
    path = f"zespol/{osl.pk}/drugi-krok/usun/"
    assert path in director.get(f"/en/panel/zespol/{osl.pk}/").content.decode()
    assert "Remove the second step of logging in of Osl" in get(director, path)
    assert "The second step is removed." in act(director, path)
    with bind(srem):
        assert not Authenticator.objects.filter(user=osl).exists()
        assert AuditEntry.objects.filter(action="login.factors_forgotten").exists()
    with bind(srem):
        resident = person_of(srem, "resident")
    assert director.get(f"/en/panel/zespol/{resident.pk}/drugi-krok/usun/").status_code == 404


def test_the_last_director_keeps_the_role(srem: Tenant, director: SiteClient) -> None:
    with bind(srem):
        user = person_of(srem, "director")
    answer = act(director, f"zespol/{user.pk}/director/zabierz/")
    assert "This is the only director." in answer
    with bind(srem):
        assert Role.DIRECTOR in person_of(srem, "director").roles


def test_a_role_this_site_does_not_have_is_refused(srem: Tenant, director: SiteClient) -> None:
    with bind(srem):
        osl = person_of(srem, "osl")
    assert "no such role" in act(director, f"zespol/{osl.pk}/analyst/daj/")
    assert director.get(f"/en/panel/zespol/{osl.pk}/resident/daj/").status_code == 404
    assert "analyst" not in get(director, "zespol/zapros/")


def test_a_colleague_is_invited_again_and_not_at_all(srem: Tenant, director: SiteClient) -> None:
    act(director, "zespol/zapros/", email="nowy@example.pl", phone="", role="osl")
    with bind(srem):
        first = Invitation.objects.get()
    act(director, f"zespol/zaproszenia/{first.pk}/ponow/")
    with bind(srem):
        second = Invitation.objects.open().get()
        assert second.token_digest != first.token_digest
    act(director, f"zespol/zaproszenia/{second.pk}/cofnij/")
    assert "No invitation is open." in get(director, "zespol/")


# The audit


def entries(srem: Tenant, number: int) -> None:
    with bind(srem):
        actor = person_of(srem, "osl")
        for each in range(number):
            record("settings.changed", actor=actor.pk, status=f"number: {each}")


def test_the_audit_is_read_to_its_end_without_a_gap(srem: Tenant, director: SiteClient) -> None:
    entries(srem, 120)
    seen, path = [], "dziennik/?co=settings.changed"
    for _page in range(5):
        page = get(director, path)
        seen += [int(part.partition("<")[0]) for part in page.split("number: ")[1:]]
        if 'rel="next"' not in page:
            break
        path = "dziennik/" + page.split('rel="next"')[0].rpartition('href="')[2].rstrip('" ')
        path = path.replace("&amp;", "&")
    assert seen == list(range(119, -1, -1))


@pytest.mark.parametrize("mark", ["", "bzdura", "2026-01-01_x", "2026-01-01T00:00:00_", "\x00"])
def test_nonsense_in_the_address_shows_the_first_page(
    mark: str, director: SiteClient, srem: Tenant
) -> None:
    entries(srem, 3)
    answer = director.get("/en/panel/dziennik/", {"przed": mark})
    assert b"number: 2" in answer.content


def test_the_audit_is_filtered_by_name_person_and_day(
    srem: Tenant, director: SiteClient, office: Office
) -> None:
    director.get(f"/en/panel/osoby/{office.halina.pk}/")
    director.get(f"/en/panel/osoby/{office.zofia.pk}/")
    by_name = get(director, "dziennik/?kto=halina")
    assert "Halina Wiśniewska</a>" in by_name
    assert "Zofia" not in by_name
    about = get(director, f"dziennik/?osoba={office.zofia.pk}")
    assert "About: Zofia" in about
    assert "Halina Wiśniewska</a>" not in about
    assert "Nothing is written down" in get(director, "dziennik/?do=2020-01-01")
    assert "Enter a valid date" in get(director, "dziennik/?od=kiedys")


def test_who_was_erased_has_no_name_in_the_audit(
    srem: Tenant, director: SiteClient, office: Office
) -> None:
    director.get(f"/en/panel/osoby/{office.ewa.pk}/")
    director.post(f"/en/panel/osoby/{office.ewa.pk}/usun/", {"name": "Ewa Żak"})
    page = get(director, f"dziennik/?osoba={office.ewa.pk}")
    assert "Ewa" not in page
    assert str(office.ewa.pk) in page


def test_details_are_told_in_words_and_ids_are_left_out(
    srem: Tenant, office: Office, director: SiteClient
) -> None:
    with bind(srem):
        change_person(
            person=office.ewa,
            changes={"first_name": "Ewelina", "city": "Nochowo"},
            acting_user=person_of(srem, "osl"),
        )
        record("role.granted", actor=None, person=office.ewa.pk, role="osl", guardian="0f0f-id")
    page = get(director, f"dziennik/?osoba={office.ewa.pk}")
    assert "town or village, first name" in page
    assert "local community organiser" in page
    assert "0f0f-id" not in page


def test_a_spreadsheet_finds_no_formula_in_the_audit(
    srem: Tenant, director: SiteClient, office: Office
) -> None:
    with bind(srem):
        Person.objects.filter(pk=office.ewa.pk).update(first_name="=1+1", last_name="")
        Person.objects.filter(pk=office.jan.pk).update(first_name=" @SUM(A1)", last_name="")
    for person in (office.ewa, office.jan):
        director.get(f"/en/panel/osoby/{person.pk}/")
    answer = director.get("/en/panel/dziennik/plik.csv?co=person.viewed")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert {row[3] for row in rows[1:]} == {"'=1+1", "'@SUM(A1)"}
    assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in {*"=+-@"}]
    with bind(srem):
        assert AuditEntry.objects.filter(action="audit.exported").count() == 1


def test_a_page_of_the_audit_costs_the_same_however_long_it_is(
    srem: Tenant, director: SiteClient
) -> None:
    entries(srem, 5)
    get(director, "dziennik/")
    with CaptureQueriesContext(connection) as few:
        get(director, "dziennik/")
    entries(srem, 200)
    with CaptureQueriesContext(connection) as many:
        get(director, "dziennik/")
    assert len(many) <= len(few)
    assert not [query for query in many if "OFFSET" in query["sql"]]


# Background work


def fail_a_job(schema: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('default', 'nightly', %s, 'failed') RETURNING id",
            [f'{{"site": "{schema}"}}'],
        )
        return int(cursor.fetchone()[0])


def test_a_failed_job_is_seen_and_run_again(
    srem: Tenant, kety: Tenant, director: SiteClient
) -> None:
    ours, theirs = fail_a_job(srem.schema_name), fail_a_job(kety.schema_name)
    page = get(director, "zadania-w-tle/")
    assert f"/zadania-w-tle/{ours}/ponow/" in page
    assert f"/zadania-w-tle/{theirs}/ponow/" not in page
    assert "Background work that failed" in get(director, "")
    assert "It runs again" in act(director, f"zadania-w-tle/{ours}/ponow/")
    for gone in (ours, theirs):
        assert director.post(f"/en/panel/zadania-w-tle/{gone}/ponow/").status_code == 404
    assert "All background work is done" in get(director, "zadania-w-tle/")


# Settings


def test_the_sender_is_changed_and_stays_one(srem: Tenant, director: SiteClient) -> None:
    good = {"sender_name": "CUS Śrem", "reply_to": "cus@srem.example", "sms_name": "CUS Srem"}
    for name in ("CUS Śrem", "CUS"):
        act(director, "ustawienia/", **good | {"sender_name": name})
    with bind(srem):
        assert SenderIdentity.objects.get().sender_name == "CUS"
        changes = AuditEntry.objects.filter(action="settings.changed").first()
        assert changes is not None
        assert changes.details == {"fields": ["sender_name"]}


def test_a_sender_of_sms_with_polish_letters_is_refused_in_words(director: SiteClient) -> None:
    answer = act(director, "ustawienia/", sender_name="", reply_to="", sms_name="Śrem")
    assert "<title>Error:" in answer
    assert 'href="#id_sms_name"' in answer
