"""The demo's worker: a child process that ends with the demo, however the demo ends."""

import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import connections

from tenants import worker

logger = logging.getLogger(__name__)

# Of <linux/prctl.h>.
_SIGNAL_WHEN_PARENT_DIES = 1
# The demo's own jobs are short; one that is not is begun again at the next start.
PATIENCE = 1.2


@contextmanager
def running_worker() -> Iterator[None]:
    """Run a worker until the block ends; forked, so that Django is not set up a second time."""
    connections.close_all()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        _work(parent)
    try:
        yield
    finally:
        _end(child)


def _work(parent: int) -> None:
    try:
        # Among them the lock on the data folder, which must not outlive the demo.
        os.closerange(sys.stderr.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
        ctypes.CDLL(None).prctl(_SIGNAL_WHEN_PARENT_DIES, signal.SIGTERM)
        if os.getppid() == parent:  # it may have died before it was asked to tell
            worker.run()
    except Exception:
        logger.exception("The worker has stopped.")
    finally:
        # Whatever the parent would do at its end is not the child's to do.
        os._exit(0)


def _end(child: int) -> None:
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(child, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if os.waitpid(child, os.WNOHANG)[0]:
                return
            time.sleep(0.02)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
