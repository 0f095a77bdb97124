"""Who may help with one request and has not been asked for it, with what waves weigh: how often
they were asked and said yes. Two queries, whatever their number."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isnan
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q

from volunteering.matching.edges import WHOLE_GMINA_KM, edges
from volunteering.matching.invite import Candidate
from volunteering.models import Assignment, HelpRequest, Invitation, VolunteerProfile

# A neighbour next door says yes more often than somebody at the edge of how far they would go; the
# span is that of the simulation (``matching.simulate``).
NEXT_DOOR, AT_THE_EDGE = 1.4, 0.9
WEEK = timedelta(days=7)
_HAD_A_TASK = (*Assignment.ACTIVE, Assignment.Status.DONE)


@dataclass(frozen=True, slots=True)
class Known:
    """
    Attributes:
        profile: with person and district.
        parts: of the score, name → points.
        weighed: its ``id`` is the place in the list.
    """

    profile: VolunteerProfile
    parts: dict[str, int]
    weighed: Candidate


def candidates(request: HelpRequest, now: datetime) -> list[Known]:
    """In the order of the profiles' ids, so that a repeated search asks the same people."""
    found = edges([request.pk], now)
    profiles = _with_history(found.profiles, now)
    return [
        Known(
            profiles[pk],
            found.parts_of(place),
            _weighed(place, profiles[pk], int(found.scores[place]), found.distances[place], now),
        )
        for place, pk in enumerate(found.profiles)
    ]


def score_parts(request: HelpRequest, profile: VolunteerProfile, now: datetime) -> dict[str, int]:
    """Of one volunteer who may help; nothing where a rule of moderation is passed over."""
    found = edges([request.pk], now)
    return found.parts_of(found.profiles.index(profile.pk)) if profile.pk in found.profiles else {}


def _with_history(profiles: list[UUID], now: datetime) -> dict[UUID, VolunteerProfile]:
    sent = Q(invitations__sent_at__isnull=False)
    accepted = Q(invitations__status=Invitation.Status.ACCEPTED)
    tasks = Assignment.objects.filter(profile=OuterRef("pk"), status__in=_HAD_A_TASK)
    return (
        VolunteerProfile.objects.filter(pk__in=profiles)
        .select_related("person", "district")
        .annotate(
            accepted=Count("invitations", filter=accepted),
            invited=Count("invitations", filter=sent),
            lately=Count("invitations", filter=Q(invitations__sent_at__gt=now - WEEK)),
            last_at=Max("invitations__sent_at"),
            has_had_task=Exists(tasks),
        )
        .in_bulk()
    )


def _weighed(
    place: int, profile: VolunteerProfile, score: int, km: float, now: datetime
) -> Candidate:
    last_at = profile.last_at  # type: ignore[attr-defined]
    return Candidate(
        id=place,
        score=score,
        accepted=profile.accepted,  # type: ignore[attr-defined]
        invited=profile.invited,  # type: ignore[attr-defined]
        invitations_last_7_days=profile.lately,  # type: ignore[attr-defined]
        days_since_last_invitation=last_at and (now - last_at) / timedelta(days=1),
        has_had_task=profile.has_had_task,  # type: ignore[attr-defined]
        distance_factor=_distance_factor(km, profile.radius_km or WHOLE_GMINA_KM),
    )


def _distance_factor(km: float, radius_km: float) -> float:
    """Help by telephone is as near as next door."""
    if isnan(km):
        return NEXT_DOOR
    return NEXT_DOOR - (NEXT_DOOR - AT_THE_EDGE) * min(km / radius_km, 1.0)
