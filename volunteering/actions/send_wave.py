from datetime import datetime, timedelta

from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from portal.notifications.quiet import is_quiet, next_waking_moment
from volunteering import searching
from volunteering.candidates import Known, candidates
from volunteering.matching.invite import next_wave
from volunteering.models import HelpRequest, Invitation

PRESSED_TWICE = timedelta(minutes=1)


@in_time()
def send_wave(
    *,
    request: HelpRequest,
    now: datetime | None = None,
    is_urgent: bool = False,
    acting_user: User | None = None,
) -> list[Invitation]:
    """Ask the next few volunteers, the likeliest first; nobody where nobody is looked for, where
    the next wave is not due, and in the night. Where nobody is left to ask or to wait for, the
    office takes over.

    Args:
        is_urgent: a larger wave, also after the last one; written down with who wanted it.
        acting_user: somebody does not wait for the hour of the next wave; None is the clock.
    """
    now = now or timezone.now()
    stored = searching.locked(request)
    is_forced = is_urgent or acting_user is not None
    if not _is_due(stored, now, is_forced=is_forced):
        return []
    if is_quiet(now):
        searching.plan_wave(stored, next_waking_moment(now))
        return []
    searching.expire_overdue(stored, now)
    expires_at = searching.answer_by(stored, now)
    is_last = stored.waves_sent >= searching.POLICY.most_waves and not is_urgent
    known = [] if expires_at is None or is_last else candidates(stored, now)
    if expires_at is None or not known:
        _rest_or_give_up(stored, now, is_over=expires_at is None or is_last)
        return []
    chosen = _chosen(stored, known, is_urgent=is_urgent)
    if not chosen:
        # All of them were asked lately, for others; they are left alone for a while.
        searching.plan_wave(stored, searching.wave_after(stored, now, searching.WHILE_THEY_REST))
        return []
    invitations = _ask(stored, chosen, now, expires_at)
    record(
        "help.wave_sent", actor=acting_user.pk if acting_user else None, of=stored,
        person=stored.requester_id, wave=stored.waves_sent, people=len(chosen),
        is_urgent=is_urgent,
    )  # fmt: skip
    _plan_next(stored, now)
    return invitations


def _is_due(request: HelpRequest, now: datetime, *, is_forced: bool) -> bool:
    if request.status != HelpRequest.Status.SEARCHING or not searching.free_places(request):
        return False
    if is_forced:
        return not _has_just_gone_out(request, now)
    return request.next_wave_at is None or request.next_wave_at <= now


def _has_just_gone_out(request: HelpRequest, now: datetime) -> bool:
    """The button was pressed twice."""
    return request.invitations.filter(wave__gt=0, sent_at__gt=now - PRESSED_TWICE).exists()


def _chosen(request: HelpRequest, known: list[Known], *, is_urgent: bool) -> list[Known]:
    """The first wave of an urgent request is larger by itself, any other when somebody says so."""
    number = request.waves_sent + 1
    is_urgent_first = number == 1 and request.priority == HelpRequest.Priority.URGENT
    places = next_wave(
        [one.weighed for one in known],
        searching.POLICY,
        1 if is_urgent else number,
        urgent=is_urgent or is_urgent_first,
    )
    return [known[place] for place in places]


def _ask(
    request: HelpRequest, chosen: list[Known], now: datetime, expires_at: datetime
) -> list[Invitation]:
    request.waves_sent += 1
    request.save(update_fields=["waves_sent"])
    return searching.ask(
        Invitation(
            request=request, profile=one.profile, status=Invitation.Status.SENT, parts=one.parts,
            wave=request.waves_sent, planned_for=request.next_wave_at or now, sent_at=now,
            expires_at=expires_at,
        )
        for one in chosen
    )  # fmt: skip


def _rest_or_give_up(request: HelpRequest, now: datetime, *, is_over: bool) -> None:
    """Nobody can be asked now. While somebody may still answer, nothing is given up."""
    if not request.invitations.waiting().exists():
        searching.give_up(request)
    elif is_over:
        _plan_nothing(request)
    else:
        # Somebody may join, or have time again.
        searching.plan_wave(request, searching.wave_after(request, now, searching.WHILE_THEY_REST))


def _plan_next(request: HelpRequest, now: datetime) -> None:
    if request.waves_sent < searching.POLICY.most_waves:
        searching.plan_wave(request, searching.wave_after(request, now))
    else:
        _plan_nothing(request)


def _plan_nothing(request: HelpRequest) -> None:
    """The last answers are waited for; their jobs go on from there."""
    request.next_wave_at = None
    request.save(update_fields=["next_wave_at"])
