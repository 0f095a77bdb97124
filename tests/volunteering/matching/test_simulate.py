"""Waves fill more with fewer invitations, among people who behave as the rules assume."""

from statistics import mean

from volunteering.matching.simulate import simulate_broadcast, simulate_waves


def test_waves_fill_more_requests_with_fewer_invitations() -> None:
    waves = [simulate_waves(seed, volunteers=150, days=30) for seed in (1, 2)]
    broadcast = [simulate_broadcast(seed, volunteers=150, days=30) for seed in (1, 2)]
    assert mean(one.fill_rate for one in waves) > mean(one.fill_rate for one in broadcast)
    for ours, theirs in zip(waves, broadcast, strict=True):
        assert ours.invitations < theirs.invitations / 2
        assert 0 < ours.most_in_a_week <= 3 < theirs.most_in_a_week
        assert ours.in_quiet_hours == 0 < theirs.in_quiet_hours


def test_the_same_seed_is_the_same_outcome() -> None:
    assert simulate_waves(5, volunteers=80, days=10) == simulate_waves(5, volunteers=80, days=10)
