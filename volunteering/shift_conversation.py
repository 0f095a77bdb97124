"""Where the team of a shift write to each other and to the office. Who belongs to it follows from
who has a place on the shift; when that is long over, it can only be read."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.message_words import when
from portal.accounts.models import Person
from portal.accounts.models.person import PersonQuerySet
from portal.messaging.models import Conversation
from portal.messaging.owners import About, Owner, register
from volunteering.models import Assignment, Shift
from volunteering.tasks import refresh_shift_conversation

# After the shift: for photographs, thanks and what was left behind.
STAYS_OPEN = timedelta(days=14)
# Whoever has, or had, a place and has not given it back.
_IN_THE_TEAM = (*Assignment.ACTIVE, Assignment.Status.DONE)


def is_open_for(shift: Shift) -> bool:
    """Whether people of the team may write now; not of a shift that is called off."""
    return shift.cancelled_at is None and shift.ends_at + STAYS_OPEN > timezone.now()


def changed_who_comes(shift: Shift) -> None:
    """Whoever got or lost a place comes in or leaves, once the caller's transaction has committed.
    No query where there is no conversation."""
    if shift.conversation_id is not None:
        refresh_shift_conversation.defer(shift=str(shift.pk))


def people_of(shift: Shift) -> PersonQuerySet:
    """Volunteers with a place that they have not given back."""
    return _people(Q(shift=shift))


def _people(of: Q) -> PersonQuerySet:
    team = Assignment.objects.filter(of, status__in=_IN_THE_TEAM).values("profile__person")
    return Person.objects.current().filter(Q(pk__in=team) | Q(merged__in=team))


def title_of(shift: Shift) -> str:
    moment = when(shift.starts_at, shift.ends_at)
    return _("%(title)s, %(when)s") % {"title": shift.opportunity.title, "when": moment}


# What messaging asks


def _about(conversations: Iterable[UUID]) -> dict[UUID, About]:
    shifts = Shift.objects.filter(conversation__in=list(conversations))
    return {
        shift.conversation_id: About(
            label=_("Team: %(what)s") % {"what": title_of(shift)},
            url=reverse("volunteering:shift", args=[shift.pk]),
            panel_url=reverse("panel:opportunities:shift", args=[shift.pk]),
        )
        for shift in shifts.select_related("opportunity")
        if shift.conversation_id is not None
    }


def _members(conversation: Conversation) -> PersonQuerySet | None:
    if conversation.kind != Conversation.Kind.GROUP:
        return None
    if not Shift.objects.filter(conversation=conversation).exists():
        return None
    return _people(Q(shift__conversation=conversation))


def _is_open(conversation: Conversation) -> bool:
    if conversation.kind != Conversation.Kind.GROUP:
        return True
    shift = Shift.objects.filter(conversation=conversation).first()
    return shift is None or is_open_for(shift)


register(Owner(key="volunteering.shift", about=_about, members=_members, is_open=_is_open))
