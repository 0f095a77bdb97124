"""What is counted at the doors, and how much of it is allowed."""

from datetime import timedelta

from django.http import HttpRequest

from portal.accounts.limits import Limit, forget, take
from portal.entrance.client import client_address

_WINDOW = timedelta(minutes=15)

# Of one code; after that it is worth nothing.
OF_A_CODE = Limit("code", 3, timedelta(minutes=10))
# A code, whoever brings it, opens once.
_USE = Limit("use", 1, timedelta(hours=1))

_AT_AN_IDENTIFIER = Limit("guess", 10, _WINDOW)
_MESSAGES_TO_AN_ADDRESS = Limit("send", 5, _WINDOW)
# Wide: a library, a school and the office itself come from one address.
_GUESSES_OF_A_CLIENT = Limit("client guesses", 100, _WINDOW)
_MESSAGES_OF_A_CLIENT = Limit("client sends", 30, _WINDOW)


def knock(request: HttpRequest) -> None:
    """Count a try that cannot be tied to anybody.

    Raises:
        TooManyTries: from this client.
    """
    take(_GUESSES_OF_A_CLIENT, client_address(request))


def guess(request: HttpRequest, identifier: str) -> None:
    """Count a code, password or second factor that is about to be compared.

    Raises:
        TooManyTries: at this identifier, or from this client.
    """
    knock(request)
    take(_AT_AN_IDENTIFIER, identifier)


def guessed_right(identifier: str) -> None:
    forget(_AT_AN_IDENTIFIER, identifier)


def send(request: HttpRequest, address: str) -> None:
    """Count a message that somebody unknown makes us send.

    Raises:
        TooManyTries: to this address, or for this client.
    """
    take(_MESSAGES_OF_A_CLIENT, client_address(request))
    take(_MESSAGES_TO_AN_ADDRESS, address)


def use_once(key: str) -> None:
    """
    Raises:
        TooManyTries: it was used.
    """
    take(_USE, key)
