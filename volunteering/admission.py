"""What somebody who offered to help is told once the office has met them."""

from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import Kind, register
from portal.notifications.promise import promise
from volunteering.models import VolunteerProfile

ADMITTED = "volunteering/admitted"

register(Kind(key=ADMITTED, label=_("welcome to a volunteer")))


def tell_admitted(profile: VolunteerProfile) -> None:
    """They are a volunteer now, and what comes next."""
    promise(ADMITTED, to=[profile.person], context={"person": profile.person})
