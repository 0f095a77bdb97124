"""The demo's servers on one port: pages, sockets and a worker, forked after Django is set up."""

from collections.abc import Callable
from functools import partial

from django.core.wsgi import get_wsgi_application

from portal.demo.front import FrontWorker
from portal.serving.family import Child, run_family
from portal.serving.listening import listen, listen_on_loopback
from portal.serving.pages import serve_pages
from portal.serving.sockets import serve_sockets
from portal.serving.work import work

WORKERS, THREADS = 2, 4
# The demo's own jobs are short; one that is not is begun again at the next start.
PATIENCE = 1.2


def check_port(port: int) -> None:
    """
    Raises:
        PortTaken: somebody else listens there.
    """
    for listener in listen_on_loopback(port):
        listener.close()


def serve(addresses: list[tuple[str, str]], *, port: int, write: Callable[[str], object]) -> None:
    """Serve until Ctrl-C.

    Raises:
        PortTaken: with the advice to choose another.
    """

    def announce() -> None:
        for name, address in addresses:
            write(f"  {address:<42} {name}")
        write(f"ready: http://localhost:{port}/")

    get_wsgi_application()
    run_family(_family(port), when_ready=announce, patience=PATIENCE)


def _family(port: int) -> list[Child]:
    front = listen_on_loopback(port)
    behind = listen("127.0.0.1", 0)  # any free port
    FrontWorker.sockets_at = behind.getsockname()
    pages = partial(
        serve_pages, front, workers=WORKERS, threads=THREADS,
        worker_class=FrontWorker, graceful_timeout=1, loglevel="critical",
    )  # fmt: skip
    return [
        Child("pages", lambda ready: pages(when_ready=ready), front),
        Child("sockets", lambda ready: serve_sockets([behind], when_ready=ready), [behind]),
        Child("worker", work),
    ]
