from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.messaging.models import Conversation, Participant
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.messaging.inbox.talking import (
    BASE,
    HTMX,
    announced,
    between_people,
    place,
    says,
    with_office,
)
from tests.my_account.reading import words

QUERIES = 17


def test_empty_list_says_what_to_do(halina: SiteClient) -> None:
    text = words(halina.get(BASE))
    assert "No conversations yet" in text
    assert "Write to the office" in text
    assert "Notices of the site" in text


def test_newest_is_first_with_who_wrote_last_and_how_many_are_new(
    srem: Tenant, halina: SiteClient
) -> None:
    with_office(srem, "Czy jest winda?", "Tak, jest.")
    between_people(srem, "Kto bierze farby?", kind=Conversation.Kind.GROUP)
    text = words(halina.get(BASE))
    assert text.index("Ozdoby") < text.index("Volunteer: Kto bierze farby?")
    assert text.index("Volunteer: Kto bierze farby?") < text.index("The office: Tak, jest.")
    assert "There is something new in 2 conversations." in text
    assert "2 new" in words(halina.get("/en/konto/"))


def test_muted_and_ended_are_said_in_words(srem: Tenant, halina: SiteClient) -> None:
    pk = between_people(srem, "Dzień dobry", kind=Conversation.Kind.GROUP)
    with bind(srem):
        Participant.objects.filter(conversation=pk).update(is_muted=True)
        Conversation.objects.get(pk=pk).close()
    text = words(halina.get(BASE))
    assert "muted" in text
    assert "ended" in text
    assert "There is nothing new." in text


def test_search_finds_words_in_any_letters_and_only_in_own_conversations(
    srem: Tenant, halina: SiteClient, tomek: SiteClient
) -> None:
    with_office(srem, "Czy można wziąć łóżko?")
    announced(srem)
    found = words(halina.get(BASE, {"q": "LOZKO wziac"}))
    assert "1 conversation found." in found
    assert "Zmiana sali" not in found
    assert "Zmiana sali" in words(halina.get(BASE, {"q": "zmiana"}))
    assert "Nothing found" in words(tomek.get(BASE, {"q": "łóżko"}))
    assert "Nothing found" in words(halina.get(BASE, {"q": "100%\x00"}))


def test_words_of_somebody_blocked_are_neither_shown_nor_found(
    srem: Tenant, halina: SiteClient
) -> None:
    pk = between_people(srem, "Brzydkie słowo", kind=Conversation.Kind.GROUP)
    halina.post(f"{BASE}{pk}/zablokuj/1/")
    text = words(halina.get(BASE))
    assert "Ozdoby" in text
    assert "Brzydkie" not in text
    assert "Nothing found" in words(halina.get(BASE, {"q": "brzydkie"}))


def test_open_list_asks_for_itself_alone(srem: Tenant, halina: SiteClient) -> None:
    with_office(srem, "Czy jest winda?")
    page = halina.get(f"{BASE}?q=winda", headers=HTMX).content.decode()
    assert page.lstrip().startswith("<div")
    assert f'data-hx-get="{BASE}?q=winda"' in page
    assert "Czy jest winda?" in page


def test_list_of_many_costs_as_much_as_a_short_one(srem: Tenant, halina: SiteClient) -> None:
    between_people(srem, "Dzień dobry")
    with_office(srem, "Czy jest winda?", "Tak, jest.")
    halina.get(BASE)
    counts = []
    for number in range(12):
        between_people(srem, f"Dzień dobry {number}")
        if number in (0, 11):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert halina.get(BASE).status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[1] <= QUERIES


def test_notices_and_conversations_lead_to_each_other(halina: SiteClient) -> None:
    assert 'href="/en/konto/wiadomosci/"' in halina.get(BASE).content.decode()
    assert f'href="{BASE}"' in halina.get("/en/konto/wiadomosci/").content.decode()


def test_whoever_joined_later_does_not_see_what_was_said_before(
    srem: Tenant, halina: SiteClient
) -> None:
    pk = between_people(srem, "Tajemnica", kind=Conversation.Kind.GROUP)
    with bind(srem):
        mine = place(pk)
        mine.joined_number = mine.read_number = 1
        mine.save()
        assert "Tajemnica" not in words(halina.get(BASE))
        says(Conversation.objects.get(pk=pk), "volunteer", "Witamy")
    for query in ({}, {"q": "witamy"}):
        assert "Witamy" in words(halina.get(BASE, query))
    assert "Nothing found" in words(halina.get(BASE, {"q": "tajemnica"}))
    assert "Tajemnica" not in words(halina.get(f"{BASE}{pk}/"))
