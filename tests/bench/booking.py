"""Booking: 200 people press the last button at once, for 20 places; and how fast that goes.

A real server, a database of its own, forms that are filled in up to the last question. What is
wrong ends the bench: a place sold twice, a place nobody got, an offer out of turn, an error.

The control takes places by counting them first, in tables without the constraint, and has to
oversell: otherwise nobody pressed at the same moment and the rest proves nothing. How fast it goes
is measured in turn with its references, and the middle one of each one's rounds counts: an empty
POST is over so soon that its best round says more about the machine than about the server.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median
from uuid import UUID

from django.db.models import Sum

from events.models import Booking, CapacityPool, Hold, Offer, Participation, WaitlistEntry
from tenants.binding import bind
from tenants.fleet import migrate_fleet
from tenants.teryt import load_municipalities
from tests.bench.booking_server import servers
from tests.bench.booking_site import (
    Browser,
    Site,
    Token,
    cancellations,
    fill_in,
    look,
    make_pool,
    make_site,
    token_of_page,
)
from tests.bench.crowd import Outcome, Post, press_together
from tests.bench.figures import Figure

PEOPLE, PLACES, ROUNDS = 200, 20, 50
LINE_ROUNDS, WAITING = 10, 40
SPEED_ROUNDS = 12
# Enough for each worker to have shown the last question of the date to somebody.
LOOKING = 20
LARGEST_PARTY = 4
MOST_BUSY = 0.01
ALLOWED = {302, 409}


class Wrong(RuntimeError):
    """The system does what it promises never to do."""


@dataclass(slots=True)
class Door:
    """A server with a site behind it."""

    site: Site
    port: int
    token: Token
    sent: int = 0
    busy: int = 0

    def press(self, posts: Sequence[Post]) -> Outcome:
        outcome = press_together(posts, host=self.site.host, port=self.port)
        self.sent += len(posts) + outcome.busy
        self.busy += outcome.busy
        return outcome

    def book(self, browsers: Sequence[Browser]) -> Outcome:
        return self.press([one.post(one.path("check"), self.token) for one in browsers])


def figures(_sites: int) -> Iterator[Figure]:
    migrate_fleet(write=lambda _line: None)
    load_municipalities()
    guarded, unguarded = make_site(0), make_site(1, is_guarded=False)
    with servers() as ports:
        ours = _door(guarded, ports["ours"])
        control = _door(unguarded, ports["count then insert"])
        locking = _door(guarded, ports["select for update"])
        yield from _places(ours, control)
        yield _line(ours)
        yield Figure(
            "answered without coming back in a moment", 100 * (1 - ours.busy / ours.sent),
            100 * (1 - MOST_BUSY), unit="%", more_is_better=True,
        )  # fmt: skip
        if ours.busy > MOST_BUSY * ours.sent:
            raise Wrong(f"{ours.busy} of {ours.sent} were told to come back")
        yield from _speed(ours, control, locking)


def _door(site: Site, port: int) -> Door:
    """With its server warm: templates are compiled, connections are open."""
    with bind(site.tenant):
        browsers = fill_in(site, make_pool(site, places=PLACES), [1] * PEOPLE)
        token = token_of_page(browsers[0], host=site.host, port=port)
        door = Door(site, port, token)
        door.book(browsers)
    door.sent = door.busy = 0
    return door


# Nobody is sold what somebody else has


def _places(ours: Door, control: Door) -> Iterator[Figure]:
    single, mixed = [1] * PEOPLE, _sizes
    for name, race, sizes in (
        ("booked", _book, lambda _round: single),
        ("held", _hold, lambda _round: single),
        ("booked by parties of 1 to 4", _book, mixed),
    ):
        taken = _rounds(ours, race, sizes, ROUNDS)
        wrong = max(taken) > PLACES or (sizes is not mixed and min(taken) < PLACES)
        if wrong:
            raise Wrong(f"{name}: {sorted(Counter(taken).items())} instead of {PLACES}")
        without = _rounds(control, race, sizes, ROUNDS // 5)
        if max(without) <= PLACES:
            raise Wrong(f"{name}: the control does not oversell, so nobody met at the door")
        yield Figure(
            f"{name}: most in {ROUNDS} rounds, without guard", max(taken), max(without), unit="",
            note=f"of {PLACES}; least {min(taken)}",
        )  # fmt: skip


def _sizes(number: int) -> list[int]:
    random = Random(number)  # noqa: S311 (the same parties in every run)
    return [random.randint(1, LARGEST_PARTY) for _party in range(PEOPLE)]


def _rounds(
    door: Door,
    race: Callable[[Door, CapacityPool, Sequence[int]], int],
    sizes: Callable[[int], Sequence[int]],
    rounds: int,
) -> list[int]:
    with bind(door.site.tenant):
        return [
            race(door, make_pool(door.site, places=PLACES), sizes(number))
            for number in range(rounds)
        ]


def _book(door: Door, pool: CapacityPool, sizes: Sequence[int]) -> int:
    outcome = door.book(fill_in(door.site, pool, sizes))
    people = Participation.objects.with_a_place().filter(place=pool).count()
    booked = Booking.objects.filter(pool=pool).count()
    _check(outcome, pool, people, wins=booked)
    return people


def _hold(door: Door, pool: CapacityPool, sizes: Sequence[int]) -> int:
    browsers = fill_in(door.site, pool, sizes, is_answered=False)
    outcome = door.press([one.post(one.path("party"), door.token, who="me") for one in browsers])
    held = Hold.objects.filter(pool=pool)
    people = held.aggregate(people=Sum("number"))["people"] or 0
    _check(outcome, pool, people, wins=held.values("draft").distinct().count())
    return int(people)


def _check(outcome: Outcome, pool: CapacityPool, people: int, *, wins: int) -> None:
    """Everybody was answered properly, and the pool counts what there is."""
    if outcome.statuses.keys() - ALLOWED:
        raise Wrong(f"answers: {dict(outcome.statuses)}")
    if outcome.statuses[302] != wins:
        raise Wrong(f"{outcome.statuses[302]} people were told yes, {wins} are there")
    pool.refresh_from_db()
    if pool.taken != people:
        raise Wrong(f"the pool says {pool.taken}, its rows say {people}")


# First come, first served


def _line(door: Door) -> Figure:
    offers = sum(_offers_in_turn(door, number) for number in range(LINE_ROUNDS))
    return Figure(
        f"offers in turn, {LINE_ROUNDS} lines of {WAITING} parties", offers, offers, unit="",
        note=f"{PLACES} cancellations at once in each",
    )  # fmt: skip


def _offers_in_turn(door: Door, number: int) -> int:
    """Everybody cancels at once while parties of one and two wait: how many of them were offered
    places, each the first in line for which there were enough."""
    random = Random(number)  # noqa: S311
    sizes = [random.randint(1, 2) for _party in range(WAITING)]
    with bind(door.site.tenant):
        pool = make_pool(door.site, places=PLACES)
        door.book(fill_in(door.site, pool, [1] * PLACES))
        joined = door.book(fill_in(door.site, pool, sizes, waits=True))
        booked = list(Booking.objects.filter(pool=pool, entry=None))
        cancelled = door.press(list(cancellations(booked, door.token)))
        line = list(WaitlistEntry.objects.filter(pool=pool).order_by("joined_at", "id"))
        offers = Offer.objects.filter(pool=pool).order_by("made_at", "id")
        served = list(offers.values_list("entry", flat=True))
        everybody = Outcome([*joined.answers, *cancelled.answers], seconds=1)
        offered = sum(entry.size for entry in line if entry.pk in served)
        _check(everybody, pool, offered, wins=len(line) + len(booked))
    if served != _whom_to_serve(line):
        raise Wrong("an offer was made out of turn")
    return len(served)


def _whom_to_serve(line: Sequence[WaitlistEntry]) -> list[UUID]:
    """Places come back one by one: a party of two is served once nobody alone waits any more."""
    waiting, free = list(line), 0
    served: list[UUID] = []
    for _place in range(PLACES):
        free += 1
        while first := next((entry for entry in waiting if entry.size <= free), None):
            waiting.remove(first)
            served.append(first.pk)
            free -= first.size
    return served


# How fast


def _speed(ours: Door, control: Door, locking: Door) -> Iterator[Figure]:
    doors = {"ours": ours, "counting first": control, "FOR UPDATE": locking}
    for crowd, places, least in (
        ("200 on 20 places", PLACES, "at least 0.3"),
        ("200 on 200 places", PEOPLE, "everybody books"),
    ):
        paces: dict[str, list[float]] = defaultdict(list)
        for _round in range(SPEED_ROUNDS):
            for name, door in doors.items():
                paces[name].append(_pace(door, places))
            paces["an empty POST"].append(_empty_pace(ours))
        for name, note in (
            ("an empty POST", least),
            ("counting first", "it oversells"),
            ("FOR UPDATE", ""),
        ):
            yield Figure(
                f"{crowd}, beside {name}", median(paces["ours"]), median(paces[name]), unit="/s",
                more_is_better=True, note=note,
            )  # fmt: skip


def _pace(door: Door, places: int) -> float:
    with bind(door.site.tenant):
        browsers = fill_in(door.site, make_pool(door.site, places=places), [1] * PEOPLE)
        look(browsers[:LOOKING], host=door.site.host, port=door.port)
        return door.book(browsers).a_second


def _empty_pace(door: Door) -> float:
    with bind(door.site.tenant):
        browsers = fill_in(door.site, make_pool(door.site, places=1), [1] * PEOPLE)
    posts = [one.post("/empty/", door.token) for one in browsers]
    outcome = door.press(posts)
    if set(outcome.statuses) != {200}:
        raise Wrong(f"the empty page answers {dict(outcome.statuses)}")
    return outcome.a_second
