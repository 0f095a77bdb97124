"""Messages somebody has reported: who decides, what they see, what happens."""

import pytest

from portal.messaging.models import Message, Report
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.panel.messages.desk import INBOX, between_two, resident_of, somebody

REPORTS = f"{INBOX}zgloszone/"


@pytest.fixture
def report(srem: Tenant) -> Report:
    """The resident reports what Tomek wrote to them without the office."""
    resident = resident_of(srem)
    message = between_two(srem, somebody(srem, "Tomek"), resident, "Pożycz mi pieniądze")
    with bind(srem):
        return Report.objects.create(
            message=message, reporter=resident, reason="money", words="Już trzeci raz"
        )


@pytest.mark.parametrize(
    ("role", "status"),
    [("osl", 200), ("director", 200), ("ous", 403), ("editor", 403), ("resident", 403)],
)
def test_only_some_decide_on_reports(role: str, status: int, srem: Tenant, report: Report) -> None:
    visitor = SiteClient(srem)
    visitor.log_in(role)
    for path in (REPORTS, f"{REPORTS}{report.pk}/"):
        assert visitor.get(path).status_code == status
    assert ("Reported (1)" in visitor.get(INBOX).content.decode()) == (status == 200)
    if status == 403:
        assert visitor.post(f"{REPORTS}{report.pk}/", {"decision": "remove"}).status_code == 403


def test_the_neighbouring_gmina_has_no_such_report(kety: Tenant, report: Report) -> None:
    neighbour = SiteClient(kety)
    neighbour.log_in("director")
    assert neighbour.get(f"{REPORTS}{report.pk}/").status_code == 404


def test_the_message_is_shown_alone(srem: Tenant, osl: SiteClient, report: Report) -> None:
    with bind(srem):
        conversation = report.message.conversation
        Message.objects.create(
            conversation=conversation, number=2, author=report.reporter, text="Przed i po",
            token=report.pk,
        )  # fmt: skip
    page = osl.get(f"{REPORTS}{report.pk}/").content.decode()
    for words in ("Pożycz mi pieniądze", "Już trzeci raz", "between a volunteer and the person"):
        assert words in page
    assert "Przed i po" not in page


@pytest.mark.parametrize(
    ("decision", "state", "text"),
    [("remove", "removed", ""), ("keep", "dismissed", "Pożycz mi pieniądze")],
)
def test_the_message_goes_or_stays(
    decision: str, state: str, text: str, srem: Tenant, osl: SiteClient, report: Report
) -> None:
    page = osl.post(f"{REPORTS}{report.pk}/", {"decision": decision}, follow=True)
    assert "Nothing is reported" in page.content.decode()
    with bind(srem):
        report.refresh_from_db()
        assert (report.state, Message.objects.get(pk=report.message_id).text) == (state, text)
    again = osl.post(f"{REPORTS}{report.pk}/", {"decision": decision}, follow=True)
    assert "A colleague has already dealt with it." in again.content.decode()
    decided = osl.get(f"{REPORTS}?pokaz=wszystkie").content.decode()
    assert "It asks for money or sells something" in decided


def test_without_a_choice_nothing_is_decided(srem: Tenant, osl: SiteClient, report: Report) -> None:
    page = osl.post(f"{REPORTS}{report.pk}/").content.decode()
    assert "Choose one of the two." in page
    with bind(srem):
        report.refresh_from_db()
        assert report.state == Report.State.OPEN
