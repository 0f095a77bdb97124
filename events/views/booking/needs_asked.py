"""Whose needs are asked, and in which words they agree that we know them."""

from collections.abc import Sequence

from django.utils.translation import get_language

from events.party import Attendee
from portal.accounts.consents import current_text
from portal.accounts.models import ConsentPurpose


def consent_to_needs() -> str:
    texts: dict[str, str] = current_text(ConsentPurpose.NEEDS).texts
    return texts.get(get_language() or "pl") or texts["pl"]


def people_named(attendees: Sequence[Attendee]) -> dict[str, str]:
    """Number in the party → name."""
    return {str(number): one.full_name for number, one in enumerate(attendees, start=1)}
