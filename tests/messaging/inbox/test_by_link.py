from datetime import timedelta

import pytest
from django.utils import timezone

from portal.messaging import links
from portal.messaging.models import Conversation, Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.messaging.inbox.talking import (
    HTMX,
    announced,
    between_people,
    link_of,
    picture,
    place,
    says,
    send,
    with_office,
)
from tests.my_account.reading import words


def test_link_opens_the_conversation_without_logging_in_and_changes_nothing(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    pk = with_office(srem, "Czy jest winda?", "Tak.")
    link, visitor = link_of(srem, pk), as_site(srem)
    for _time in range(2):
        page = visitor.get(link)
        assert page.status_code == 200
        assert "Tak." in words(page)
    assert "no-store" in page["Cache-Control"]
    assert "My data" not in words(page)
    assert "Log in to see all your messages" in words(page)
    assert "live.js" not in page.content.decode()
    with bind(srem):
        assert place(pk).read_number == 1
    visitor.post(f"{link}przeczytane/", {"number": "2"})
    with bind(srem):
        assert place(pk).read_number == 2


def test_reply_by_link(srem: Tenant, as_site: type[SiteClient]) -> None:
    pk = with_office(srem, "Czy jest winda?", "Tak.")
    link, visitor = link_of(srem, pk), as_site(srem)
    assert send(visitor, link, "Dziękuję!")["Location"] == f"{link}#newer"
    assert send(visitor, link, "Do widzenia", headers=HTMX).status_code == 200
    newer = visitor.get(f"{link}nowe/?po=2", headers=HTMX).content.decode()
    assert "Do widzenia" in newer
    assert "every 20s" in newer
    with bind(srem):
        last = Message.objects.filter(conversation=pk).in_order().last()
        assert last
        assert (last.via, last.author) == (Message.Via.LINK, place(pk).person)


def test_answer_to_an_announcement_by_link_shows_no_other_conversation(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    """An announcement is sent on to others, with its link."""
    pk = announced(srem)
    with_office(srem, "Sprawa prywatna")
    link, visitor = link_of(srem, pk), as_site(srem)
    answered = visitor.post(
        f"{link}odpowiedz/",
        {"text": "Nie przyjdę.", "token": "7f1f7a52-6f5e-4c6b-9d37-2d3c3f0f6b11"},
        follow=True,
    )
    assert "Your answer is with the office, and with nobody else." in words(answered)
    assert "Sprawa prywatna" not in words(answered)
    with bind(srem):
        office = Conversation.objects.get(person__isnull=False)
        assert list(office.messages.in_order().values_list("text", flat=True)) == [
            "Sprawa prywatna", "Nie przyjdę.",
        ]  # fmt: skip


def test_files_by_link_are_those_of_its_conversation(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    pk, other = with_office(srem, "Czy jest winda?"), between_people(srem, "Dzień dobry")
    with bind(srem):
        for conversation in (pk, other):
            says(Conversation.objects.get(pk=conversation), "resident", "", files=[picture()])
        own, foreign = (
            Message.objects.get(conversation=of, attachments__isnull=False).attachments.get().pk
            for of in (pk, other)
        )
    link, visitor = link_of(srem, pk), as_site(srem)
    assert visitor.get(f"{link}pliki/{own}/").status_code == 200
    assert visitor.get(f"{link}pliki/{foreign}/").status_code == 404


def test_link_that_is_over_or_of_another_site_says_where_to_turn(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    pk = with_office(srem, "Czy jest winda?")
    link = link_of(srem, pk)
    foreign = as_site(kety).get(link)
    damaged = as_site(srem).get(f"{link[:-2]}x/")
    later = timezone.now() + links.LASTS + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    expired = as_site(srem).get(link)
    assert send(as_site(srem), link).status_code == 410
    for page in (foreign, expired, damaged):
        assert page.status_code == 410
        assert "This link does not work any more" in words(page)
        assert "Log in" in words(page)
        assert "winda" not in words(page)
