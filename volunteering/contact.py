"""What the two sides of a task learn of each other: a distance band before both consent, and after
that what each has ticked, until the task is called off or two weeks over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Person
from volunteering.apart import are_apart
from volunteering.models import (
    Assignment,
    ContactConsent,
    District,
    HelpRequest,
    VolunteerProfile,
)

Side = ContactConsent.Side
Status = Assignment.Status
# After the task: long enough to return a borrowed umbrella.
STAYS = timedelta(days=14)
# Of a task that is arranged, under way or over.
SHARED_WHILE = (Status.ACCEPTED, Status.CONTACT_SHARED, Status.IN_PROGRESS, Status.DONE)
EARTH_RADIUS_KM = 6371


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChoice:
    """What somebody ticked: the other side may see it, and nothing else."""

    last_name: bool = False
    phone: bool = False
    email: bool = False
    address: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What one side may see of the other now; "" is not shown, or not known.

    Attributes:
        through: first name of whoever asked for the person, where phone and e-mail are theirs.
    """

    first_name: str
    last_name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    through: str = ""


def contact_of(
    assignment: Assignment, side: ContactConsent.Side, now: datetime | None = None
) -> Contact | None:
    """What the other side may see of ``side`` now; None until both have consented, once either has
    withdrawn it, when the task is called off, and two weeks after it."""
    given = _agreed(assignment, now or timezone.now())
    request = assignment.request
    if not given or request is None:
        return None
    ticked = given[side]
    if side == Side.VOLUNTEER:
        return _shown(assignment.profile.person, assignment.profile.person, ticked)
    return _shown(request.requester, request.contact, ticked)


def are_in_touch(assignment: Assignment, now: datetime | None = None) -> bool:
    """Whether each may see of the other what was ticked, and write to them."""
    return bool(_agreed(assignment, now or timezone.now()))


def _agreed(assignment: Assignment, now: datetime) -> dict[str, ContactConsent]:
    """The consents of both sides by side, while they count; else none."""
    if assignment.request is None or assignment.status not in SHARED_WHILE:
        return {}
    if assignment.ends_at + STAYS <= now or are_apart(assignment.profile, assignment.request):
        return {}
    given = {str(one.side): one for one in in_force(assignment)}
    return given if len(given) == len(Side) else {}


def in_force(assignment: Assignment) -> list[ContactConsent]:
    """The consents nobody has withdrawn: one a side at most."""
    return list(
        ContactConsent.objects.filter(assignment=assignment, withdrawn_at=None).order_by("given_at")
    )


def have_both_agreed(assignment: Assignment) -> bool:
    return len(in_force(assignment)) == len(Side)


def choice_of(consent: ContactConsent) -> ContactChoice:
    return ContactChoice(
        last_name=consent.shows_last_name,
        phone=consent.shows_phone,
        email=consent.shows_email,
        address=consent.shows_address,
    )


def person_of(assignment: Assignment, side: ContactConsent.Side) -> Person:
    """Whose data it is about."""
    if side == Side.REQUESTER and assignment.request is not None:
        return assignment.request.requester
    return assignment.profile.person


def distance_band(km: float | None) -> str:
    """Words for how far it is; None is help by telephone, for which nobody travels."""
    if km is None:
        return _("by telephone")
    if km < 1:
        return _("less than 1 km")
    return _("1 to 3 km") if km <= 3 else _("more than 3 km")


def distance_to(request: HelpRequest, profile: VolunteerProfile) -> float | None:
    """Kilometres between the parts of the gmina the two live in; None where nobody travels."""
    return None if request.is_remote else km_between(profile.district, request.district)


def km_between(here: District, there: District) -> float:
    """As the crow flies: the haversine formula of ``matching.edges``, for one pair."""
    south, north = radians(float(here.latitude)), radians(float(there.latitude))
    east = radians(float(there.longitude) - float(here.longitude))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def _shown(person: Person, reached: Person, ticked: ContactConsent) -> Contact:
    """
    Args:
        reached: whoever hears from us about them, and answers the telephone.
    """
    by_phone = person if person.phone or person.email else reached
    return Contact(
        first_name=person.first_name,
        last_name=person.last_name if ticked.shows_last_name else "",
        phone=str(by_phone.phone) if ticked.shows_phone else "",
        email=by_phone.email if ticked.shows_email else "",
        address=person.address if ticked.shows_address else "",
        through=by_phone.first_name if by_phone.pk != person.pk else "",
    )
