from collections.abc import Sequence
from time import perf_counter
from uuid import UUID

from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import proposals
from volunteering.batching import Batch, Plan, batch_of, plan_of, to_match
from volunteering.models import HelpRequest, MatchRun, Proposal

Status = HelpRequest.Status


def run_matching(*, acting_user: User) -> MatchRun:
    """Look for the best assignment of volunteers to everything that is looked for, and propose it.
    It is worked out without holding anything; what has changed meanwhile is left out.

    Requests that get proposals wait for somebody to confirm them. Proposals of earlier runs that
    nobody has decided on give way.
    """
    start = perf_counter()
    requests = to_match()
    batch = batch_of(requests)
    plan = plan_of(batch)
    milliseconds = round((perf_counter() - start) * 1000)
    return _write(requests, batch, plan, milliseconds=milliseconds, acting_user=acting_user)


@in_time()
def _write(
    requests: Sequence[HelpRequest],
    batch: Batch,
    plan: Plan,
    *,
    milliseconds: int,
    acting_user: User,
) -> MatchRun:
    # In the order of their ids, like everybody who locks more than one.
    stored = {
        one.pk: one
        for one in HelpRequest.objects.select_for_update(no_key=True)
        .filter(pk__in=[one.pk for one in requests], status__in=(Status.SEARCHING, Status.PENDING))
        .order_by("pk")
    }
    run = MatchRun.objects.create(
        started_by=acting_user.pk, requests=len(requests), volunteers=len(batch.volunteers),
        edges=len(batch.edges), places=int(batch.needs.sum()), value=plan.ours.value,
        bound=plan.ours.bound, is_proved=plan.ours.proved, compared=plan.compared(batch),
        milliseconds=milliseconds,
    )  # fmt: skip
    Proposal.objects.filter(request__in=stored, status=Proposal.Status.PROPOSED).delete()
    made = Proposal.objects.bulk_create(
        Proposal(run=run, request_id=request, profile_id=profile, parts=parts)
        for profile, request, parts in plan.chosen(batch)
        if request in stored
    )
    _move(stored, {one.request_id for one in made})
    record(
        "help.matched", actor=acting_user.pk, of=run, requests=run.requests, proposals=len(made),
        is_proved=run.is_proved,
    )  # fmt: skip
    return run


def _move(stored: dict[UUID, HelpRequest], proposed: set[UUID]) -> None:
    now = timezone.now()
    for pk, request in stored.items():
        if pk not in proposed:
            proposals.search_on(request, now)
        elif request.status == Status.SEARCHING:
            request.change_status(Status.PENDING)
