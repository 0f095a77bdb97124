from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import searching
from volunteering.candidates import score_parts
from volunteering.matching.edges import broken_rules
from volunteering.models import HelpRequest, Invitation, VolunteerProfile
from volunteering.refusals import AlreadyChanged, InviteBudgetUsed, RulesBroken, TooLate
from volunteering.rules_in_words import FOR_ORGANISERS

# Which the organiser may pass over: it spares people and is no law.
MODERATION = "invite_budget_used"
BY_HAND = 0


@in_time()
def invite_volunteer(
    *,
    request: HelpRequest,
    profile: VolunteerProfile,
    acting_user: User,
    overrides: bool = False,
) -> Invitation:
    """Ask one volunteer, chosen by somebody of the office; ``wave`` is then 0. Whoever is being
    asked already is not asked again.

    Args:
        overrides: although they were asked often lately; written down with who said so.

    Raises:
        AlreadyChanged: nobody is looked for.
        TooLate: it has begun.
        RulesBroken: they may not help; all codes, with words for organisers.
        InviteBudgetUsed: they were asked often enough this week.
    """
    stored = searching.locked(request)
    volunteer = searching.locked_profile(profile)
    earlier = stored.invitations.waiting().filter(profile=volunteer).first()
    if earlier is not None:
        return earlier
    if stored.status not in (HelpRequest.Status.SEARCHING, HelpRequest.Status.PENDING):
        raise AlreadyChanged
    now = timezone.now()
    if stored.starts_at <= now:
        raise TooLate
    codes = broken_rules([stored.pk], [volunteer.pk], now).get((volunteer.pk, stored.pk), [])
    law = [code for code in codes if code != MODERATION]
    if law:
        raise RulesBroken(law, "; ".join(str(FOR_ORGANISERS[code]) for code in law))
    if codes and not overrides:
        raise InviteBudgetUsed
    is_override = bool(codes)
    [invitation] = searching.ask(
        [
            Invitation(
                request=stored, profile=volunteer, status=Invitation.Status.SENT, wave=BY_HAND,
                parts=score_parts(stored, volunteer, now),
                overridden_by=acting_user.pk if is_override else None, planned_for=now,
                sent_at=now, expires_at=searching.answer_by(stored, now) or stored.starts_at,
            )
        ]
    )  # fmt: skip
    record(
        "help.invited", actor=acting_user.pk, of=invitation, person=volunteer.person_id,
        is_override=is_override,
    )  # fmt: skip
    return invitation
