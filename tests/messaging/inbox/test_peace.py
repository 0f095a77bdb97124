"""Muting, reporting, blocking: what somebody does who wants to be left in peace."""

from portal.messaging.models import Block, Conversation, Report
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.messaging.inbox.talking import BASE, between_people, place, says, send, with_office
from tests.my_account.reading import title, words

GROUP = Conversation.Kind.GROUP


def test_muting_and_unmuting(srem: Tenant, halina: SiteClient) -> None:
    pk = between_people(srem, "Dzień dobry", kind=GROUP)
    for path, is_muted in (("wycisz", True), ("wlacz", False)):
        assert halina.get(f"{BASE}{pk}/{path}/").status_code == 405
        page = halina.post(f"{BASE}{pk}/{path}/", follow=True)
        assert "new messages here" in words(page)
        with bind(srem):
            assert place(pk).is_muted is is_muted


def test_reporting_a_message_says_what_happens_next(srem: Tenant, halina: SiteClient) -> None:
    pk = between_people(srem, "Kup ode mnie garnki", kind=GROUP)
    assert f"{BASE}{pk}/zglos/1/" in halina.get(f"{BASE}{pk}/").content.decode()
    address = f"{BASE}{pk}/zglos/1/"
    assert "Kup ode mnie garnki" in words(halina.get(address))
    assert title(halina.post(address, {"reason": ""})).startswith("Error:")
    for _time in range(2):
        done = halina.post(address, {"reason": "money", "words": "Nachalnie"}, follow=True)
    assert words(done).startswith("Thank you") or "Thank you" in words(done)
    assert "Block Volunteer" in words(done)
    with bind(srem):
        report = Report.objects.get()
        assert (report.reason, report.words, report.reporter) == (
            "money", "Nachalnie", place(pk).person,
        )  # fmt: skip


def test_oneself_and_the_office_are_neither_reported_nor_blocked(
    srem: Tenant, halina: SiteClient
) -> None:
    pk = with_office(srem, "Czy jest winda?", "Tak.")
    for number in (1, 2, 3):
        for path in ("zglos", "zablokuj"):
            assert halina.get(f"{BASE}{pk}/{path}/{number}/").status_code == 404


def test_blocking_hides_both_from_each_other_until_it_is_undone(
    srem: Tenant, halina: SiteClient, tomek: SiteClient
) -> None:
    pk = between_people(srem, "Brzydkie słowo", "Proszę przestać", kind=GROUP)
    assert "You can undo it at any time." in words(halina.get(f"{BASE}{pk}/zablokuj/1/"))
    with bind(srem):
        assert not Block.objects.exists()
    done = words(halina.post(f"{BASE}{pk}/zablokuj/1/", follow=True))
    assert "Volunteer" in done
    assert "Unblock" in done
    assert "Brzydkie" not in words(halina.get(f"{BASE}{pk}/"))
    assert "Proszę przestać" not in words(tomek.get(f"{BASE}{pk}/"))
    assert "You have blocked nobody" in words(tomek.get(f"{BASE}zablokowani/"))
    with bind(srem):
        address = f"{BASE}zablokowani/{Block.objects.get().pk}/odblokuj/"
    assert tomek.post(address).status_code == 404
    halina.post(address)
    assert "Brzydkie" in words(halina.get(f"{BASE}{pk}/"))


def test_what_somebody_blocked_writes_does_not_stay_new(srem: Tenant, halina: SiteClient) -> None:
    pk = between_people(srem, "Brzydkie słowo", kind=GROUP)
    halina.post(f"{BASE}{pk}/zablokuj/1/")
    with bind(srem):
        says(Conversation.objects.get(pk=pk), "volunteer", "Jeszcze brzydsze")
    newer = halina.get(f"{BASE}{pk}/nowe/?po=1").content.decode()
    assert "brzydsze" not in newer
    assert 'name="number" value="2"' in newer
    assert 'name="number" value="2"' in halina.get(f"{BASE}{pk}/").content.decode()
    halina.post(f"{BASE}{pk}/przeczytane/", {"number": "2"})
    assert "There is nothing new." in words(halina.get(BASE))


def test_two_who_do_not_read_each_other_do_not_write_either(
    srem: Tenant, halina: SiteClient, tomek: SiteClient
) -> None:
    pk = between_people(srem, "Brzydkie słowo")
    halina.post(f"{BASE}{pk}/zablokuj/1/")
    for client in (halina, tomek):
        page = client.get(f"{BASE}{pk}/")
        assert "You cannot write to each other any more." in words(page)
        assert "<textarea" not in page.content.decode()
        assert send(client, f"{BASE}{pk}/").status_code == 409
