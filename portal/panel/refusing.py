from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from portal.accounts.refusals import Refused


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """What an action refuses is said on the page that opens next, in the action's own words."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, str(refusal))
    except ValidationError as refusal:
        # What somebody else saved at the same moment does not go with this.
        messages.error(request, " ".join(refusal.messages))
