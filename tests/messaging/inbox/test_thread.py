import re
from uuid import UUID, uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.messaging.models import Conversation, Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.messaging.inbox.talking import (
    BASE,
    HTMX,
    announced,
    between_people,
    picture,
    place,
    says,
    send,
    with_office,
)
from tests.my_account.reading import title, words

QUERIES = 15


def messages_of(tenant: Tenant, conversation: UUID) -> list[str]:
    with bind(tenant):
        found = Message.objects.filter(conversation_id=conversation).in_order()
        return list(found.values_list("text", flat=True))


def test_resident_reads_what_the_office_wrote_and_by_whom(srem: Tenant, halina: SiteClient) -> None:
    pk = with_office(srem, "Czy jest winda?", "Tak, zob. https://example.org/winda")
    page = halina.get(f"{BASE}{pk}/")
    text = words(page)
    assert f"Osl, {srem.name}" in text
    assert "You , " in text
    assert "Przykładowa" not in text
    assert 'href="https://example.org/winda"' in page.content.decode()
    assert page.content.decode().count('class="msg mine"') == 1


def test_links_of_residents_are_plain_words(srem: Tenant, halina: SiteClient) -> None:
    pk = between_people(srem, "https://example.org <script>alert(1)</script>")
    page = halina.get(f"{BASE}{pk}/").content.decode()
    assert 'href="https://example.org' not in page
    assert "&lt;script&gt;" in page


def test_conversation_of_others_is_not_there(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient]
) -> None:
    """Not for residents of either gmina, not for staff who take no part in it."""
    pk = between_people(srem, "Sprawa prywatna")
    with bind(srem):
        says(Conversation.objects.get(pk=pk), "volunteer", "zdjęcie", files=[picture()])
        file = Message.objects.get(conversation=pk, number=2).attachments.get().pk
    read = ("", "nowe/?po=0", "zglos/1/", "zablokuj/1/", f"pliki/{file}/")
    done = ("odpowiedz/", "przeczytane/", "wycisz/", "wlacz/", "zglos/1/", "zablokuj/1/")
    for site, role in ((srem, "ngo_member"), (kety, "resident"), (srem, "director"), (srem, "osl")):
        client = as_site(site)
        client.log_in(role)
        for path in read:
            assert client.get(f"{BASE}{pk}/{path}").status_code == 404, (site, role, path)
        for path in done:
            assert client.post(f"{BASE}{pk}/{path}").status_code == 404, (site, role, path)


def test_whoever_is_nobody_is_sent_to_log_in(srem: Tenant, as_site: type[SiteClient]) -> None:
    pk = with_office(srem, "Czy jest winda?")
    response = as_site(srem).get(f"{BASE}{pk}/")
    assert response.status_code == 302
    assert "/wejscie/" in response["Location"] or "log" in response["Location"]


def test_looking_changes_nothing_and_saying_it_is_read_does(
    srem: Tenant, halina: SiteClient
) -> None:
    pk = with_office(srem, "Czy jest winda?", "Tak.")
    for _time in range(2):
        assert "I have read this" in words(halina.get(f"{BASE}{pk}/"))
    with bind(srem):
        assert place(pk).read_number == 1
        says(Conversation.objects.get(pk=pk), "osl", "Jest też podjazd.")
    halina.post(f"{BASE}{pk}/przeczytane/", {"number": "2"})
    with bind(srem):
        assert place(pk).read_number == 2
    assert halina.post(f"{BASE}{pk}/przeczytane/", {"number": "3"}, headers=HTMX).status_code == 200
    assert "I have read this" not in words(halina.get(f"{BASE}{pk}/"))
    assert halina.post(f"{BASE}{pk}/przeczytane/", {"number": "x"}).status_code == 404


