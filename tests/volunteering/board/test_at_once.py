"""Two decide on one proposal at the same moment: one decision stands, and it is the one told."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import Tenant
from tests.panel.office import person_of
from tests.volunteering.making import in_days, make_request, make_volunteer
from volunteering.actions.confirm_proposal import confirm_proposal
from volunteering.actions.reject_proposal import reject_proposal
from volunteering.actions.run_matching import run_matching
from volunteering.models import Proposal
from volunteering.refusals import AlreadyChanged

ROUNDS = 5


@pytest.fixture
def there(own_database: str) -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


def told(tenant: Tenant, deeds: list[Callable[[Proposal, User], object]]) -> list[str]:
    """What each of those who press at once is told, and what stands then."""
    with bind(tenant):
        Proposal.objects.all().delete()
        user = person_of(tenant, "osl")
        make_volunteer(weekly_hours=9)
        make_request(starts_at=in_days(3))
        proposal = run_matching(acting_user=user).proposals.all()[0]
    together, answers = Barrier(len(deeds)), []

    def press(deed: Callable[[Proposal, User], object]) -> None:
        with bind(tenant):
            mine = Proposal.objects.select_related("request").get(pk=proposal.pk)
            together.wait()
            try:
                deed(mine, user)
                answers.append("done")
            except AlreadyChanged:
                answers.append("refused")
        connection.close()

    threads = [Thread(target=press, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def confirm(proposal: Proposal, user: User) -> object:
    return confirm_proposal(proposal=proposal, acting_user=user)


def reject(proposal: Proposal, user: User) -> object:
    return reject_proposal(proposal=proposal, acting_user=user)


def confirm_unlocked(proposal: Proposal, user: User) -> object:
    """The control: trusts what it read before."""
    if proposal.status != Proposal.Status.PROPOSED:
        raise AlreadyChanged
    proposal.status, proposal.decided_by = Proposal.Status.CONFIRMED, user.pk
    proposal.save()
    return proposal


def test_of_yes_and_no_one_stands(there: Tenant) -> None:
    for _round in range(ROUNDS):
        assert told(there, [confirm, reject]) == ["done", "refused"]


def test_without_the_lock_both_would(there: Tenant) -> None:
    rounds = [told(there, [confirm_unlocked, confirm_unlocked]) for _round in range(ROUNDS)]
    assert ["done", "done"] in rounds
