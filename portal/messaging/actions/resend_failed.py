from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record_each
from portal.messaging.broadcasting import states_of
from portal.messaging.models import Broadcast
from portal.notifications.models import Delivery
from portal.notifications.tasks import SENDING, call_worker
from portal.realtime.today import today_changed


@transaction.atomic
def resend_failed(*, broadcast: Broadcast, acting_user: User) -> int:
    """Send again what a machine could not deliver, to the addresses of now; how many copies.

    Nobody who got it gets it again; pressed twice, the second finds nothing.
    """
    failed = Delivery.objects.select_for_update(of=("self",)).filter(
        pk__in=states_of(broadcast).retriable().values("pk")
    )
    copies = [copy for copy in failed.select_related("message").retriable() if copy.can_be_sent]
    Delivery.objects.filter(pk__in=[copy.pk for copy in copies]).wait_again()
    record_each(
        "delivery.retried",
        actor=acting_user.pk,
        people=[copy.person_id for copy in copies if copy.person_id],
        of=broadcast,
    )
    for channel in SENDING:
        due = [copy for copy in copies if copy.channel == channel]
        if due:
            call_worker(channel, due[0].due_at, is_urgent=due[0].is_urgent)
    today_changed()
    return len(copies)
