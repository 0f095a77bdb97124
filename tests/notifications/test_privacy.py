"""What is kept of messages: shown to whom it concerns, erased with them, deleted in time."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from portal.accounts.actions.merge_people import merge_people
from portal.accounts.models import FormerDetail, Person, User
from portal.notifications.delivering import deliver
from portal.notifications.kinds import Category
from portal.notifications.models import ChannelChoice, Delivery, Message
from portal.notifications.preferences import choices_of, choose
from portal.notifications.privacy import erase, export, retain
from portal.notifications.promise import Address, promise
from tenants.models import Tenant
from tests.notifications.conftest import CODE, CONTENT, URGENT, letters_in, person, promised


def test_person_sees_what_they_were_told_and_not_their_codes(in_srem: Tenant) -> None:
    anna, ola = person("Anna"), person("Ola")
    promised(anna, ola)
    promise(CODE.key, to=[Address("anna@example.pl")], content=CONTENT)
    choose(anna, Category.REMINDERS, False)
    found = export(anna)
    assert [entry.get("subject") for entry in found["messages"]] == ["Spacer nad Wartą", None]
    assert found["choices"] == [{"category": "reminders", "wanted": False}]
    assert "ola@" not in str(found)


def test_erased_person_leaves_the_messages_of_others(in_srem: Tenant, tmp_path: Path) -> None:
    anna, ola = person("Anna", phone="+48600100200"), person("Ola")
    choose(anna, Category.REMINDERS, False)
    shared, own = promised(anna, ola), promised(anna)
    promise(URGENT.key, to=[Address("anna@example.pl")], content=CONTENT)
    promise(URGENT.key, to=[Address("+48600100200", Delivery.Channel.SMS)], content=CONTENT)
    FormerDetail.objects.create(person=anna, kind="email", value="dawna@example.pl")
    promise(URGENT.key, to=[Address("dawna@example.pl")], content=CONTENT)
    deliver(Delivery.Channel.EMAIL)
    assert len(letters_in(tmp_path)) == 5
    erase(anna)
    assert [letter["To"] for letter in letters_in(tmp_path)] == ["ola@example.pl"]
    assert list(Message.objects.all()) == [shared]
    assert own.pk not in Message.objects.values_list("pk", flat=True)
    assert [delivery.person for delivery in Delivery.objects.all()] == [ola]
    assert not ChannelChoice.objects.exists()


def test_messages_go_after_a_year_and_codes_after_a_day(in_srem: Tenant) -> None:
    def written(days: int, key: str) -> Message:
        message = promise(key, to=[Address(f"d{days}@example.pl")], content=CONTENT)
        Message.objects.filter(pk=message.pk).update(
            created_at=timezone.now() - timedelta(days=days)
        )
        return message

    young, _old = written(364, URGENT.key), written(366, URGENT.key)
    fresh, sent, waiting = (written(days, CODE.key) for days in (0, 2, 3))
    sent.deliveries.update(state=Delivery.State.SENT, finished_at=timezone.now())
    retain()
    assert set(Message.objects.all()) == {young, fresh, waiting}
    assert Delivery.objects.count() == 3


def merge(merged: Person, kept: Person) -> None:
    merge_people(kept=kept, merged=merged, acting_user=User.objects.get(email__startswith="osl@"))


def test_two_who_are_one_get_a_message_once(in_srem: Tenant) -> None:
    anna, hanna = person("Anna"), person("Hanna")
    both, only_anna = promised(anna, hanna), promised(anna)
    merge(anna, hanna)
    assert sorted(both.deliveries.values_list("state", flat=True)) == ["waiting", "withdrawn"]
    assert only_anna.deliveries.get().person == hanna


def test_refusal_of_either_of_two_who_are_one_stays(in_srem: Tenant) -> None:
    anna, hanna = person("Anna"), person("Hanna")
    choose(anna, Category.REMINDERS, False)
    choose(hanna, Category.REMINDERS, True)
    merge(anna, hanna)
    assert not choices_of(hanna)[Category.REMINDERS]
