from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from portal.messaging import telling
from portal.messaging.models import Message, Report
from portal.messaging.refusals import AlreadyHandled
from portal.realtime.today import today_changed


@transaction.atomic
def decide_report(*, report: Report, remove: bool, acting_user: User) -> None:
    """The message goes or stays, and with that every open report of it is decided.

    Raises:
        AlreadyHandled: somebody else has decided meanwhile.
    """
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related("conversation")
        .get(pk=report.message_id)
    )
    still_open = message.reports.filter(state=Report.State.OPEN)
    if not still_open.filter(pk=report.pk).exists():
        raise AlreadyHandled
    still_open.update(
        state=Report.State.REMOVED if remove else Report.State.DISMISSED,
        handled_by=acting_user.pk,
        handled_at=timezone.now(),
    )
    if remove:
        message.remove(removed_by=acting_user.pk)
        telling.tell_open_pages(message.conversation, message.number)
    record(
        "report.decided", actor=acting_user.pk, of=message, person=message.author_id,
        is_removed=remove,
    )  # fmt: skip
    today_changed()
