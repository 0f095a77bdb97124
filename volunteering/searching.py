"""The search for somebody who helps: steps that several actions share, all under the lock of the
request's row. A volunteer's row is locked after it, never before."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from portal.audit.models import record
from portal.notifications.quiet import next_waking_moment
from volunteering import messages, tasks
from volunteering.matching.invite import Policy, next_wave_at
from volunteering.models import Assignment, HelpRequest, Invitation, VolunteerProfile

Status = HelpRequest.Status

POLICY = Policy()
# Where all who may help rest: look again on the next day.
WHILE_THEY_REST = replace(POLICY, longest_gap=timedelta(days=1))
LONGEST_TO_ANSWER = timedelta(hours=48)
SHORTEST_TO_ANSWER = timedelta(hours=2)


def locked(request: HelpRequest) -> HelpRequest:
    return (
        HelpRequest.objects.select_for_update(of=("self",), no_key=True)
        .select_related("requester", "asked_by", "district")
        .get(pk=request.pk)
    )


def locked_profile(profile: VolunteerProfile) -> VolunteerProfile:
    """Whoever answers two invitations at once answers one after the other."""
    return (
        VolunteerProfile.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person", "district")
        .get(pk=profile.pk)
    )


def begin(request: HelpRequest, now: datetime) -> None:
    """Look from the beginning, in as many waves as the first time."""
    if request.status != Status.SEARCHING:
        request.change_status(Status.SEARCHING)
    request.waves_sent = 0
    request.save(update_fields=["waves_sent"])
    plan_wave(request, next_waking_moment(now))


def plan_wave(request: HelpRequest, moment: datetime) -> None:
    request.next_wave_at = moment
    request.save(update_fields=["next_wave_at"])
    tasks.send_wave_of.defer_at(moment, request=str(request.pk))


def wave_after(request: HelpRequest, now: datetime, policy: Policy = POLICY) -> datetime:
    """When the wave after one sent now is due."""
    lead = max(request.starts_at - request.status_since, timedelta(0))
    return next_wave_at(timezone.localtime(now), lead, policy)


def answer_by(request: HelpRequest, now: datetime) -> datetime | None:
    """Until when somebody asked now has to answer: half of the time that is left from when they
    are awake, two days at most, and the night through, in which nobody else could be asked; None
    when that is too short to ask anybody."""
    awake = next_waking_moment(now)
    left = request.starts_at - awake
    if left < SHORTEST_TO_ANSWER:
        return None
    until = awake + min(max(left / 2, SHORTEST_TO_ANSWER), LONGEST_TO_ANSWER)
    return min(next_waking_moment(until), request.starts_at)


def ask(invitations: Iterable[Invitation]) -> list[Invitation]:
    """Write the invitations down and promise the messages; their end is seen to by a job."""
    asked = Invitation.objects.bulk_create(invitations)
    for invitation in asked:
        messages.tell_invited(invitation)
    for request, moment in {(str(one.request_id), one.expires_at) for one in asked}:
        tasks.expire_invitations_of.defer_at(moment, request=request)
    return asked


def free_places(request: HelpRequest) -> list[int]:
    """Numbers of the places nobody has taken, the smallest first."""
    taken = set(Assignment.objects.active().filter(request=request).values_list("slot", flat=True))
    return [place for place in range(1, request.people_needed + 1) if place not in taken]


def withdraw_open(request: HelpRequest, now: datetime) -> None:
    """Whoever was asked and has not answered is told that they need not."""
    waiting = request.invitations.waiting().select_related("profile__person").order_by("pk")
    for invitation in waiting:
        invitation.request = request
        invitation.status, invitation.answered_at = Invitation.Status.WITHDRAWN, now
        invitation.save(update_fields=["status", "answered_at"])
        messages.tell_not_needed(invitation)


def expire_overdue(request: HelpRequest, now: datetime) -> int:
    """Who has not answered in time is not waited for; how many."""
    return (
        request.invitations.waiting()
        .filter(expires_at__lte=now)
        .update(status=Invitation.Status.EXPIRED, answered_at=now)
    )


def go_on_or_give_up(request: HelpRequest, now: datetime) -> None:
    """Somebody has answered, or has not in time. Once nobody is left to wait for, the next wave
    goes out at once; when no further wave can, the office takes over."""
    if request.status != Status.SEARCHING or request.invitations.waiting().exists():
        return
    if not may_ask_more(request, now):
        give_up(request)
        return
    moment, planned = next_waking_moment(now), request.next_wave_at
    if planned is None or not now < planned <= moment:
        plan_wave(request, moment)


def may_ask_more(request: HelpRequest, now: datetime) -> bool:
    return request.waves_sent < POLICY.most_waves and answer_by(request, now) is not None


def give_up(request: HelpRequest) -> None:
    request.next_wave_at = None
    request.save(update_fields=["next_wave_at"])
    request.change_status(Status.UNMET)
    record(
        "help.unmet", actor=None, of=request, person=request.requester_id, waves=request.waves_sent
    )
    messages.tell_nobody_found(request)


def overdue_searches(now: datetime) -> list[HelpRequest]:
    """Searches whose job did not come: a wave or the end of an invitation is late."""
    late = now - timedelta(hours=1)
    return list(
        HelpRequest.objects.searching()
        .filter(
            Q(next_wave_at=None)
            | Q(next_wave_at__lte=late)
            | Q(invitations__status=Invitation.Status.SENT, invitations__expires_at__lte=late)
        )
        .distinct()
        .by_need()
    )
