"""How often a guest may ask, and make us write to somebody."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from portal.accounts.limits import Limit, take
from portal.entrance.client import client_address

# Wide: a library and a club ask from one address.
_FORMS_OF_A_CLIENT = Limit("help forms", 30, timedelta(minutes=15))
_MESSAGES_TO_AN_ADDRESS = Limit("help messages", 5, timedelta(hours=1))


def begin_form(request: HttpRequest) -> None:
    """
    Raises:
        TooManyTries: from this address; those who are logged in are known.
    """
    if not request.user.is_authenticated:
        take(_FORMS_OF_A_CLIENT, client_address(request))


def message_to(contact: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Count the message that will come of the form, once so long as the contact stays the same.

    Raises:
        TooManyTries: to this e-mail address or telephone number.
    """
    address = _address(contact)
    if address and address != _address(before):
        take(_MESSAGES_TO_AN_ADDRESS, address)


def _address(contact: Mapping[str, Any]) -> str:
    return str(contact.get("email") or contact.get("phone") or "")
