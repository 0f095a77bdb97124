from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusals import Refused
from portal.audit.models import record
from portal.notifications.models import Delivery
from portal.notifications.tasks import SENDING, call_worker
from portal.realtime.today import today_changed


class NothingToRetry(Refused):
    """It has gone out, waits already, was handled otherwise, or was never sent by a machine."""


class TooLate(Refused):
    """Nobody needs the message any more, or its words are gone."""


@transaction.atomic
def retry_delivery(*, delivery: Delivery, acting_user: User) -> None:
    """Send again what needed a human, to the address of now.

    Raises:
        NothingToRetry: it does not wait for a human.
        TooLate: there is nothing to send any more.
    """
    delivery = (
        Delivery.objects.select_for_update(of=["self"])
        .select_related("message")
        .get(pk=delivery.pk)
    )
    if delivery.state != Delivery.State.NEEDS_HUMAN or delivery.channel not in SENDING:
        raise NothingToRetry(_("This message does not need to be sent again."))
    if not delivery.can_be_sent:
        raise TooLate(_("It is too late to send this message."))
    delivery.wait_again()
    record(
        "delivery.retried",
        actor=acting_user.pk,
        of=delivery,
        person=delivery.person_id,
    )
    call_worker(Delivery.Channel(delivery.channel), delivery.due_at, is_urgent=delivery.is_urgent)
    today_changed()
