"""Several processes that live and die as one.

Each is forked from a parent in which Django is set up already, so all of them share its memory and
one that died is back at once. The parent does nothing but watch.
"""

import ctypes
import logging
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.db import connections

logger = logging.getLogger(__name__)

STOP = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
# Of <linux/prctl.h>.
_SIGNAL_WHEN_PARENT_DIES = 1
# Seconds. One that keeps dying is started ever more seldom.
LONGEST_PAUSE = 30.0
# One that has lived so long did not die of its start.
HEALTHY_AFTER = 60.0
# What takes longer to end is killed.
PATIENCE = 9.0


@dataclass(slots=True)
class Child:
    """
    Attributes:
        work: runs in the child until SIGTERM; is given what to call when it is ready.
        keeps: what the child inherits of the parent's open sockets; no other one.
    """

    name: str
    work: Callable[[Callable[[], object]], object]
    keeps: Sequence[socket.socket] = ()
    pid: int = field(default=0, init=False)
    began: float = field(default=0.0, init=False)
    due: float = field(default=0.0, init=False)
    deaths: int = field(default=0, init=False)


def run_family(
    children: Sequence[Child], *, when_ready: Callable[[], object], patience: float = PATIENCE
) -> None:
    """Run the children, starting again those that die, until SIGTERM, SIGINT or SIGHUP.

    Args:
        when_ready: called once, when all of them are.
        patience: seconds they are given to end.
    """
    readiness, ready = os.pipe()
    not_ready = {child.name for child in children}
    with _woken_by_signals() as woken:
        try:
            while True:
                pause = _start_those_due(children, ready)
                readable, _, _ = select.select([woken.fileno(), readiness], [], [], pause)
                if readiness in readable:  # also of one that was started again
                    said = set(os.read(readiness, 4_096).decode().splitlines())
                    if not_ready and not not_ready - said:
                        when_ready()
                    not_ready -= said
                if woken.fileno() in readable and STOP & set(woken.recv(4_096)):
                    return
                for child in children:
                    _note_death(child)
        finally:
            _end(children, patience)


@contextmanager
def _woken_by_signals() -> Iterator[socket.socket]:
    """Readable when a signal came, whichever thread it came to; its bytes are their numbers.

    Afterwards signals do nothing, so that impatience does not cut off what remains to be ended.
    """
    readable, written = socket.socketpair()
    written.setblocking(False)
    signal.set_wakeup_fd(written.fileno(), warn_on_full_buffer=False)
    for number in (*STOP, signal.SIGCHLD):
        signal.signal(number, lambda *_arguments: None)
    with readable, written:
        try:
            yield readable
        finally:
            signal.set_wakeup_fd(-1)


def _start_those_due(children: Sequence[Child], ready: int) -> float | None:
    """Seconds until the next one is; None: all of them live."""
    now = time.monotonic()
    for child in children:
        if not child.pid and child.due <= now:
            _start(child, ready)
    return min((child.due - now for child in children if not child.pid), default=None)


def _start(child: Child, ready: int) -> None:
    connections.close_all()  # no two processes talk over one connection
    parent = os.getpid()
    child.began = time.monotonic()
    child.pid = os.fork()
    if child.pid == 0:
        _live(child, ready, parent)


def _live(child: Child, ready: int, parent: int) -> None:
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (*STOP, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        os.setpgid(0, 0)  # Ctrl-C is the parent's to hear, and children of ours end with us
        # Other children's sockets, and locks that must not outlive the parent.
        _close_all_but({ready, *(kept.fileno() for kept in child.keeps)})
        ctypes.CDLL(None).prctl(_SIGNAL_WHEN_PARENT_DIES, signal.SIGTERM)
        if os.getppid() == parent:  # it may have died before it was asked to tell
            child.work(lambda: os.write(ready, f"{child.name}\n".encode()))
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        logger.exception("%s has failed.", child.name)
    finally:
        # Whatever the parent would do at its end is not the child's to do.
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(code)


def _close_all_but(kept: Iterable[int]) -> None:
    first = sys.stderr.fileno() + 1
    for number in sorted(kept):
        os.closerange(first, number)
        first = number + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))


def _note_death(child: Child) -> None:
    if not child.pid:
        return
    pid, status = os.waitpid(child.pid, os.WNOHANG)
    if not pid:
        return
    _signal_group(child, signal.SIGTERM)  # those it has left behind finish what they do
    lived = time.monotonic() - child.began
    child.pid = 0
    child.deaths = 1 if lived > HEALTHY_AFTER else child.deaths + 1
    pause = min(LONGEST_PAUSE, (child.deaths - 1) ** 2)
    child.due = time.monotonic() + pause
    code = os.waitstatus_to_exitcode(status)
    how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
    logger.error("%s ended %s; started again in %d s.", child.name, how, pause)


def _end(children: Sequence[Child], patience: float) -> None:
    living = [child for child in children if child.pid]
    for child in living:
        with suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while living and time.monotonic() < deadline:
        living = [child for child in living if not os.waitpid(child.pid, os.WNOHANG)[0]]
        if living:
            time.sleep(0.02)
    for child in living:
        logger.error("%s did not end in time and is killed.", child.name)
        _signal_group(child, signal.SIGKILL)
        os.waitpid(child.pid, 0)


def _signal_group(child: Child, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)
