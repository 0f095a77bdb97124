from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import searching
from volunteering.models import Invitation
from volunteering.refusals import AlreadyChanged

Status = Invitation.Status


@in_time()
def decline_invitation(
    *, invitation: Invitation, reason: str = "", acting_user: User | None
) -> Invitation:
    """The volunteer cannot help this time; once nobody is left to wait for, others are asked.
    Harmless when they have said so before, and when nobody waits for them any more; a reason may be
    given later.

    Raises:
        AlreadyChanged: they said yes before; then the task is given back.
    """
    request = searching.locked(invitation.request)
    stored = Invitation.objects.select_related("request", "profile__person").get(pk=invitation.pk)
    if stored.status == Status.ACCEPTED:
        raise AlreadyChanged
    if stored.status == Status.DECLINED and reason and not stored.reason:
        stored.reason = reason
        stored.save(update_fields=["reason"])
    if stored.status != Status.SENT:
        return stored
    now = timezone.now()
    stored.status, stored.reason, stored.answered_at = Status.DECLINED, reason, now
    stored.save(update_fields=["status", "reason", "answered_at"])
    record(
        "help.declined", actor=acting_user.pk if acting_user else None, of=stored,
        person=stored.profile.person_id,
    )  # fmt: skip
    searching.go_on_or_give_up(request, now)
    return stored
