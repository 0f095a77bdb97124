"""A run over all requests: what it weighs, what it proposes, and the human who decides."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import Tenant
from tests.panel.office import person_of
from tests.volunteering.board.test_list import BOARD, staff
from tests.volunteering.making import (
    in_days,
    make_assignment,
    make_district,
    make_request,
    make_volunteer,
)
from volunteering.actions.confirm_proposal import confirm_proposal
from volunteering.actions.reject_proposal import reject_proposal
from volunteering.actions.run_matching import run_matching
from volunteering.batching import batch_of, boost_of, to_match
from volunteering.fill_rates import FillRate
from volunteering.models import Invitation, MatchRun, Proposal
from volunteering.not_chosen import why_not_chosen
from volunteering.refusals import AlreadyChanged


@pytest.fixture
def osl(srem: Tenant) -> Iterator[User]:
    with bind(srem):
        yield person_of(srem, "osl")


def test_a_run_looks_two_weeks_ahead_at_what_is_looked_for(osl: User) -> None:
    soon = make_request(starts_at=in_days(3))
    make_request(starts_at=in_days(20))
    make_request(status="triaged")
    assert [one.pk for one in to_match()] == [soon.pk]


def test_urgent_old_and_unlucky_requests_weigh_more(osl: User) -> None:
    now = timezone.now()
    plain = make_request(starts_at=in_days(3))
    urgent = make_request(starts_at=in_days(4), priority=3)
    old = make_request(starts_at=in_days(5), submitted_at=now - timedelta(days=40))
    worth = batch_of([plain, urgent, old], now).worth.tolist()
    assert worth[1] == pytest.approx(3 * worth[0], rel=0.01)
    assert worth[2] == 20_000
    assert boost_of(FillRate(4, 0, 4), 0.8) == 1.5
    assert boost_of(FillRate(4, 2, 2), 1.0) == 1.25
    assert boost_of(FillRate(4, 4, 0), 0.8) == boost_of(None, 0.8) == boost_of(None, None) == 1


def test_hours_left_and_loads_come_from_what_somebody_does_already(osl: User) -> None:
    volunteer = make_volunteer(weekly_hours=3)
    done = make_request(starts_at=in_days(9, 15), status="arranged")
    make_assignment(done, volunteer)
    batch = batch_of([make_request(starts_at=in_days(9, 10))])
    assert batch.capacities.tolist() == [2.0]
    assert batch.load_costs[0, :3].tolist() == [40.0, 120.0, 240.0]
    assert batch.hours.tolist() == [1.0]


def test_nobody_is_proposed_for_two_things_at_once(osl: User) -> None:
    make_volunteer()
    first = make_request(starts_at=in_days(3), priority=3)
    second = make_request(starts_at=in_days(3))
    run = run_matching(acting_user=osl)
    assert [one.request_id for one in run.proposals.all()] == [first.pk]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("pending_confirmation", "searching")
    assert run.is_proved
    assert run.compared["ours"]["filled"] == 1


def test_a_run_beats_what_is_done_by_hand(osl: User) -> None:
    """Ewa suits both and Ola the first alone: best pair first leaves the second without help."""
    far = make_district("Dalej", 52.11, 17.03)
    ewa = make_volunteer("Ewa Kos", weekly_hours=1)
    ola = make_volunteer("Ola Maj", district=far, weekly_hours=1)
    walk = make_request(starts_at=in_days(3, 12), priority=2)
    visit = make_request(starts_at=in_days(4, 12), required_skills=["company", "shopping"])
    ola.skills = ["garden"]
    ola.save()
    run = run_matching(acting_user=osl)
    chosen = {(one.profile_id, one.request_id) for one in run.proposals.all()}
    assert chosen == {(ola.pk, walk.pk), (ewa.pk, visit.pk)}
    filled = {way: numbers["filled"] for way, numbers in run.compared.items()}
    assert filled == {"ours": 2, "greedy": 1, "first_come": 1}
    answer = why_not_chosen(walk, ewa, to_match())
    assert answer is not None
    assert answer.difference < 0
    assert [one.pk for one in answer.lost] == [visit.pk]


def test_a_second_run_replaces_what_nobody_has_decided_on(osl: User) -> None:
    volunteer, request = make_volunteer(), make_request(starts_at=in_days(3))
    first = run_matching(acting_user=osl)
    second = run_matching(acting_user=osl)
    assert not first.proposals.exists()
    assert second.proposals.count() == 1
    volunteer.status = "paused"
    volunteer.save()
    run_matching(acting_user=osl)
    request.refresh_from_db()
    assert request.status == "searching"
    assert not Proposal.objects.exists()


def test_nothing_to_match_is_a_run_too(osl: User) -> None:
    make_request(starts_at=in_days(3))
    run = run_matching(acting_user=osl)
    assert (run.edges, run.places, run.is_proved) == (0, 1, True)


def test_a_decision_is_made_once(osl: User) -> None:
    make_volunteer()
    request = make_request(starts_at=in_days(3))
    [proposal] = run_matching(acting_user=osl).proposals.all()
    reject_proposal(proposal=proposal, acting_user=osl)
    reject_proposal(proposal=proposal, acting_user=osl)
    with pytest.raises(AlreadyChanged):
        confirm_proposal(proposal=proposal, acting_user=osl)
    request.refresh_from_db()
    assert request.status == "searching"
    assert request.next_wave_at is not None


def test_the_pages_lead_from_the_run_to_the_invitation(srem: Tenant) -> None:
    with bind(srem):
        make_volunteer()
        request = make_request(starts_at=in_days(3))
    client = staff(srem)
    page = client.get(f"{BOARD}dobierz/").content.decode()
    assert "Work out the proposals" in page
    answer = client.post(f"{BOARD}dobierz/licz/", follow=True)
    page = answer.content.decode()
    assert "best possible" in page
    assert "First come, first served" in page
    assert "Proposed volunteers to confirm" in client.get("/en/panel/").content.decode()
    with bind(srem):
        proposal = Proposal.objects.get()
    for _twice in range(2):
        client.post(f"{BOARD}propozycje/{proposal.pk}/potwierdz/")
    with bind(srem):
        proposal.refresh_from_db()
        request.refresh_from_db()
        assert (proposal.status, request.status) == ("confirmed", "searching")
        assert Invitation.objects.get().profile_id == proposal.profile_id


def test_confirming_all_tells_what_is_not_possible_any_more(srem: Tenant) -> None:
    with bind(srem):
        make_volunteer("Ewa Kos", weekly_hours=1)
        make_volunteer("Ola Maj", weekly_hours=1)
        for hour in (9, 15):
            make_request(starts_at=in_days(3, hour))
    client = staff(srem)
    client.post(f"{BOARD}dobierz/licz/")
    with bind(srem):
        run = MatchRun.objects.get()
        gone = run.proposals.order_by("pk")[0].profile
        gone.status = "paused"
        gone.save()
    page = client.post(f"{BOARD}dobierz/{run.pk}/potwierdz/", follow=True).content.decode()
    assert "Volunteers asked just now: 1." in page
    assert "Not possible any more: 1." in page
    with bind(srem):
        statuses = sorted(run.proposals.values_list("status", flat=True))
        assert statuses == ["confirmed", "proposed"]


def test_why_not_somebody_else_has_a_page(srem: Tenant) -> None:
    with bind(srem):
        make_volunteer("Ewa Kos")
        other = make_volunteer("Ola Maj", status="paused")
        request = make_request(starts_at=in_days(3))
    client = staff(srem)
    client.post(f"{BOARD}dobierz/licz/")
    address = f"{BOARD}{request.pk}/nie-wybrano/"
    assert f"?kto={other.pk}" in client.get(f"{address}?q=maj").content.decode()
    assert "is not active" in client.get(f"{address}?kto={other.pk}").content.decode()
    assert client.get(f"{address}?kto=x").status_code == 404


def test_the_figures_are_totals(srem: Tenant) -> None:
    with bind(srem):
        volunteer = make_volunteer()
        done = make_request(status="completed", kind="walk")
        make_assignment(done, volunteer, "done")
        make_request(status="unmet", kind="walk")
        make_request(status="searching", kind="papers")
    page = staff(srem).get(f"{BOARD}liczby/").content.decode()
    assert "50&nbsp;%" in page
    assert "Halina" not in page
    director = staff(srem, "director")
    assert director.get(f"{BOARD}liczby/?od=2020-01-01&do=2020-02-01").status_code == 200
    text = director.get(f"{BOARD}liczby/plik.csv").content.decode("utf-8-sig")
    assert "Needs,a walk together,2" in text
    assert "Potential,volunteers,1" in text
    assert director.get(f"{BOARD}liczby/plik.xlsx").content[:2] == b"PK"
    assert staff(srem, "editor").get(f"{BOARD}liczby/").status_code == 403
