from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notifications.delivering import deliver
from portal.notifications.models import Delivery, Message
from tenants.nightly import every_night
from tenants.work import WHILE_THE_DATABASE_IS_AWAY, site_task

SOON = timedelta(seconds=30)


# A queue for each channel: text messages do not wait for a mail server that hangs.
# ``wake`` is what a waiting job is for, so that one for tomorrow is not taken for one for now.


@site_task(
    label=_("sending e-mails"), queue="mail", retry_strategy=WHILE_THE_DATABASE_IS_AWAY
)  # fmt: skip
def send_mails(*, wake: str = "") -> None:
    _keep_promises(Delivery.Channel.EMAIL)


@site_task(
    label=_("sending text messages"), queue="sms", retry_strategy=WHILE_THE_DATABASE_IS_AWAY
)  # fmt: skip
def send_text_messages(*, wake: str = "") -> None:
    _keep_promises(Delivery.Channel.SMS)


SENDING = {Delivery.Channel.EMAIL: send_mails, Delivery.Channel.SMS: send_text_messages}


def call_worker(channel: Delivery.Channel, due_at: datetime, *, is_urgent: bool) -> None:
    """One job in the caller's transaction, however many copies are due then."""
    task = SENDING[channel].urgent if is_urgent else SENDING[channel]
    if due_at <= timezone.now():
        task.defer()
    else:
        task.defer_at(due_at)


def come_back(channel: Delivery.Channel, moment: datetime) -> None:
    """Look again then, unless a job is there already that will."""
    is_soon = moment - timezone.now() < SOON
    SENDING[channel].defer_once(moment, wake="soon" if is_soon else f"{moment:%Y-%m-%dT%H:%M}")


def _keep_promises(channel: Delivery.Channel) -> None:
    again = deliver(channel)
    if again is not None:
        come_back(channel, again)


@site_task(label=_("forgetting used codes"))
def forget_words(*, message: str) -> None:
    """A secret is of no use any more: its words go, what became of it stays."""
    Message.objects.filter(pk=UUID(message)).update(content={})


@every_night
def look_for_promises() -> None:
    """Should a job ever have been lost, its promises wait no longer than a night."""
    for channel in SENDING:
        due_at = Delivery.objects.next_due_at(channel)
        if due_at is not None:
            come_back(channel, due_at)
