"""Why a run did not choose a volunteer for a request: what choosing them would cost the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from volunteering.batching import batch_of, plan_of
from volunteering.matching.explain import why_not
from volunteering.matching.problem import Infeasible
from volunteering.models import HelpRequest, VolunteerProfile

# Somebody waits for the page.
TIME_LIMIT = 5.0


@dataclass(frozen=True, slots=True)
class NotChosen:
    """
    Attributes:
        difference: of the totals; below 0 is what the pair would cost.
        lost, won: requests that would lose or win somebody.
        changed: how many other volunteers would get other tasks.
        is_chosen: they are the choice.
        is_sure: both totals are proved.
    """

    difference: int
    lost: list[HelpRequest]
    won: list[HelpRequest]
    changed: int
    is_chosen: bool
    is_sure: bool


def why_not_chosen(
    request: HelpRequest, profile: VolunteerProfile, among: Sequence[HelpRequest]
) -> NotChosen | None:
    """As things are now; None where the two are no possible pair, or one that alone is too much for
    the hours the volunteer has left: the rules say why.

    Args:
        among: all the requests that a run looks at, this one too.
    """
    batch = batch_of(among)
    if profile.pk not in batch.volunteers or request.pk not in batch.requests:
        return None
    pair = batch.volunteers.index(profile.pk), batch.requests.index(request.pk)
    if pair not in batch.parts_of_pairs():
        return None
    plan = plan_of(batch, TIME_LIMIT).ours
    try:
        forced = why_not(**batch.as_arguments(), time_limit=TIME_LIMIT, pair=pair, solution=plan)
    except Infeasible:
        return None
    return NotChosen(
        difference=round(forced.difference),
        lost=[among[number] for number, _places in forced.fewer],
        won=[among[number] for number, _places in forced.more],
        changed=len(forced.changed),
        is_chosen=pair in plan.pairs,
        is_sure=plan.proved and forced.solution.proved,
    )
