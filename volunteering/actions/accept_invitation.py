from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import ending, messages, searching
from volunteering.busy_with import busy_with
from volunteering.matching.edges import broken_rules
from volunteering.models import Assignment, HelpRequest, Invitation, VolunteerProfile
from volunteering.refusals import (
    AlreadyChanged,
    AlreadyFilled,
    InvitationExpired,
    NotNeeded,
    RulesBroken,
    TimeOverlap,
)
from volunteering.rules_in_words import FOR_VOLUNTEERS

Status = Invitation.Status
# Whoever is asked has been asked.
OF_ASKING = frozenset({"already_asked", "invite_budget_used"})
# A blocked pair is told what everybody is told who comes too late.
LIKE_FILLED = frozenset({"already_filled", "blocked"})


@in_time()
def accept_invitation(*, invitation: Invitation, acting_user: User | None) -> Assignment:
    """The volunteer will help; said again, it is the same task. With the last place taken, all
    others who were asked are told that they need not answer.

    Args:
        acting_user: None of whoever came by the link; somebody of the office who called them.

    Raises:
        AlreadyFilled: somebody else was quicker.
        InvitationExpired: the time to answer has passed.
        NotNeeded: it was called off, or the office sees to it.
        AlreadyChanged: they said no before, or gave the task back.
        TimeOverlap: they are busy then.
        RulesBroken: they may not help any more; with words for volunteers.
    """
    request = searching.locked(invitation.request)
    profile = searching.locked_profile(invitation.profile)
    stored = Invitation.objects.get(pk=invitation.pk)
    stored.request, stored.profile = request, profile
    if stored.status == Status.ACCEPTED:
        return _same_task(stored)
    now = timezone.now()
    _refuse_what_is_over(stored, request)
    if stored.expires_at <= now:
        raise InvitationExpired
    _refuse_by_rules(request, profile)
    assignment = _write(stored)
    stored.status, stored.answered_at = Status.ACCEPTED, now
    stored.save(update_fields=["status", "answered_at"])
    actor = acting_user.pk if acting_user else None
    record("help.accepted", actor=actor, of=assignment, person=profile.person_id)
    messages.tell_accepted(assignment)
    messages.tell_found(assignment)
    if not searching.free_places(request):
        request.change_status(HelpRequest.Status.ARRANGED)
        request.next_wave_at = None
        request.save(update_fields=["next_wave_at"])
        record("help.arranged", actor=actor, of=request, person=request.requester_id)
        searching.withdraw_open(request, now)
    return assignment


def _same_task(invitation: Invitation) -> Assignment:
    """
    Raises:
        AlreadyChanged: it was given back or called off since.
    """
    task = Assignment.objects.filter(invitation=invitation).first()
    if task is None or ending.is_called_off(task):
        raise AlreadyChanged
    return task


def _refuse_what_is_over(invitation: Invitation, request: HelpRequest) -> None:
    if invitation.status == Status.DECLINED:
        raise AlreadyChanged(
            _("You have said no to this already. If you can help after all, call us.")
        )
    if request.status == HelpRequest.Status.CANCELLED:
        raise NotNeeded
    if invitation.status == Status.WITHDRAWN or not searching.free_places(request):
        raise AlreadyFilled
    if invitation.status == Status.EXPIRED:
        raise InvitationExpired
    if request.status not in (HelpRequest.Status.SEARCHING, HelpRequest.Status.PENDING):
        raise NotNeeded


def _refuse_by_rules(request: HelpRequest, profile: VolunteerProfile) -> None:
    broken = broken_rules([request.pk], [profile.pk])[profile.pk, request.pk]
    codes = [code for code in broken if code not in OF_ASKING]
    if not codes:
        return
    if not LIKE_FILLED.isdisjoint(codes):
        raise AlreadyFilled
    if "time_overlap" in codes:
        raise TimeOverlap(busy_with(profile, request.starts_at, request.ends_at))
    known = [str(FOR_VOLUNTEERS[code]) for code in codes if code in FOR_VOLUNTEERS]
    raise RulesBroken(
        codes,
        known[0] if known else _("This does not fit what you told us about yourself. Call us."),
    )


def _write(invitation: Invitation) -> Assignment:
    """The first free place. The table has the last word, should a lock be missing elsewhere.

    Raises:
        AlreadyFilled, TimeOverlap: it says no.
    """
    request, profile = invitation.request, invitation.profile
    free = searching.free_places(request)
    try:
        with transaction.atomic():
            return Assignment.objects.create(
                request=request, profile=profile, invitation=invitation, slot=free[0],
                starts_at=request.starts_at, ends_at=request.ends_at,
            )  # fmt: skip
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if constraint == "task_not_more_than_needed":
            raise AlreadyFilled from error
        if constraint == "task_one_at_a_time":
            raise TimeOverlap(busy_with(profile, request.starts_at, request.ends_at)) from error
        raise
