"""The link by which somebody reads and answers a conversation without logging in. Nothing of it is
stored: it names a place in a conversation and its last day, under the stamp of this site."""

import base64
import re
from binascii import Error as NotBase64
from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.accounts.merging import current_person
from portal.accounts.models import Person, User
from portal.accounts.roles import STAFF
from portal.messaging.models import Participant
from portal.messaging.refusals import LinkExpired
from tenants import signing

LASTS = timedelta(days=14)
_PURPOSE = "conversation"
_EPOCH = date(2020, 1, 1)
# Lengths of the place's id and of the day; the stamp is the rest.
_PLACE, _DAY = 22, 4
_TOKEN = re.compile(r"(/link/)[A-Za-z0-9_-]{30,}")


def thread_path(participant: Participant) -> str:
    """In the language being spoken."""
    return reverse("messaging:by_link", args=[token_of(participant)])


def path_for(participant: Participant, user: User | None) -> str:
    """In their account; by a link of their own where nobody, or somebody else, is logged in."""
    if user is not None and user.person_id == participant.person_id:
        return reverse("messaging:conversation", args=[participant.conversation_id])
    return thread_path(participant)


def token_of(participant: Participant) -> str:
    """Made when somebody is told of a message; good for ``LASTS`` from then."""
    last_day = timezone.localdate() + LASTS
    named = base64.urlsafe_b64encode(participant.pk.bytes).decode().rstrip("=")
    named += f"{(last_day - _EPOCH).days:0{_DAY}x}"
    return named + signing.stamp(named, purpose=_PURPOSE)


def participant_for(token: str) -> Participant:
    """The place a link leads to; of somebody merged, the place of the person they are now.

    Raises:
        LinkExpired: it is forged or too old, its person has left, was erased, or is somebody of
            the office, who has to log in.
    """
    named, mark = token[: _PLACE + _DAY], token[_PLACE + _DAY :]
    if not signing.is_stamp_of(mark, named, purpose=_PURPOSE):
        raise LinkExpired
    try:
        place = UUID(bytes=base64.urlsafe_b64decode(named[:_PLACE] + "=="))
        last_day = _EPOCH + timedelta(days=int(named[_PLACE:], 16))
        found = _now_of(Participant.objects.select_related("person").get(pk=place))
    except (ValueError, NotBase64, Person.DoesNotExist, Participant.DoesNotExist):
        raise LinkExpired from None
    if last_day < timezone.localdate() or staff_among([found.person_id]):
        raise LinkExpired
    return found


def staff_among(people: Collection[UUID]) -> set[UUID]:
    """Who of these people has a login of the office: they do not come in by a link."""
    logins = User.objects.filter(person__in=people)
    staff = logins.filter(Q(is_superuser=True) | Q(role_grants__role__in=STAFF))
    return set(staff.values_list("person_id", flat=True))


def without_tokens(text: str) -> str:
    """A message as staff may read it, who are not to come in by somebody else's link."""
    return _TOKEN.sub(r"\1…", text)


def _now_of(place: Participant) -> Participant:
    """
    Raises:
        Person.DoesNotExist, Participant.DoesNotExist: erased, or no longer in the conversation.
    """
    person = current_person(place.person_id)
    return (
        Participant.objects.of(person)
        .select_related("conversation", "person")
        .get(conversation=place.conversation_id)
    )
