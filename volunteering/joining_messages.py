"""What a volunteer is told about volunteering itself. Each function promises one message in the
caller's transaction."""

from functools import partial

from django.urls import reverse

from portal.notifications.links import absolute
from portal.notifications.promise import promise
from portal.places.reach import reach
from volunteering.models import VolunteerProfile


def tell_joined(profile: VolunteerProfile) -> None:
    """We have their answers; somebody of the office calls."""
    _tell("volunteering/joined", profile)


def tell_break_over(profile: VolunteerProfile) -> None:
    """From today we may ask them again."""
    _tell("volunteering/break_over", profile)


def _tell(key: str, profile: VolunteerProfile) -> None:
    promise(
        key,
        to=[profile.person],
        # The link is that of the reader's language.
        context={"link": partial(_own_page), "office": reach().phone},
    )


def _own_page() -> str:
    return absolute(reverse("my_volunteering:profile"))
