from portal.accounts.erasing import erase
from portal.accounts.merging import move_what_came_late
from portal.accounts.models import Person
from portal.accounts.privacy import locks_on
from tenants.nightly import every_night

every_night(move_what_came_late)


@every_night
def forget_erased_people() -> None:
    """When the last lock on an erased person has passed, their name goes too."""
    for person in Person.objects.exclude(erased_at=None):
        if not locks_on(person):
            erase(person)
