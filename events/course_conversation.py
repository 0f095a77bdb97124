"""Where those who come to a course write to each other and to the office. Who belongs to it follows
from who has a place; when the course is long over, it can only be read."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Activity, Participation, Session
from events.tasks import refresh_course_conversation
from portal.accounts.models import Person
from portal.accounts.models.person import PersonQuerySet
from portal.messaging.models import Conversation
from portal.messaging.owners import About, Owner, register

# After the last date: for photographs, recipes and goodbyes.
STAYS_OPEN = timedelta(days=14)


def is_open_for(activity: Activity) -> bool:
    """Whether people of the course may write now; not of one that has no dates."""
    dates = activity.sessions.exclude(status=Session.Status.CANCELLED)
    return dates.filter(ends_at__gt=timezone.now() - STAYS_OPEN).exists()


def changed_who_comes(activity: Activity) -> None:
    """Whoever got or lost a place comes in or leaves, once the caller's transaction has committed.
    No query where there is no conversation."""
    if activity.conversation_id is not None:
        refresh_course_conversation.defer(activity=str(activity.pk))


def people_of(activity: Activity) -> PersonQuerySet:
    """Whoever booked and need not be confirmed by anybody: those who are not may not read yet."""
    return _people(Q(pool__course=activity))


def _people(of: Q) -> PersonQuerySet:
    coming = Participation.objects.filter(of, status=Participation.Status.CONFIRMED)
    bookers = coming.values("booking__booker")
    return Person.objects.current().filter(Q(pk__in=bookers) | Q(merged__in=bookers))


# What messaging asks


def _about(conversations: Iterable[UUID]) -> dict[UUID, About]:
    found = Activity.objects.filter(conversation__in=list(conversations)).with_texts()
    return {
        activity.conversation_id: About(
            label=_("Course: %(title)s") % {"title": activity.title},
            url=reverse("events:activity", args=[activity.slug]),
            panel_url=reverse("panel:events:activity", args=[activity.pk]),
        )
        for activity in found
        if activity.conversation_id is not None
    }


def _members(conversation: Conversation) -> PersonQuerySet | None:
    if conversation.kind != Conversation.Kind.GROUP:
        return None
    if not Activity.objects.filter(conversation=conversation).exists():
        return None
    return _people(Q(pool__course__conversation=conversation))


def _is_open(conversation: Conversation) -> bool:
    if conversation.kind != Conversation.Kind.GROUP:
        return True
    course = Activity.objects.filter(conversation=conversation).first()
    return course is None or is_open_for(course)


register(Owner(key="events.course", about=_about, members=_members, is_open=_is_open))
