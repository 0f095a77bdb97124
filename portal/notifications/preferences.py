"""What people want to be written about.

What must be said is said anyway; reminders come until somebody refuses them; news comes only to
who agreed to it (``ConsentPurpose.NEWS``, GDPR art. 6(1)(a)).
"""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from portal.accounts.models import Consent, ConsentPurpose, Person
from portal.notifications.kinds import Category
from portal.notifications.models import ChannelChoice

# What a box is ticked for; news has its consent, with its words.
CHOSEN = (Category.REMINDERS,)


class NothingToChoose(Exception):
    """Bookings, tasks and the account cannot be kept from somebody, and news needs a consent."""


def choices_of(person: Person) -> dict[Category, bool]:
    """Whether each category is wanted."""
    return {category: not unwanted_by([person.pk], category) for category in Category}


def unwanted_by(people: Collection[UUID], category: Category) -> set[UUID]:
    """Which of these people are not to be written to: at most one query."""
    if category == Category.SERVICE:
        return set()
    if category == Category.NEWS:
        agreed = Consent.objects.valid().filter(person__in=people, purpose=ConsentPurpose.NEWS)
        return set(people) - set(agreed.values_list("person_id", flat=True))
    refused = ChannelChoice.objects.filter(person__in=people, category=category, is_wanted=False)
    return set(refused.values_list("person_id", flat=True))


def choose(person: Person, category: Category, is_wanted: bool) -> None:
    """
    Raises:
        NothingToChoose: it is no category that somebody simply takes or refuses.
    """
    if category not in CHOSEN:
        raise NothingToChoose(
            _("We have to write to you about your bookings, tasks and your account.")
        )
    ChannelChoice.objects.update_or_create(
        person=person, category=category, defaults={"is_wanted": is_wanted}
    )
