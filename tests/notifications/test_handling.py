"""What people decide: which messages they want, and what becomes of those that failed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import AuditEntry
from portal.notifications.actions.finish_delivery import NothingToFinish, finish_delivery
from portal.notifications.actions.retry_delivery import (
    NothingToRetry,
    TooLate,
    retry_delivery,
)  # fmt: skip
from portal.notifications.kinds import Category
from portal.notifications.models import ChannelChoice, Delivery
from portal.notifications.preferences import NothingToChoose, choices_of, choose
from tenants.models import Tenant
from tests.notifications.conftest import person, promised

State, Channel = Delivery.State, Delivery.Channel


@pytest.fixture
def osl(in_srem: Tenant) -> User:
    return User.objects.get(email__startswith="osl@")


def failed(**options: Any) -> Delivery:
    delivery = promised(person(), **options).deliveries.get()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.NEEDS_HUMAN, finished_at=timezone.now(), attempts=6, error="refused 550"
    )
    delivery.refresh_from_db()
    return delivery


def test_whoever_has_not_chosen_gets_reminders_and_no_news(in_srem: Tenant) -> None:
    assert choices_of(person()) == {
        Category.SERVICE: True, Category.REMINDERS: True, Category.NEWS: False,
    }  # fmt: skip


def test_choice_is_kept_and_can_be_changed(in_srem: Tenant) -> None:
    anna = person()
    choose(anna, Category.REMINDERS, False)
    choose(anna, Category.REMINDERS, False)
    assert not choices_of(anna)[Category.REMINDERS]
    choose(anna, Category.REMINDERS, True)
    assert choices_of(anna)[Category.REMINDERS]
    assert ChannelChoice.objects.count() == 1


@pytest.mark.parametrize("category", [Category.SERVICE, Category.NEWS])
def test_what_must_be_said_and_what_needs_a_consent_is_no_choice(
    in_srem: Tenant, category: Category
) -> None:
    anna = person()
    for is_wanted in (True, False):
        with pytest.raises(NothingToChoose):
            choose(anna, category, is_wanted)
    assert not ChannelChoice.objects.exists()


def test_failed_message_is_sent_anew(osl: User) -> None:
    delivery = failed()
    retry_delivery(delivery=delivery, acting_user=osl)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == (State.WAITING, 0, "")
    entry = AuditEntry.objects.get(action="delivery.retried")
    assert (entry.actor, entry.person, entry.object_id) == (
        osl.pk, delivery.person_id, delivery.pk,
    )  # fmt: skip
    with pytest.raises(NothingToRetry):
        retry_delivery(delivery=delivery, acting_user=osl)
    assert AuditEntry.objects.filter(action="delivery.retried").count() == 1


def test_message_nobody_needs_any_more_is_not_sent_anew(osl: User) -> None:
    delivery = failed(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(TooLate):
        retry_delivery(delivery=delivery, acting_user=osl)
    delivery.refresh_from_db()
    assert delivery.state == State.NEEDS_HUMAN


def test_message_whose_words_are_gone_is_not_sent_anew(osl: User) -> None:
    delivery = failed()
    delivery.message.content = {}
    delivery.message.save()
    with pytest.raises(TooLate):
        retry_delivery(delivery=delivery, acting_user=osl)


@pytest.mark.parametrize(("done", "state"), [(True, State.DONE), (False, State.WITHDRAWN)])
def test_call_is_finished_once(osl: User, done: bool, state: str) -> None:
    delivery = promised(person(phone="+48600100200", channel="phone")).deliveries.get()
    finish_delivery(delivery=delivery, acting_user=osl, done=done)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.handled_by) == (state, osl.pk)
    assert bool(delivery.trouble) is not done
    with pytest.raises(NothingToFinish):
        finish_delivery(delivery=delivery, acting_user=osl, done=done)
    assert AuditEntry.objects.filter(action="delivery.finished").count() == 1


def test_failed_message_can_be_told_otherwise(osl: User) -> None:
    delivery = failed()
    finish_delivery(delivery=delivery, acting_user=osl, done=True)
    delivery.refresh_from_db()
    assert delivery.state == State.DONE


def test_mail_that_a_machine_will_send_is_nobodys_task(osl: User) -> None:
    delivery = promised(person()).deliveries.get()
    with pytest.raises(NothingToFinish):
        finish_delivery(delivery=delivery, acting_user=osl, done=True)


def test_reading_is_noted_once(in_srem: Tenant) -> None:
    user = User.objects.create_user(email="ewa@example.pl")
    promised(user.person)
    inbox = Delivery.objects.inbox_of(user.person)
    delivery = inbox.get()
    delivery.mark_read()
    first = delivery.read_at
    assert first is not None
    delivery.mark_read()
    assert inbox.mark_read() == 0
    delivery.refresh_from_db()
    assert delivery.read_at == first
    assert not inbox.unread().exists()
