from django.db import IntegrityError, transaction
from django.utils import timezone

from events import capacity
from portal.accounts.models import User
from portal.audit.models import record
from volunteering.busy_with import busy_with
from volunteering.gates import missing_gates
from volunteering.models import Application, Assignment, Opportunity, Shift, VolunteerProfile
from volunteering.opportunity_states import lock_shift_to_come
from volunteering.refusals import RulesBroken, ShiftFull, TimeOverlap
from volunteering.rules_in_words import FOR_VOLUNTEERS
from volunteering.shift_conversation import changed_who_comes
from volunteering.shift_messages import tell_shift_taken
from volunteering.shift_refusals import (
    ApplyFirst,
    NotAdmittedYet,
    NotThisTime,
    NotWanted,
    WaitForAnswer,
)

Status = Application.Status


@transaction.atomic
def take_shift(
    *, shift: Shift, profile: VolunteerProfile, by_organiser: bool = False, acting_user: User
) -> Assignment:
    """One of the places is the volunteer's; the same again is the same task.

    Args:
        by_organiser: whoever may accept volunteers puts them there: nobody need apply first.

    Raises:
        ApplyFirst, WaitForAnswer, NotThisTime: the organiser has not accepted them.
        NotAdmittedYet: the office has not met them.
        NotWanted: the opportunity is not public.
        RulesBroken: what the law asks for is missing; codes of ``gates.GATES``.
        ShiftFull: nobody else fits in.
        ShiftOver: it has passed, or is called off.
        TimeOverlap: they are busy then.
    """
    stored = lock_shift_to_come(shift)
    volunteer = VolunteerProfile.objects.select_for_update(of=("self",), no_key=True).get(
        pk=profile.pk
    )
    known = Assignment.objects.active().filter(shift=stored, profile=volunteer).first()
    if known is not None:
        return known
    if stored.opportunity.status != Opportunity.Status.PUBLISHED:
        raise NotWanted
    _refuse_by_law(stored, volunteer)
    _be_accepted(stored.opportunity, volunteer, by_organiser)
    if task := busy_with(volunteer, stored.starts_at, stored.ends_at):
        raise TimeOverlap(task)
    if not capacity.take(stored.pool_id, 1):
        raise ShiftFull
    assignment = _write(stored, volunteer)
    record("shift.taken", actor=acting_user.pk, of=assignment, person=volunteer.person_id)
    tell_shift_taken(assignment)
    changed_who_comes(stored)
    return assignment


def _refuse_by_law(shift: Shift, volunteer: VolunteerProfile) -> None:
    if volunteer.status == VolunteerProfile.Status.APPLIED:
        raise NotAdmittedYet
    codes = missing_gates(
        volunteer,
        day=timezone.localdate(shift.starts_at),
        last_day=timezone.localdate(shift.ends_at),
        min_age=shift.opportunity.min_age,
        with_minors=shift.opportunity.with_minors,
    )
    if codes:
        raise RulesBroken(codes, str(FOR_VOLUNTEERS[codes[0]]))


def _be_accepted(opportunity: Opportunity, volunteer: VolunteerProfile, by_organiser: bool) -> None:
    """Where nobody chooses, whoever takes a shift is accepted by it."""
    found = Application.objects.filter(opportunity=opportunity, profile=volunteer)
    application = found.select_for_update(no_key=True).first()
    status = application.status if application else None
    if status == Status.ACCEPTED:
        return
    if status == Status.DECLINED and not by_organiser:
        raise NotThisTime
    if opportunity.chooses_volunteers and not by_organiser:
        raise WaitForAnswer if status == Status.APPLIED else ApplyFirst
    Application.objects.update_or_create(
        opportunity=opportunity,
        profile=volunteer,
        defaults={"status": Status.ACCEPTED, "decided_at": timezone.now()},
    )


def _write(shift: Shift, volunteer: VolunteerProfile) -> Assignment:
    """
    Raises:
        TimeOverlap: another task was written at the same moment; the table saw it.
    """
    try:
        with transaction.atomic():
            return Assignment.objects.create(
                shift=shift, profile=volunteer, starts_at=shift.starts_at, ends_at=shift.ends_at
            )
    except IntegrityError:
        raise TimeOverlap(busy_with(volunteer, shift.starts_at, shift.ends_at)) from None
