"""The processes of ``manage.py serve`` live and die as one."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from portal.serving.family import Child, run_family
from tests.serving.behind_nginx import Served, children_of, free_ports, serve
from tests.serving.visitor import Visitor

Work = Callable[[Callable[[], object]], object]


def wait_until(condition: Callable[[], object], seconds: float = 12) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def living(processes: list[int]) -> list[int]:
    """Those that are there and no zombies."""
    found = []
    for pid in processes:
        with suppress(FileNotFoundError, ProcessLookupError):
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2][0]
            found += [pid] if state != "Z" else []
    return found


def everybody(parent: int) -> list[int]:
    """Its descendants."""
    return [pid for child in children_of(parent) for pid in (child, *everybody(child))]


# The real ones


def test_whoever_is_killed_is_back_and_visitors_wait_for_it(served: Served) -> None:
    visitor = Visitor("srem.localhost", served.ports.tls)
    before = children_of(served.process.pid)
    assert len(before) == 3
    for pid in before:
        os.kill(pid, signal.SIGKILL)
        assert visitor.get("/").status == 200
        assert visitor.shake_hands() == 403  # an answer: nobody logged in
    wait_until(lambda: len(children_of(served.process.pid)) == 3)
    assert not set(before) & set(children_of(served.process.pid))
    assert served.log.read_text().count("by signal 9; started again") == 3


def test_nobody_is_left_when_it_ends(served: Served, database: str, tmp_path: Path) -> None:
    (tmp_path / "static").symlink_to(served.log.parent / "static")
    ports = free_ports()
    with serve(database, tmp_path, ports.pages, ports, {}) as another:
        # Pages, two of them at work, sockets, worker.
        wait_until(lambda: len(everybody(another.process.pid)) == 5)
        processes = everybody(another.process.pid)
        began = time.monotonic()
        another.process.send_signal(signal.SIGTERM)
        assert another.process.wait(12) == 0
        assert time.monotonic() - began < 11
    assert not living(processes)


# Small ones


def waits(when_ready: Callable[[], object]) -> None:
    when_ready()
    time.sleep(60)


def does_not_listen(when_ready: Callable[[], object]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    waits(when_ready)


def fails(_when_ready: Callable[[], object]) -> None:
    os._exit(3)


@contextmanager
def family(*works: Work, patience: float = 5) -> Iterator[tuple[Any, Any]]:
    """A parent in a process of its own, and its children when all of them are ready."""
    context = get_context("fork")
    ours, its = context.Pipe()

    def run() -> None:
        children = [Child(f"child {number}", work) for number, work in enumerate(works)]
        run_family(children, when_ready=lambda: its.send("ready"), patience=patience)
        os._exit(0)

    parent = context.Process(target=run)
    parent.start()
    assert parent.pid
    try:
        yield parent, ours
    finally:
        parent.kill()
        parent.join()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_children_end_with_their_parent(number: int) -> None:
    with family(waits, waits) as (parent, line):
        assert line.poll(5)
        children = children_of(parent.pid)
        assert len(children) == 2
        os.kill(parent.pid, number)
        parent.join(5)
        wait_until(lambda: not living(children), 2)
        assert parent.exitcode == (-signal.SIGKILL if number == signal.SIGKILL else 0)


def test_who_does_not_end_is_killed() -> None:
    with family(waits, does_not_listen, patience=0.3) as (parent, line):
        assert line.poll(5)
        children = children_of(parent.pid)
        os.kill(parent.pid, signal.SIGTERM)
        parent.join(3)
        assert parent.exitcode == 0
        assert not living(children)


def test_one_that_keeps_dying_is_started_ever_more_seldom_and_the_others_live_on() -> None:
    with family(waits, fails) as (parent, line):
        wait_until(lambda: len(children_of(parent.pid)) == 1)
        steady = children_of(parent.pid)[0]
        seen: set[int] = set()
        end = time.monotonic() + 2.5
        while time.monotonic() < end:
            seen |= set(children_of(parent.pid))
            time.sleep(0.001)
        assert len(seen - {steady}) <= 3  # at once, a second later, four seconds later
        assert steady in living([steady])
        assert not line.poll(0)
