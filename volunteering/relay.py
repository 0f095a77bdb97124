"""Where a volunteer and whoever asked for help write to each other without learning the other's
number or address. It opens when both have agreed to be in touch, and ends with that: nothing can
be written any more, and both still read what was."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from events.message_words import when
from portal.accounts.models import Person
from portal.accounts.models.person import PersonQuerySet
from portal.messaging.models import Conversation
from portal.messaging.owners import About, Owner, register
from volunteering.contact import are_in_touch
from volunteering.models import Assignment, ContactConsent

Side = ContactConsent.Side


def writer_of(assignment: Assignment, side: ContactConsent.Side) -> Person:
    """Who writes on this side: the volunteer, or whoever hears from us about the request."""
    if side == Side.REQUESTER and assignment.request is not None:
        return assignment.request.contact
    return assignment.profile.person


# What messaging asks


def _about(conversations: Iterable[UUID]) -> dict[UUID, About]:
    """Without an address: each of the two has another page of it."""
    tasks = Assignment.objects.filter(conversation__in=list(conversations))
    return {
        task.conversation_id: About(
            label=_("Help: %(what)s, %(when)s")
            % {"what": task.request, "when": when(task.starts_at, task.ends_at)},
            url="",
        )
        for task in tasks.select_related("request")
        if task.conversation_id is not None
    }


def _members(conversation: Conversation) -> PersonQuerySet | None:
    """Nobody new ever comes in."""
    if not conversation.is_relay:
        return None
    if not Assignment.objects.filter(conversation=conversation).exists():
        return None
    present = conversation.participants.present().values("person")
    return Person.objects.current().filter(pk__in=present)


def _is_open(conversation: Conversation) -> bool:
    if not conversation.is_relay:
        return True
    task = (
        Assignment.objects.filter(conversation=conversation)
        .select_related("request", "profile")
        .first()
    )
    return task is None or are_in_touch(task)


register(Owner(key="volunteering.task", about=_about, members=_members, is_open=_is_open))
