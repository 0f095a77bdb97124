"""The same words to many: written, aimed, checked, sent now or later, followed, sent again."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Session
from portal.accounts.models import Person
from portal.messaging.actions.answer_announcement import answer_announcement
from portal.messaging.actions.send_broadcast import send_broadcast
from portal.messaging.models import Broadcast, Message, Participant
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import make_activity, make_session
from tests.events.running.evening import booked
from tests.panel.messages.desk import INBOX, somebody

ANNOUNCEMENTS = f"{INBOX}ogloszenia/"
WORDS = {"subject": "Zmiana sali", "text": "Zaczynamy w świetlicy, nie w szkole."}


@pytest.fixture
def session(srem: Tenant, halina: Person) -> Session:
    """Halina (by SMS), Ewa (by e-mail) and Zofia (nobody knows how) are booked."""
    ewa = somebody(srem, "Ewa", last_name="Żak", email="ewa@zak.example", channel="email")
    zofia = somebody(srem, "Zofia", last_name="Bez")
    with bind(srem):
        made = make_session(make_activity("Smartfon bez strachu"))
        for person in (halina, ewa, zofia):
            booked(made, person)
    return made


@pytest.fixture
def draft(osl: SiteClient, session: Session) -> str:
    """The page of an announcement to everybody booked."""
    answer = osl.post(f"{ANNOUNCEMENTS}nowe/?do=events.session:{session.pk}", WORDS)
    return answer.headers["Location"].removesuffix("sprawdz/")


def sent(tenant: Tenant, page: str) -> Broadcast:
    """As the worker does it."""
    pk = UUID(page.rstrip("/").rpartition("/")[2])
    with bind(tenant):
        send_broadcast(broadcast=pk)
        return Broadcast.objects.get(pk=pk)


def later(days: int = 2, hour: str = "9:15") -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=days)
    return {"when": "later", "day": day.isoformat(), "hour": hour}


# Writing it, and to whom


@pytest.mark.parametrize("role", ["editor", "dpo", "resident", "volunteer"])
def test_others_write_no_announcements(role: str, srem: Tenant, draft: str) -> None:
    visitor = SiteClient(srem)
    visitor.log_in(role)
    for path in (f"{ANNOUNCEMENTS}nowe/", draft, f"{draft}sprawdz/", f"{draft}do-kogo/"):
        assert visitor.get(path).status_code == 403, path
    for path in ("wyslij/", "odwolaj/", "ponow/", "do-kogo/dodaj/"):
        assert visitor.post(f"{draft}{path}", {"when": "now"}).status_code == 403, path


def test_the_neighbouring_gmina_has_no_such_announcement(kety: Tenant, draft: str) -> None:
    neighbour = SiteClient(kety)
    neighbour.log_in("osl")
    assert neighbour.get(draft).status_code == 404
    assert neighbour.post(f"{draft}wyslij/", {"when": "now"}).status_code == 404


def test_a_link_to_a_group_that_is_not_there_leads_nowhere(
    osl: SiteClient, session: Session
) -> None:
    for group in (f"events.session:{uuid4()}", "events.session:bzdura", "nic:takiego", "x"):
        assert osl.get(f"{ANNOUNCEMENTS}nowe/?do={group}").status_code == 404, group


def test_without_words_it_is_refused_and_what_was_typed_is_kept(
    osl: SiteClient, session: Session
) -> None:
    path = f"{ANNOUNCEMENTS}nowe/?do=events.session:{session.pk}"
    page = osl.post(path, {"subject": "", "text": WORDS["text"]}).content.decode()
    assert "<title>Error:" in page
    assert WORDS["text"] in page
    assert "Smartfon bez strachu" in page


def test_groups_are_found_added_and_taken_off(
    srem: Tenant, osl: SiteClient, session: Session
) -> None:
    page = osl.post(f"{ANNOUNCEMENTS}nowe/", WORDS).headers["Location"]
    assert page.endswith("/do-kogo/")
    choices = osl.get(f"{page}?grupa=events.session&q=smartfon").content.decode()
    assert str(session.pk) in choices
    group = {"key": "events.session", "of": str(session.pk)}
    for _time in range(2):
        osl.post(f"{page}dodaj/", group)
    pk = page.split("/")[-3]
    with bind(srem):
        assert Broadcast.objects.get(pk=pk).audiences == [group]
    assert osl.post(f"{page}dodaj/", group | {"of": str(uuid4())}).status_code == 404
    answer = osl.post(f"{page}usun/", group, follow=True).content.decode()
    assert "None yet. Add one below." in answer
    checked = osl.get(page.replace("do-kogo", "sprawdz"))
    assert checked.headers["Location"] == page


# Checking it


def test_the_check_counts_people_once_by_channel(
    srem: Tenant, osl: SiteClient, draft: str, session: Session, halina: Person
) -> None:
    with bind(srem):
        other = make_session(make_activity("Gimnastyka"))
        booked(other, halina)
    osl.post(f"{draft}do-kogo/dodaj/", {"key": "events.session", "of": str(other.pk)})
    page = osl.get(f"{draft}sprawdz/").content.decode()
    assert "3 people get it." in page
    assert "one person gets one copy" in page
    for words in ("SMS: 1", "E-mail: 1", "Phone call: 1", "to pay for"):
        assert words in page, words
    assert "Nobody knows how to reach them" in page
    assert "Halina Wiśniewska" in page
    with bind(srem):
        assert not Delivery.objects.exists()


# When


def test_sent_now_everybody_has_a_line_with_channel_and_state(
    srem: Tenant, osl: SiteClient, draft: str, halina: Person
) -> None:
    page = osl.post(f"{draft}wyslij/", {"when": "now"}, follow=True).content.decode()
    assert "It is being sent." in page
    found = sent(srem, draft)
    with bind(srem):
        email = Delivery.objects.filter(channel="email")
        email.update(state="needs_human", error="refused 550", finished_at=timezone.now())
        Participant.objects.filter(conversation=found.conversation, person=halina).update(
            read_number=1
        )
    page = osl.get(draft).content.decode()
    assert "to 3 people." in page
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert table.index("Ewa Żak") < table.index("Halina")
    assert "It was refused. The address or number may be wrong. (code 550)" in table
    assert table.count("not read") == 2
    assert "1 call or letter to do" in page
    assert "Needs a human (1)" in page
    assert "Read on the site (1)" in page
    only_failed = osl.get(f"{draft}?stan=needs_human").content.decode().partition("<tbody>")[2]
    assert "Ewa Żak" in only_failed
    assert "Halina" not in only_failed
    only_read = osl.get(f"{draft}?stan=przeczytane").content.decode().partition("<tbody>")[2]
    assert "Halina" in only_read
    assert "Ewa Żak" not in only_read


def test_sent_again_only_to_those_it_did_not_reach(
    srem: Tenant, osl: SiteClient, draft: str
) -> None:
    osl.post(f"{draft}wyslij/", {"when": "now"})
    sent(srem, draft)
    assert "did not reach" not in osl.get(draft).content.decode()
    with bind(srem):
        email = Delivery.objects.filter(channel="email")
        email.update(state="needs_human", error="refused 550", finished_at=timezone.now())
    assert "Send again to 1 person it did not reach" in osl.get(draft).content.decode()
    page = osl.post(f"{draft}ponow/", follow=True).content.decode()
    assert "It is sent again to 1 person." in page
    assert "did not reach" not in page
    with bind(srem):
        assert Delivery.objects.filter(state="waiting").count() == 3
        assert Delivery.objects.count() == 3


def test_sent_later_it_can_be_called_off(srem: Tenant, osl: SiteClient, draft: str) -> None:
    page = osl.post(f"{draft}wyslij/", later(), follow=True).content.decode()
    assert "It will be sent:" in page
    assert "Call the announcement off" in page
    assert "Call this announcement off?" in osl.get(f"{draft}odwolaj/").content.decode()
    page = osl.post(f"{draft}odwolaj/", follow=True).content.decode()
    assert "It was called off: nobody got it." in page
    assert sent(srem, draft).state == "cancelled"
    answer = osl.post(f"{draft}wyslij/", {"when": "now"}, follow=True).content.decode()
    assert "This announcement was called off." in answer


def test_changed_words_wait_for_somebody_to_send_them(
    srem: Tenant, osl: SiteClient, draft: str
) -> None:
    osl.post(f"{draft}wyslij/", later())
    osl.post(f"{draft}popraw/", WORDS | {"text": "Jednak w szkole."})
    found = sent(srem, draft)
    assert (found.state, found.text) == ("draft", "Jednak w szkole.")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (later(days=-1), "This moment has passed"),
        (later(days=500), "within a year"),
        (later(hour="25:99"), "An hour looks like this"),
        ({"when": "later", "day": "", "hour": ""}, "Choose the day."),
        ({"when": ""}, "<title>Error:"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_in_words(
    moment: dict[str, str], words: str, srem: Tenant, osl: SiteClient, draft: str
) -> None:
    page = osl.post(f"{draft}wyslij/", moment).content.decode()
    assert words in page
    assert "<title>Error:" in page
    assert sent(srem, draft).state == "draft"


def test_an_hour_the_clocks_leave_out_is_refused_in_words(osl: SiteClient, draft: str) -> None:
    today = timezone.localdate()
    last_days = (date(year, 3, 31) for year in (today.year, today.year + 1))
    sundays = [day - timedelta(days=day.isoweekday() % 7) for day in last_days]
    spring = next(day for day in sundays if day > today)
    moment = {"when": "later", "day": spring.isoformat(), "hour": "2:30"}
    page = osl.post(f"{draft}wyslij/", moment).content.decode()
    assert "The clocks leave this hour out" in page


def test_with_nobody_in_its_groups_it_is_not_sent(
    srem: Tenant, osl: SiteClient, session: Session
) -> None:
    with bind(srem):
        empty = make_session(make_activity("Puste"))
    page = osl.post(f"{ANNOUNCEMENTS}nowe/?do=events.session:{empty.pk}", WORDS)
    draft = page.headers["Location"].removesuffix("sprawdz/")
    assert (
        "There is nobody in the chosen groups now." in osl.get(f"{draft}sprawdz/").content.decode()
    )
    answer = osl.post(f"{draft}wyslij/", {"when": "now"}).content.decode()
    assert "<title>Error:" in answer


# Answers


def test_an_answer_stands_with_what_it_answers_and_waits(
    srem: Tenant, osl: SiteClient, draft: str, halina: Person
) -> None:
    osl.post(f"{draft}wyslij/", {"when": "now"})
    found = sent(srem, draft)
    with bind(srem):
        place = Participant.objects.get(conversation=found.conversation, person=halina)
        answer = answer_announcement(participant=place, text="Przyjdę z Janem", token=uuid4())
    assert "1 answer" in osl.get(draft).content.decode()
    answers = osl.get(f"{draft}odpowiedzi/").content.decode()
    assert "Przyjdę z Janem" in answers
    thread = osl.get(f"{INBOX}{answer.conversation_id}/").content.decode()
    assert "Answers the announcement:" in thread
    assert draft in thread
    assert "Waiting (1)" in thread
    assert osl.get(f"{INBOX}{found.conversation_id}/").headers["Location"] == draft


@pytest.mark.parametrize("path", ["{draft}", "/en/panel/wiadomosci/ogloszenia/"])
def test_a_hundred_recipients_cost_what_ten_do(
    path: str, srem: Tenant, osl: SiteClient, session: Session, draft: str
) -> None:
    address = path.format(draft=draft)
    osl.post(f"{draft}wyslij/", {"when": "now"})
    found = sent(srem, draft)
    osl.get(address)
    with CaptureQueriesContext(connection) as few:
        osl.get(address)
    with bind(srem):
        message = Message.objects.get(conversation=found.conversation)
        people = [
            Person.objects.create(first_name="Osoba", last_name=str(number)) for number in range(97)
        ]
        now = timezone.now()
        Delivery.objects.bulk_create(
            Delivery(message=message.notice, person=person, channel="call", due_at=now)
            for person in people
        )
        Participant.objects.bulk_create(
            Participant(conversation=found.conversation, person=person) for person in people
        )
        Broadcast.objects.bulk_create(
            Broadcast(subject=f"Numer {number}", text="x", written_by=found.written_by)
            for number in range(30)
        )
    with CaptureQueriesContext(connection) as many:
        osl.get(address)
    assert len(many) <= len(few)
    assert len(many) <= 22