def test_long_conversation_shows_the_newest_and_pages_back(
    srem: Tenant, halina: SiteClient
) -> None:
    pk = with_office(srem, "Czy jest winda?")
    with bind(srem):
        conversation = Conversation.objects.get(pk=pk)
        for number in range(2, 66):
            says(conversation, "osl", f"Zdanie nr {number}.")
    text, seen = words(halina.get(f"{BASE}{pk}/")), []
    while "Show earlier messages" in text:
        seen.append(re.findall(r"Zdanie nr (\d+)\.", text))
        text = words(halina.get(f"{BASE}{pk}/?przed={seen[-1][0]}"))
    seen.append(re.findall(r"Zdanie nr (\d+)\.", text))
    assert [int(number) for page in reversed(seen) for number in page] == list(range(2, 66))
    assert len(seen) == 3
    assert "Show the newest messages" in text
    assert halina.get(f"{BASE}{pk}/?przed=nic").status_code == 404


def test_conversation_costs_the_same_however_much_was_said(
    srem: Tenant, halina: SiteClient
) -> None:
    pk = with_office(srem, "Czy jest winda?", "Tak.")
    halina.get(f"{BASE}{pk}/")
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert halina.get(f"{BASE}{pk}/").status_code == 200
        counts.append(len(queries))
        with bind(srem):
            for number in range(12):
                says(Conversation.objects.get(pk=pk), "osl", f"{number}", files=[picture()])
    assert counts[0] == counts[1] <= QUERIES


def test_open_page_asks_for_what_is_newer_and_gets_it_once(
    srem: Tenant, halina: SiteClient
) -> None:
    pk = with_office(srem, "Czy jest winda?", "Tak.")
    assert f'data-hx-get="{BASE}{pk}/nowe/?po=2"' in halina.get(f"{BASE}{pk}/").content.decode()
    assert halina.get(f"{BASE}{pk}/nowe/?po=2", headers=HTMX).status_code == 204
    with bind(srem):
        says(Conversation.objects.get(pk=pk), "osl", "Jest też podjazd.")
    fragment = halina.get(f"{BASE}{pk}/nowe/?po=2", headers=HTMX).content.decode()
    assert fragment.count("podjazd") == 1
    assert "Tak." not in fragment
    assert f'data-hx-get="{BASE}{pk}/nowe/?po=3"' in fragment
    assert halina.get(f"{BASE}{pk}/nowe/").status_code == 404


def test_reply_without_script_leads_back_and_is_there_once(
    srem: Tenant, halina: SiteClient
) -> None:
    pk, token = with_office(srem, "Czy jest winda?"), uuid4()
    for _time in range(2):
        response = send(halina, f"{BASE}{pk}/", "I podjazd?", token)
        assert response.status_code == 302
        assert response["Location"] == f"{BASE}{pk}/#newer"
    assert messages_of(srem, pk) == ["Czy jest winda?", "I podjazd?"]


def test_reply_of_an_open_page_gets_a_fresh_form(srem: Tenant, halina: SiteClient) -> None:
    pk, token = with_office(srem, "Czy jest winda?"), uuid4()
    response = send(halina, f"{BASE}{pk}/", "I podjazd?", token, headers=HTMX)
    assert response["HX-Trigger"] == '{"live": {"target": "#newer"}}'
    form = response.content.decode()
    assert "<form" in form
    assert "<html" not in form
    assert str(token) not in form
    assert "I podjazd?" not in form


def test_what_was_typed_is_kept_when_it_cannot_be_sent(srem: Tenant, halina: SiteClient) -> None:
    pk = with_office(srem, "Czy jest winda?")
    empty = send(halina, f"{BASE}{pk}/", " ")
    assert title(empty).startswith("Error:")
    assert 'class="error-summary' in empty.content.decode()
    for number in range(25):
        last = send(halina, f"{BASE}{pk}/", f"Zdanie {number}")
    assert last.status_code == 429
    assert "Zdanie 24" in words(last)
    fragment = send(halina, f"{BASE}{pk}/", "Zdanie 25", headers=HTMX)
    assert fragment.status_code == 200
    assert "<title>Error:" in fragment.content.decode()
    assert "Zdanie 25" in fragment.content.decode()
    assert "HX-Trigger" not in fragment


