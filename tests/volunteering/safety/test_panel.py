"""In the panel: two people read, nobody else; the director names them; who is kept apart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.audit.models import AuditEntry
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import words
from tests.volunteering.making import make_assignment, make_person, make_request, make_volunteer
from tests.volunteering.safety.reporting import PANEL, WORDS, logged_in, report, user_of
from volunteering.actions.choose_safety_contacts import choose_safety_contacts
from volunteering.models import (
    Assignment,
    Block,
    HelpRequest,
    SafetyContact,
    SafetyReport,
    VolunteerProfile,
)

CONTACTS = f"{PANEL}kto-czyta/"
BLOCKS = f"{PANEL}rozdzieleni/"


def today(srem: Tenant, role: str) -> str:
    return words(logged_in(srem, role).get("/en/panel/"))


@pytest.fixture
def found(srem: Tenant, readers: None, task: Assignment) -> SafetyReport:
    report(srem, task)
    with bind(srem):
        return SafetyReport.objects.get()


def test_only_the_two_come_in(srem: Tenant, kety: Tenant, found: SafetyReport) -> None:
    addresses = (PANEL, f"{PANEL}{found.pk}/", f"{PANEL}{found.pk}/zamknij/")
    for role in ("director", "dpo", "editor", "resident", "volunteer"):
        client = logged_in(srem, role)
        for address in addresses:
            assert client.get(address).status_code == 404, role
        assert client.post(f"{PANEL}{found.pk}/zajmuje-sie/").status_code == 404
        assert WORDS not in client.get("/en/konto/").content.decode()
    assert SiteClient(srem).get(PANEL).status_code == 302
    assert logged_in(kety, "osl").get(addresses[1]).status_code == 404
    for role in ("osl", "ous"):
        assert WORDS in words(logged_in(srem, role).get(addresses[1]))


def test_a_reader_who_leaves_the_office_reads_no_more(srem: Tenant, found: SafetyReport) -> None:
    with bind(srem):
        user_of(srem, "ous").role_grants.all().delete()
    assert logged_in(srem, "ous").get(PANEL).status_code == 404


def test_the_accused_never_reads_it_even_as_a_reader(
    srem: Tenant, readers: None, profile: VolunteerProfile
) -> None:
    with bind(srem):
        accused = user_of(srem, "osl").person
        task = make_assignment(make_request(requester=accused, status="arranged"), profile)
    report(srem, task)
    with bind(srem):
        found = SafetyReport.objects.get()
        told = Delivery.objects.filter(message__kind="volunteering/danger")
        assert {copy.person_id for copy in told} == {user_of(srem, "ous").person_id}
    client = logged_in(srem, "osl")
    assert client.get(f"{PANEL}{found.pk}/").status_code == 404
    assert str(found.pk) not in client.get(PANEL).content.decode()
    assert "Reports of danger 1" not in today(srem, "osl")
    assert "Reports of danger 1" in today(srem, "ous")


def test_who_asked_for_the_accused_does_not_read_it_either(
    srem: Tenant, readers: None, profile: VolunteerProfile
) -> None:
    with bind(srem):
        daughter = user_of(srem, "osl").person
        task = make_assignment(make_request(asked_by=daughter, status="arranged"), profile)
    report(srem, task)
    with bind(srem):
        found = SafetyReport.objects.get()
        told = Delivery.objects.filter(message__kind="volunteering/danger")
        assert {copy.person_id for copy in told} == {user_of(srem, "ous").person_id}
    assert logged_in(srem, "osl").get(f"{PANEL}{found.pk}/").status_code == 404
    assert logged_in(srem, "ous").get(f"{PANEL}{found.pk}/").status_code == 200


def test_a_report_is_read_taken_up_and_closed(srem: Tenant, found: SafetyReport) -> None:
    client, address = logged_in(srem, "osl"), f"{PANEL}{found.pk}/"
    client.get(PANEL)
    client.get(address)
    client.get(address)
    with bind(srem):
        looks = AuditEntry.objects.filter(actor=user_of(srem, "osl").pk)
        assert looks.filter(action="danger.listed").count() == 1
        assert looks.filter(action="danger.viewed", object_id=found.pk).count() == 2
    for _press in range(2):
        page = words(client.post(f"{address}zajmuje-sie/", follow=True))
        assert "Being looked into by Osl" in page
    assert client.post(f"{address}zamknij/", {"outcome": ""}).status_code == 422
    page = words(client.post(f"{address}zamknij/", {"outcome": "Rozmowa z obojgiem."}, follow=True))
    assert "Rozmowa z obojgiem." in page
    late = logged_in(srem, "ous").post(f"{address}zamknij/", {"outcome": "Inaczej."}, follow=True)
    assert "Somebody has changed this meanwhile." in words(late)
    with bind(srem):
        stored = SafetyReport.objects.get()
        assert (stored.status, stored.outcome) == ("closed", "Rozmowa z obojgiem.")
    assert "Reports of danger 1" not in today(srem, "osl")


def test_a_reader_keeps_the_two_apart(
    srem: Tenant, found: SafetyReport, task: Assignment, asked: HelpRequest
) -> None:
    client, address = logged_in(srem, "ous"), f"{PANEL}{found.pk}/"
    assert "Keep these two apart" in words(client.get(address))
    assert logged_in(srem, "director").post(f"{address}rozdziel/").status_code == 404
    for _press in range(2):
        page = words(client.post(f"{address}rozdziel/", follow=True))
        assert "These two are kept apart." in page
    with bind(srem):
        block = Block.objects.get()
        assert {block.person_id, block.other_id} == {task.profile.person_id, asked.requester_id}
        assert block.recorded_by == user_of(srem, "ous").pk
        assert AuditEntry.objects.filter(action="block.made").count() == 1
    assert "Ous Przykładowa" in words(logged_in(srem, "osl").get(BLOCKS))


def test_the_director_names_two(srem: Tenant, profile: VolunteerProfile) -> None:
    assert "Name two people who read reports of danger" in today(srem, "director")
    director = logged_in(srem, "director")
    with bind(srem):
        osl, ous, resident = (user_of(srem, role).pk for role in ("osl", "ous", "resident"))
    for first, second in ((osl, osl), (osl, ""), (osl, resident)):
        response = director.post(CONTACTS, {"first": str(first), "second": str(second)})
        assert response.status_code == 422
    director.post(CONTACTS, {"first": str(osl), "second": str(ous)})
    director.post(CONTACTS, {"first": str(ous), "second": str(osl)})
    with bind(srem):
        assert list(SafetyContact.objects.order_by("place").values_list("user", flat=True)) == [
            ous, osl,
        ]  # fmt: skip
        assert AuditEntry.objects.filter(action="safety_contacts.chosen").count() == 2
    assert "Name two people" not in today(srem, "director")
    assert logged_in(srem, "osl").get(CONTACTS).status_code == 403


def test_while_nobody_is_named_the_director_is_told(srem: Tenant, task: Assignment) -> None:
    report(srem, task)
    with bind(srem):
        told = Delivery.objects.filter(message__kind="volunteering/danger").select_related(
            "message"
        )
        assert {copy.person_id for copy in told} == {user_of(srem, "director").person_id}
        assert "/panel/sygnaly/kto-czyta/" in str(told[0].message.content)
        found = SafetyReport.objects.get()
    assert logged_in(srem, "director").get(f"{PANEL}{found.pk}/").status_code == 404
    with bind(srem):
        users = [user_of(srem, role) for role in ("osl", "director")]
        choose_safety_contacts(users=users, acting_user=users[1])
    assert WORDS in words(logged_in(srem, "director").get(f"{PANEL}{found.pk}/"))


def test_who_is_kept_apart_and_no_longer(
    srem: Tenant, found: SafetyReport, task: Assignment
) -> None:
    report(srem, task, keep_apart="on")
    assert "Arranged help of two people to be kept apart 1" in today(srem, "osl")
    assert "Arranged help of two people" not in today(srem, "ous")
    osl = logged_in(srem, "osl")
    page = words(osl.get(BLOCKS))
    assert "They still have arranged help together" in page
    assert "Volunteer Przykładowa – Halina Nowak" in page
    assert "one of the two" in page
    for role in ("ous", "director", "dpo"):
        assert logged_in(srem, role).get(BLOCKS).status_code == 403
    with bind(srem):
        block = Block.objects.get()
        assert AuditEntry.objects.filter(action="block.listed").count() == 1
    remove = f"{BLOCKS}{block.pk}/usun/"
    assert "be brought together again?" in words(osl.get(remove))
    assert "Nobody is kept apart" in words(osl.post(remove, follow=True))
    assert osl.post(remove).status_code == 404
    with bind(srem):
        assert not Block.objects.exists()
        # Nobody reads of it among who looked at their data.
        about = AuditEntry.objects.filter(action__startswith="block.").values_list("person")
        assert set(about) == {(None,)}
    assert "kept apart" not in today(srem, "osl")


def test_at_work_nobody_sees_a_block_about_themselves(srem: Tenant) -> None:
    with bind(srem):
        osl = user_of(srem, "osl").person
        mine = Block.objects.create(person=make_person("Ala Kos"), other=osl)
        asked = make_request(requester=osl, status="arranged")
        volunteer = make_volunteer("Zenon Cichy")
        make_assignment(asked, volunteer)
        Block.objects.create(person=volunteer.person, other=osl)
    client = logged_in(srem, "osl")
    page = words(client.get(BLOCKS))
    assert "Ala Kos" not in page
    assert "Zenon" not in page
    assert client.get(f"{BLOCKS}{mine.pk}/usun/").status_code == 404
    assert "kept apart" not in today(srem, "osl")


def test_lists_take_the_queries_of_few(
    srem: Tenant, readers: None, profile: VolunteerProfile
) -> None:
    client = logged_in(srem, "osl")

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    def more(number: int) -> None:
        with bind(srem):
            author = user_of(srem, "director")
            for _number in range(number):
                one, other = make_person("Ewa Kot"), make_person("Jan Lis")
                SafetyReport.objects.create(reporter=one, about=other, words="x")
                Block.objects.create(person=one, other=other, recorded_by=author.pk)

    more(1)
    for address in (PANEL, BLOCKS):
        queries(address)
    few = [queries(address) for address in (PANEL, BLOCKS)]
    more(9)
    assert [queries(address) for address in (PANEL, BLOCKS)] == few
    assert max(few) <= 26
