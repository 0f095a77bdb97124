"""From the id in an address to the row; what is not of this site is not there."""

from uuid import UUID

from django.http import Http404

from portal.accounts.merging import current_person
from portal.accounts.models import Person


def person_or_404(pk: UUID) -> Person:
    """The person an id means now: after a merge, the one who was kept.

    Raises:
        Http404: nobody, or somebody who was erased.
    """
    try:
        return current_person(pk)
    except Person.DoesNotExist:
        raise Http404 from None
