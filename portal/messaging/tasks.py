"""Work that waits for its hour. What is written defers these jobs and they call it, so each imports
what it needs when it runs."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.messaging.models import Broadcast
from tenants.nightly import every_night
from tenants.work import WHILE_THE_DATABASE_IS_AWAY, site_task


@site_task(label=_("telling people of a new message"), retry_strategy=WHILE_THE_DATABASE_IS_AWAY)
def send_notices(*, message: str) -> None:
    """One notice to everybody who has read all until now and is not muted."""
    from portal.messaging.noticing import notify_of  # noqa: PLC0415

    notify_of(UUID(message))


@site_task(label=_("sending an announcement"), retry_strategy=WHILE_THE_DATABASE_IS_AWAY)
def send_announcement(*, broadcast: str) -> None:
    """Once, however often it runs; not before its time, should that have been moved."""
    from portal.messaging.actions.send_broadcast import send_broadcast  # noqa: PLC0415

    send_broadcast(broadcast=UUID(broadcast))


@every_night
def look_for_announcements() -> None:
    """Should a job ever have been lost, its announcement waits no longer than a night."""
    overdue = Broadcast.objects.to_be_sent().filter(send_at__lte=timezone.now())
    for pk in overdue.values_list("pk", flat=True):
        send_announcement.defer_once(None, broadcast=str(pk))
