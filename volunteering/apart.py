"""Who is never brought together, whichever of the two asked for it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from volunteering.models import Assignment, Block, HelpRequest, VolunteerProfile
from volunteering.models.task import AssignmentQuerySet


def who_asks(request: HelpRequest) -> list[UUID]:
    """Ids of whoever is to be helped and of whoever asked for them."""
    return list(dict.fromkeys([request.requester_id, request.asked_by_id or request.requester_id]))


def are_apart(profile: VolunteerProfile, request: HelpRequest) -> bool:
    return blocks_between([profile.person_id], who_asks(request)).exists()


def blocks_between(these: Iterable[UUID], those: Iterable[UUID]) -> QuerySet[Block]:
    """Either way."""
    these, those = list(these), list(those)
    return Block.objects.filter(
        Q(person__in=these, other__in=those) | Q(person__in=those, other__in=these)
    )


def blocks_of_row() -> QuerySet[Block]:
    """For ``Exists`` in a query of tasks or invitations: between the two of the row."""
    volunteer, requester = OuterRef("profile__person"), OuterRef("request__requester")
    asker = Coalesce(OuterRef("request__asked_by"), OuterRef("request__requester"))
    return Block.objects.filter(
        Q(person=volunteer, other=requester)
        | Q(person=requester, other=volunteer)
        | Q(person=volunteer, other=asker)
        | Q(person=asker, other=volunteer)
    )


def tasks_of_people_apart() -> AssignmentQuerySet:
    """Active tasks whose two people are to be kept apart: somebody of the office has to part them.

    The block came after the task, which is not taken from anybody without a word.
    """
    return (
        Assignment.objects.active()
        .filter(Exists(blocks_of_row()), request__isnull=False)
        .select_related("request__district", "profile__person", "request__requester")
        .order_by("starts_at", "id")
    )
