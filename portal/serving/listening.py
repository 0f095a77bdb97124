"""Where a server of ours listens."""

import socket
from contextlib import suppress

# How many may wait to be let in.
BACKLOG = 1_024


class PortTaken(Exception):
    """Somebody else listens there."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Children inherit it, so whoever knocks while one of them is started
    again waits in its queue instead of being turned away.

    Raises:
        PortTaken: with the advice to choose another.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if listener.family == socket.AF_INET6:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortTaken(
            f"Cannot listen on port {port} of {host} ({error.strerror}). Try --port {port + 10}."
        ) from None
    listener.listen(BACKLOG)
    return listener


def listen_on_loopback(port: int) -> list[socket.socket]:
    """Also on IPv6 where there is any: browsers try it first.

    Raises:
        PortTaken: somebody else listens there.
    """
    listeners = [listen("127.0.0.1", port)]
    with suppress(PortTaken):  # no IPv6 here
        listeners.append(listen("::1", port))
    return listeners
