from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.joining_refusals import HasTasks
from volunteering.models import Invitation, VolunteerProfile

Status = VolunteerProfile.Status
_OPEN = (Invitation.Status.PLANNED, Invitation.Status.SENT)


@transaction.atomic
def leave_volunteering(*, profile: VolunteerProfile, acting_user: User) -> VolunteerProfile:
    """Nobody asks them any more; hours they have given stay written down. Harmless twice.

    Raises:
        HasTasks: somebody counts on them.
    """
    locked = VolunteerProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    if locked.status == Status.ENDED:
        return locked
    if locked.assignments.active().filter(ends_at__gt=timezone.now()).exists():
        raise HasTasks
    locked.change_status(Status.ENDED)
    # Questions that wait for their answer need none now.
    locked.invitations.filter(status__in=_OPEN).update(status=Invitation.Status.WITHDRAWN)
    record("volunteer.left", actor=acting_user.pk, of=locked, person=locked.person_id)
    return locked
