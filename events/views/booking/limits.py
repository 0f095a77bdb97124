"""How often a guest may make us keep places, and make us write to somebody."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from portal.accounts.limits import Limit, take
from portal.entrance.client import client_address

# Wide: a library, a school and a club book from one address.
_FORMS_OF_A_CLIENT = Limit("booking forms", 60, timedelta(minutes=15))
_MESSAGES_TO_AN_ADDRESS = Limit("booking messages", 10, timedelta(hours=1))
_LINKS_FOR_A_CLIENT = Limit("booking links", 10, timedelta(minutes=15))
_LINKS_TO_A_BOOKER = Limit("booking links to one", 5, timedelta(hours=1))


def begin_form(request: HttpRequest) -> None:
    """
    Raises:
        TooManyTries: from this address; those who are logged in are known.
    """
    if not request.user.is_authenticated:
        take(_FORMS_OF_A_CLIENT, client_address(request))


def message_to(contact: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> None:
    """Count the message that will come of a guest's form, when its contact is answered: once for a
    form, so long as the contact stays the same.

    Raises:
        TooManyTries: to this e-mail address, telephone number or house.
    """
    address = _address(contact)
    if address and address != _address(before or {}):
        take(_MESSAGES_TO_AN_ADDRESS, address)


def ask_for_link(request: HttpRequest) -> None:
    """
    Raises:
        TooManyTries: from this address, found or not.
    """
    take(_LINKS_FOR_A_CLIENT, client_address(request))


def link_to(booker: str) -> None:
    """
    Raises:
        TooManyTries: to this person; whoever asks is not told so.
    """
    take(_LINKS_TO_A_BOOKER, booker)


def _address(contact: Mapping[str, Any]) -> str:
    if contact.get("email") or contact.get("phone"):
        return str(contact.get("email") or contact.get("phone"))
    return " ".join(str(contact[key]) for key in ("street", "postcode", "city") if contact.get(key))
