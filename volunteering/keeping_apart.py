"""Two people are never brought together again: the steps that several actions share."""

from itertools import product
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import Person
from portal.audit.models import record
from volunteering import messages, searching
from volunteering.apart import who_asks
from volunteering.models import Assignment, Block, HelpRequest, Invitation, SafetyReport

Status = Invitation.Status


def keep_apart(report: SafetyReport, by: UUID | None) -> None:
    """Whoever reported and whom it is about, from this moment on and without a word to either; in
    the caller's transaction. Harmless when they are kept apart already.

    Args:
        by: id of the user of the office who does it; None of the reporter, whom no trail names.
    """
    if report.reporter is None or report.about is None:
        return
    ours, theirs = _sides(report.reporter, report.about, report.assignment)
    for one, other in product(ours, theirs):
        if one == other:
            continue
        block, is_new = Block.objects.get_or_create(
            person_id=one, other_id=other, defaults={"recorded_by": by}
        )
        if is_new:
            record("block.made", actor=by, of=block)
    _withdraw_invitations(ours, theirs)


def _sides(
    reporter: Person, about: Person, assignment: Assignment | None
) -> tuple[list[UUID], list[UUID]]:
    """Whoever asks for somebody is on the side of whoever is helped."""
    if assignment is None or assignment.request is None:
        return [reporter.pk], [about.pk]
    asking, volunteer = who_asks(assignment.request), [assignment.profile.person_id]
    return (volunteer, asking) if reporter.pk in volunteer else (asking, volunteer)


def _withdraw_invitations(ours: list[UUID], theirs: list[UUID]) -> None:
    """Told like everybody whose help is no longer needed; the search goes on without them."""
    between = Invitation.objects.filter(
        _between(ours, theirs), status__in=(Status.PLANNED, Status.SENT)
    )
    now = timezone.now()
    for request in HelpRequest.objects.filter(pk__in=between.values("request")).order_by("pk"):
        # An answer given at this moment comes before or after, not in between.
        stored = searching.locked(request)
        for invitation in between.filter(request=request).select_related("profile__person"):
            was_sent = invitation.status == Status.SENT
            invitation.request = stored
            invitation.status, invitation.answered_at = Status.WITHDRAWN, now
            invitation.save(update_fields=["status", "answered_at"])
            if was_sent:
                messages.tell_not_needed(invitation)
        searching.go_on_or_give_up(stored, now)


def _between(ours: list[UUID], theirs: list[UUID]) -> Q:
    """Somebody of one side would help somebody of the other."""
    return _helps(ours, theirs) | _helps(theirs, ours)


def _helps(volunteers: list[UUID], asking: list[UUID]) -> Q:
    asks = Q(request__requester__in=asking) | Q(request__asked_by__in=asking)
    return asks & Q(profile__person__in=volunteers)
