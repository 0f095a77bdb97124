"""Calls and letters, and what became of messages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Person
from portal.audit.models import AuditEntry
from portal.notifications.models import Delivery, Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.panel.office import Office, copy, made_old


@pytest.fixture
def osl(srem: Tenant) -> SiteClient:
    visitor = SiteClient(srem)
    visitor.log_in("osl")
    return visitor


# Calls and letters


def test_a_call_shows_number_and_words_and_is_done(
    srem: Tenant, osl: SiteClient, office: Office
) -> None:
    page = osl.get("/en/panel/telefony/").content.decode()
    assert 'href="tel:+48600100200"' in page
    assert "Zajęcia zaczną się o 11:00" in page
    answer = osl.post(f"/en/panel/telefony/{office.call.pk}/zrobione/", follow=True)
    assert "Halina Wiśniewska knows." in answer.content.decode()
    with bind(srem):
        office.call.refresh_from_db()
        assert office.call.state == Delivery.State.DONE
    again = osl.post(f"/en/panel/telefony/{office.call.pk}/zrobione/", follow=True)
    assert "Somebody has dealt with this message already." in again.content.decode()


def test_whom_nobody_reached_stays_on_the_list(
    srem: Tenant, osl: SiteClient, office: Office
) -> None:
    for _time in range(2):
        osl.post(f"/en/panel/telefony/{office.call.pk}/nie-udalo-sie/")
    assert "tried 2 times" in osl.get("/en/panel/telefony/").content.decode()
    osl.post(f"/en/panel/telefony/{office.call.pk}/rezygnuj/")
    assert "could not be told" in osl.get("/en/panel/telefony/").content.decode()
    assert "Halina" not in osl.get("/en/panel/telefony/").content.decode()
    with bind(srem):
        office.call.refresh_from_db()
        assert office.call.state == Delivery.State.WITHDRAWN


def test_who_was_shown_in_the_list_of_calls_is_written_down_once(
    srem: Tenant, osl: SiteClient, office: Office
) -> None:
    for _time in range(2):
        osl.get("/en/panel/telefony/")
    with bind(srem):
        looks = AuditEntry.objects.filter(action="person.viewed")
        seen = [look.person for look in looks]
        assert len(seen) == 2
        assert set(seen) == {office.halina.pk, office.zofia.pk}


def test_a_late_task_stands_first_and_says_so(
    srem: Tenant, osl: SiteClient, office: Office
) -> None:
    with bind(srem):
        made_old(office.letter, days=5)
    page = osl.get("/en/panel/telefony/").content.decode()
    assert page.index("Zofia") < page.index("Halina")
    assert page.count("overdue") == 1


def test_a_letter_is_printed_and_posted(srem: Tenant, osl: SiteClient, office: Office) -> None:
    page = osl.get(f"/en/panel/telefony/{office.letter.pk}/list/").content.decode()
    sheet = page.partition('<article class="letter"')[2]
    for words in ("ul. Świętej Jadwigi 12 m. 3", "63-100 Śrem", "Zajęcia zaczną się"):
        assert words in sheet
    assert osl.get(f"/en/panel/telefony/{office.call.pk}/list/").status_code == 404
    osl.post(f"/en/panel/telefony/{office.letter.pk}/zrobione/")
    with bind(srem):
        office.letter.refresh_from_db()
        assert office.letter.state == Delivery.State.DONE


def test_an_empty_list_of_calls_says_what_will_stand_there(osl: SiteClient, srem: Tenant) -> None:
    assert "Nobody waits for a call" in osl.get("/en/panel/telefony/").content.decode()


# What became of messages


def test_what_failed_stands_first_and_other_states_by_the_address(
    osl: SiteClient, office: Office
) -> None:
    page = osl.get("/en/panel/wysylki/").content.decode()
    assert "Ewa Żak" in page
    assert "It was refused." in page
    assert "Halina" not in page
    assert "Halina" in osl.get("/en/panel/wysylki/?stan=waiting").content.decode()
    by_letter = osl.get("/en/panel/wysylki/?stan=wszystkie&kanal=letter").content.decode()
    assert "Zofia" in by_letter
    assert "Halina" not in by_letter
    assert osl.get("/en/panel/wysylki/?stan=bzdura&kanal=bzdura").status_code == 200


def test_a_message_says_what_became_of_each_copy_and_what_to_do(
    osl: SiteClient, office: Office
) -> None:
    page = osl.get(f"/en/panel/wysylki/{office.failed.message_id}/").content.decode()
    assert "It was refused. The address or number may be wrong. (code 550)" in page
    assert f"/en/panel/osoby/{office.ewa.pk}/popraw/" in page
    assert page.index("Ewa Żak") < page.index("Halina")


@pytest.mark.parametrize("path", ["kopia/{failed}/ponow/", "{message}/ponow/"])
def test_what_failed_is_sent_again(
    path: str, srem: Tenant, osl: SiteClient, office: Office
) -> None:
    address = path.format(failed=office.failed.pk, message=office.failed.message_id)
    osl.post(f"/en/panel/wysylki/{address}")
    with bind(srem):
        office.failed.refresh_from_db()
        assert office.failed.state == Delivery.State.WAITING
    again = osl.post(f"/en/panel/wysylki/kopia/{office.failed.pk}/ponow/", follow=True)
    assert "does not need to be sent again" in again.content.decode()


def test_what_was_told_otherwise_needs_nobody_any_more(
    srem: Tenant, osl: SiteClient, office: Office
) -> None:
    osl.post(f"/en/panel/wysylki/kopia/{office.failed.pk}/zalatwione/")
    with bind(srem):
        office.failed.refresh_from_db()
        assert office.failed.state == Delivery.State.DONE


def test_nobody_of_the_office_reads_a_code(srem: Tenant, osl: SiteClient, office: Office) -> None:
    with bind(srem):
        secret = Message.objects.create(
            kind="entrance/invitation",
            content={"pl": {"subject": "KOD 123456", "text": "KOD 123456", "sms": "KOD 123456"}},
        )
        copy(secret, office.ewa, Delivery.Channel.EMAIL)
    for path in (f"wysylki/{secret.pk}/", f"osoby/{office.ewa.pk}/", "wysylki/?stan=wszystkie"):
        assert "123456" not in osl.get(f"/en/panel/{path}").content.decode(), path
    page = osl.get(f"/en/panel/wysylki/{secret.pk}/").content.decode()
    assert "only its recipient may read it" in page


@pytest.mark.parametrize("path", ["telefony/", "wysylki/?stan=wszystkie", "wysylki/{message}/"])
def test_a_long_list_costs_what_a_short_one_does(
    path: str, srem: Tenant, osl: SiteClient, office: Office
) -> None:
    address = f"/en/panel/{path.format(message=office.call.message_id)}"
    osl.get(address)
    with CaptureQueriesContext(connection) as few:
        osl.get(address)
    with bind(srem):
        for number in range(40):
            person = Person.objects.create(first_name="Osoba", last_name=str(number))
            copy(office.call.message, person, Delivery.Channel.CALL)
    osl.get(address)
    with CaptureQueriesContext(connection) as many:
        osl.get(address)
    assert len(many) <= len(few)
    assert len(many) <= 25
