"""Who may see more of the people than first name and part of the gmina: the local coordinator, and
the clerk who wrote the request down. Every such look is noted."""

from portal.accounts.models import Person, User
from portal.accounts.permissions import Permission, may
from portal.panel.looking import note_needs, note_opened
from volunteering.models import HelpRequest


def sees_contacts(user: User, request: HelpRequest) -> bool:
    return may(user, Permission.SEE_HELP_CONTACTS) or request.taken_by == user.pk


def sees_details(user: User) -> bool:
    """They may speak of health: organisers only."""
    return may(user, Permission.RUN_HELP)


def people_to_reach(request: HelpRequest, user: User) -> list[Person]:
    """Who is to be helped, and who asked for them; nobody for those who may not see it."""
    if not sees_contacts(user, request):
        return []
    people = [request.requester, *([request.asked_by] if request.asked_by else [])]
    for person in people:
        note_opened(person, user)
    return people


def details_of(request: HelpRequest, user: User) -> str:
    if not request.details or not sees_details(user):
        return ""
    note_needs([request.requester_id], user)
    return request.details
