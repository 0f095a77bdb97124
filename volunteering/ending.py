"""How a task ends, in whatever way: steps that several actions share, under the locks of its
request and of itself."""

from datetime import datetime

from django.utils import timezone

from volunteering import searching
from volunteering.models import Assignment, ContactConsent, HelpRequest
from volunteering.refusals import AlreadyChanged, TooEarly

Status = Assignment.Status
# Somebody has said what became of it.
WITH_A_WORD = (Status.DONE, Status.NO_SHOW)


def locked(assignment: Assignment) -> Assignment:
    """The request's row is the root; a shift's task is its own. The request of what is returned is
    the locked one."""
    request = searching.locked(assignment.request) if assignment.request else None
    stored = (
        Assignment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("profile__person", "shift", "invitation__profile")
        .get(pk=assignment.pk)
    )
    stored.request = request
    return stored


def end(assignment: Assignment, status: Assignment.Status, now: datetime) -> None:
    """
    Raises:
        AlreadyChanged: it cannot end like this from where it stands.
    """
    if status not in Assignment.FOLLOWS[assignment.status]:
        raise AlreadyChanged
    assignment.status, assignment.ended_at = status, now
    assignment.sequence += 1
    assignment.save(update_fields=["status", "ended_at", "sequence"])
    if is_called_off(assignment):
        hide_contact(assignment, now)


def is_called_off(assignment: Assignment) -> bool:
    """Given back or called off by somebody: nothing follows."""
    return not Assignment.FOLLOWS[assignment.status]


def hide_contact(assignment: Assignment, now: datetime) -> None:
    """Neither sees anything of the other any more."""
    ContactConsent.objects.filter(assignment=assignment, withdrawn_at=None).update(withdrawn_at=now)


def refuse_before_it_begins(assignment: Assignment) -> None:
    """
    Raises:
        TooEarly: nobody can know yet.
    """
    if timezone.now() < assignment.starts_at:
        raise TooEarly


def complete_when_over(request: HelpRequest, now: datetime) -> bool:
    """Once its time has passed and it is known of everybody whether they helped; whether it was."""
    if request.status != HelpRequest.Status.ARRANGED or request.ends_at > now:
        return False
    tasks = Assignment.objects.filter(request=request)
    if tasks.active().exists() or not tasks.filter(status__in=WITH_A_WORD).exists():
        return False
    request.change_status(HelpRequest.Status.COMPLETED)
    return True
