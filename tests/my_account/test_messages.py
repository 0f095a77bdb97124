from uuid import UUID, uuid4

from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import Person
from portal.notifications.models import ChannelChoice, Delivery
from portal.notifications.promise import File, promise
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.my_account.reading import words
from tests.my_account.test_home import letter

QUERIES = 16


def write_to(
    tenant: Tenant, role: str = "resident", subject: str = "Zaproszenie", text: str = "Treść",
    files: tuple[File, ...] = (),
) -> UUID:  # fmt: skip
    """A message to somebody of the cast; id of the copy in their inbox."""
    with bind(tenant):
        person = Person.objects.get(logins__email__startswith=f"{role}@")
        message = promise("panel/written", to=[person], content=letter(subject, text), files=files)
        return message.deliveries.get(channel=Delivery.Channel.INBOX).pk


def test_empty_inbox_says_what_will_be_here(resident: SiteClient) -> None:
    text = words(resident.get("/en/konto/wiadomosci/"))
    assert "No messages yet" in text
    assert "Choose what you get and how" in text


def test_new_message_is_marked_in_words_until_somebody_says_it_is_read(
    srem: Tenant, resident: SiteClient
) -> None:
    pk = write_to(srem, text="Spotkanie o 10:00.\n\nhttps://example.org/sala")
    inbox = words(resident.get("/en/konto/wiadomosci/"))
    assert "1 message is new." in inbox
    assert "Zaproszenie new" in inbox
    opened = resident.get(f"/en/konto/wiadomosci/{pk}/")
    assert "Spotkanie o 10:00." in words(opened)
    assert 'href="https://example.org/sala"' in opened.content.decode()
    assert "Zaproszenie new" in words(resident.get("/en/konto/wiadomosci/"))
    response = resident.post(f"/en/konto/wiadomosci/{pk}/przeczytana/", follow=True)
    assert "You have read all messages." in words(response)
    assert "Zaproszenie new" not in words(response)


def test_reading_twice_keeps_the_first_moment(srem: Tenant, resident: SiteClient) -> None:
    pk = write_to(srem)
    moments = []
    for _time in range(2):
        resident.post(f"/en/konto/wiadomosci/{pk}/przeczytana/")
        with bind(srem):
            moments.append(Delivery.objects.get(pk=pk).read_at)
    assert moments[0] is not None
    assert moments[0] == moments[1]


def test_all_are_read_at_once_and_only_mine(srem: Tenant, resident: SiteClient) -> None:
    for _number in range(3):
        write_to(srem)
    other = write_to(srem, "osl")
    assert resident.post("/en/konto/wiadomosci/przeczytane/").status_code == 302
    assert "You have read all messages." in words(resident.get("/en/konto/wiadomosci/"))
    with bind(srem):
        assert Delivery.objects.get(pk=other).read_at is None


def test_what_somebody_wrote_is_text_and_nothing_else(srem: Tenant, resident: SiteClient) -> None:
    pk = write_to(srem, subject="<b>x</b>", text="<script>alert(1)</script>")
    body = resident.get(f"/en/konto/wiadomosci/{pk}/").content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;" in body
    assert "<b>x</b>" not in body


def test_message_of_somebody_else_is_not_found(
    srem: Tenant, kety: Tenant, resident: SiteClient
) -> None:
    for pk in (write_to(srem, "osl"), write_to(kety), uuid4()):
        assert resident.get(f"/en/konto/wiadomosci/{pk}/").status_code == 404
        assert resident.post(f"/en/konto/wiadomosci/{pk}/przeczytana/").status_code == 404
    with bind(kety):
        assert not Delivery.objects.exclude(read_at=None).exists()


def test_copy_sent_by_mail_is_no_message_of_the_inbox(srem: Tenant, resident: SiteClient) -> None:
    with bind(srem):
        inbox = Delivery.objects.get(pk=write_to(srem))
        mail = inbox.message.deliveries.exclude(pk=inbox.pk).get()
    assert resident.get(f"/en/konto/wiadomosci/{mail.pk}/").status_code == 404


def test_file_is_handed_over_to_its_reader_alone(
    srem: Tenant, kety: Tenant, resident: SiteClient, as_site: type[SiteClient]
) -> None:
    file = File("zażółć.html", "text/html", b"<script>alert(1)</script>")
    pk = write_to(srem, files=(file,))
    with bind(srem):
        attachment = Delivery.objects.get(pk=pk).message.attachments.get().pk
    path = f"/en/konto/wiadomosci/{pk}/pliki/{attachment}/"
    assert path in resident.get(f"/en/konto/wiadomosci/{pk}/").content.decode()
    response = resident.get(path)
    assert response.content == file.content
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    for tenant, role in ((srem, "osl"), (kety, "resident")):
        somebody = as_site(tenant)
        somebody.log_in(role)
        assert somebody.get(path).status_code == 404
    other = write_to(srem)
    assert resident.get(f"/en/konto/wiadomosci/{other}/pliki/{attachment}/").status_code == 404


def test_long_inbox_is_cut_into_pages_and_costs_no_more(
    srem: Tenant, resident: SiteClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(45):
        write_to(srem, subject=f"List {number:02}")
    with django_assert_max_num_queries(QUERIES):
        first = words(resident.get("/en/konto/wiadomosci/"))
    assert "45 messages are new." in first
    assert "List 44" in first
    assert "List 24" not in first
    assert "List 00" in words(resident.get("/en/konto/wiadomosci/?strona=3"))
    assert resident.get("/en/konto/wiadomosci/?strona=nonsense").status_code == 200


def test_resident_chooses_what_to_get(srem: Tenant, resident: SiteClient) -> None:
    address = "/en/konto/wiadomosci/ustawienia/"
    page = resident.get(address)
    assert page.content.decode().count('type="checkbox"') == 1
    assert page.content.decode().count("checked") == 1
    assert "News about events You do not agree" in words(page)
    response = resident.post(address, {}, follow=True)
    assert "Saved." in words(response)
    assert response.content.decode().count("checked") == 0
    with bind(srem):
        choice = ChannelChoice.objects.get()
        assert (choice.category, choice.is_wanted) == ("reminders", False)
    resident.post(address, {"reminders": "on"})
    assert resident.get(address).content.decode().count("checked") == 1


def test_what_must_be_said_cannot_be_refused(srem: Tenant, resident: SiteClient) -> None:
    resident.post("/en/konto/wiadomosci/ustawienia/", {"service": ""})
    with bind(srem):
        assert not ChannelChoice.objects.filter(category="service").exists()


def test_message_without_words_says_so(srem: Tenant, resident: SiteClient) -> None:
    pk = write_to(srem)
    with bind(srem):
        message = Delivery.objects.get(pk=pk).message
        message.content = {}
        message.save()
    assert "Message from the office" in words(resident.get("/en/konto/wiadomosci/"))
    text = words(resident.get(f"/en/konto/wiadomosci/{pk}/"))
    assert "The words of this message were deleted" in text


def test_words_are_marked_with_the_language_they_are_in(srem: Tenant, resident: SiteClient) -> None:
    with bind(srem):
        Person.objects.filter(logins__email__startswith="resident@").update(language="uk")
    pk = write_to(srem)
    assert '<h1 lang="pl">' in resident.get(f"/en/konto/wiadomosci/{pk}/").content.decode()