def test_ended_conversation_is_only_read(srem: Tenant, halina: SiteClient) -> None:
    pk = between_people(srem, "Dzień dobry", kind=Conversation.Kind.GROUP)
    with bind(srem):
        Conversation.objects.get(pk=pk).close()
    page = halina.get(f"{BASE}{pk}/")
    assert "This conversation has ended." in words(page)
    assert "Write to the office" in words(page)
    assert "<textarea" not in page.content.decode()
    refused = send(halina, f"{BASE}{pk}/", "Jeszcze ja")
    assert refused.status_code == 409
    assert "Jeszcze ja" in words(refused)


def test_in_a_group_one_is_told_that_others_see_the_first_name(
    srem: Tenant, halina: SiteClient
) -> None:
    group = between_people(srem, "Dzień dobry", kind=Conversation.Kind.GROUP)
    text = words(halina.get(f"{BASE}{group}/"))
    assert "Other participants will see your first name: Resident." in text
    assert "2 participants read this." in text
    relay = between_people(srem, "Dzień dobry")
    assert "Volunteer" in title(halina.get(f"{BASE}{relay}/"))


def test_answer_to_an_announcement_goes_to_the_office_alone(
    srem: Tenant, halina: SiteClient, tomek: SiteClient
) -> None:
    pk = announced(srem)
    assert "Only the office reads your answer" in words(halina.get(f"{BASE}{pk}/"))
    response = send(halina, f"{BASE}{pk}/", "Nie przyjdę.")
    with bind(srem):
        office = Conversation.objects.get(person__logins__email__startswith="resident@")
        assert office.messages.get().answers.conversation_id == pk  # type: ignore[union-attr]
    assert response["Location"] == f"{BASE}{office.pk}/"
    assert "Nie przyjdę." in words(halina.get(f"{BASE}{office.pk}/"))
    assert "Nie przyjdę." not in words(tomek.get(f"{BASE}{pk}/"))


def test_first_message_to_the_office(srem: Tenant, halina: SiteClient) -> None:
    assert "Write to the office" in words(halina.get(f"{BASE}nowa/"))
    with bind(srem):
        assert not Conversation.objects.exists()
    empty = halina.post(f"{BASE}nowa/", {"text": "", "token": str(uuid4())})
    assert title(empty).startswith("Error:")
    token = str(uuid4())
    for _time in range(2):
        sent = halina.post(f"{BASE}nowa/", {"text": "Czy jest winda?", "token": token}, follow=True)
    assert "Your message is with the office." in words(sent)
    with bind(srem):
        pk = Conversation.objects.get().pk
    assert messages_of(srem, pk) == ["Czy jest winda?"]
    assert halina.get(f"{BASE}nowa/")["Location"] == f"{BASE}{pk}/"


def test_pictures_are_shown_and_documents_are_handed_over(srem: Tenant, halina: SiteClient) -> None:
    pk = with_office(srem, "Czy jest winda?")
    with bind(srem):
        says(Conversation.objects.get(pk=pk), "osl", "", files=[picture()])
        file = Message.objects.get(conversation=pk, number=2).attachments.get()
    address = f"{BASE}{pk}/pliki/{file.pk}/"
    assert f'src="{address}"' in halina.get(f"{BASE}{pk}/").content.decode()
    response = halina.get(address)
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["Content-Disposition"].startswith("inline")
    with bind(srem):
        file.type, file.width, file.height = "application/pdf", None, None
        file.save()
    assert halina.get(address)["Content-Disposition"].startswith("attachment")


def test_removed_message_keeps_its_place_without_words(srem: Tenant, halina: SiteClient) -> None:
    pk = between_people(srem, "Brzydkie słowo")
    with bind(srem):
        Message.objects.update(text="", removed_at="2026-01-01T00:00Z")
    assert "This message was removed by the office." in words(halina.get(f"{BASE}{pk}/"))
    assert "This message was removed by the office." in words(halina.get(BASE))
