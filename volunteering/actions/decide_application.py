from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Application
from volunteering.refusals import AlreadyChanged
from volunteering.shift_messages import tell_application_decided

Status = Application.Status


@transaction.atomic
def decide_application(
    *, application: Application, is_accepted: bool, acting_user: User
) -> Application:
    """Yes or no to somebody who would like to help; a no can become a yes. Harmless when pressed
    twice.

    Raises:
        AlreadyChanged: they have withdrawn it, or it was accepted meanwhile.
    """
    stored = (
        Application.objects.select_for_update(of=("self",))
        .select_related("opportunity__organisation", "profile__person")
        .get(pk=application.pk)
    )
    status = Status.ACCEPTED if is_accepted else Status.DECLINED
    if stored.status == status:
        return stored
    if status not in Application.FOLLOWS[stored.status]:
        raise AlreadyChanged
    stored.status, stored.decided_at = status, timezone.now()
    stored.decided_by = acting_user.pk
    stored.save(update_fields=["status", "decided_at", "decided_by"])
    record(
        "application.decided", actor=acting_user.pk, of=stored, person=stored.profile.person_id,
        status=status,
    )  # fmt: skip
    tell_application_decided(stored)
    return stored
