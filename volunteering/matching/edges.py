"""Who may help with which request: one query, and the hard rules in one place.

A pair is an edge when every rule holds. The same expressions, asked about one pair without being
required, answer "why not". People are known by the part of the gmina they live in, so a distance is
that of two districts; there are few of them, and every pair of them is measured once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import connection
from django.utils import timezone
from numpy.typing import NDArray

from volunteering.matching.invite import Policy
from volunteering.matching.score import PARTS, Columns, score_many
from volunteering.models import (
    Absence,
    Assignment,
    AvailabilityWindow,
    BackgroundCheck,
    Block,
    District,
    GuardianConsent,
    HelpRequest,
    InsuranceCover,
    Invitation,
    VolunteerAgreement,
    VolunteerProfile,
)
from volunteering.models.volunteer import ADULT

# Kilometres an hour, with waiting and walking to the stop.
SPEED = {"foot": 5, "bicycle": 12, "car": 30}
# "The whole gmina", where a distance has to be weighed against something.
WHOLE_GMINA_KM = 30
SHORT_AGREEMENT_DAYS = 30

_NAMES = {
    "absence": Absence,
    "assignment": Assignment,
    "window": AvailabilityWindow,
    "background_check": BackgroundCheck,
    "block": Block,
    "district": District,
    "consent": GuardianConsent,
    "request": HelpRequest,
    "cover": InsuranceCover,
    "invitation": Invitation,
    "agreement": VolunteerAgreement,
    "profile": VolunteerProfile,
}
_T = {name: model._meta.db_table for name, model in _NAMES.items()}
_ACTIVE = "('proposed', 'accepted', 'contact_shared', 'in_progress')"

_AGREEMENT = f"""SELECT FROM {_T["agreement"]} g
    WHERE g.profile_id = v.id AND g.status = 'signed'
    AND g.starts_on <= r.day AND coalesce(g.ends_on >= r.day, true)"""

# Code → what has to be true of volunteer ``v``, request ``r``, window ``w`` and the way ``way``.
RULES: dict[str, str] = {
    "not_active": "v.status = 'active'",
    "own_request": "v.person_id NOT IN (r.requester_id, coalesce(r.asked_by_id, r.requester_id))",
    "blocked": f"""NOT EXISTS (
        SELECT FROM {_T["block"]} b
        WHERE (b.person_id, b.other_id) IN (
            (v.person_id, r.requester_id), (r.requester_id, v.person_id),
            (v.person_id, r.asked_by_id), (r.asked_by_id, v.person_id)))""",
    "already_filled": f"""r.people_needed > (
        SELECT count(*) FROM {_T["assignment"]} a
        WHERE a.request_id = r.id AND a.status IN {_ACTIVE})""",
    "declined": f"""NOT EXISTS (
        SELECT FROM {_T["invitation"]} i
        WHERE i.request_id = r.id AND i.profile_id = v.id AND i.status = 'declined')""",
    "already_asked": f"""NOT EXISTS (
        SELECT FROM {_T["invitation"]} i
        WHERE i.request_id = r.id AND i.profile_id = v.id AND i.status <> 'declined')""",
    "skill_missing": "v.skills @> r.required_skills",
    "car_required": "(NOT r.needs_car OR v.transport = 'car')",
    "no_common_language": "v.languages && r.languages",
    "outside_radius": "(r.is_remote OR v.radius_km IS NULL OR way.km <= v.radius_km)",
    "not_available": "(w.id IS NOT NULL AND w.starts <= r.minute - way.minutes"
    " AND w.ends >= r.until_minute + way.minutes)",
    "absent": f"""NOT EXISTS (
        SELECT FROM {_T["absence"]} a
        WHERE a.profile_id = v.id AND r.day BETWEEN a.first_on AND a.last_on)""",
    "time_overlap": f"""NOT EXISTS (
        SELECT FROM {_T["assignment"]} a
        WHERE a.profile_id = v.id AND a.status IN {_ACTIVE}
        AND tstzrange(a.starts_at, a.ends_at) && tstzrange(r.starts_at, r.ends_at))""",
    "weekly_hours_used": f"""v.weekly_hours * 60 >= (r.until_minute - r.minute) + coalesce((
        SELECT sum(extract(epoch FROM a.ends_at - a.starts_at) / 60) FROM {_T["assignment"]} a
        WHERE a.profile_id = v.id AND (a.status IN {_ACTIVE} OR a.status = 'done')
        AND a.starts_at >= r.week AND a.starts_at < r.week + interval '7 days'), 0)""",
    "invite_budget_used": f"""%(most)s > (
        SELECT count(*) FROM {_T["invitation"]} i
        WHERE i.profile_id = v.id AND i.sent_at > %(now)s - interval '7 days')""",
    "age_below_minimum": "(v.born_on IS NULL"
    " OR v.born_on <= r.day - r.min_age * interval '1 year')",
    "guardian_consent_required": f"""(v.born_on IS NULL
        OR v.born_on <= r.day - interval '{ADULT} years'
        OR EXISTS (
            SELECT FROM {_T["consent"]} c WHERE c.profile_id = v.id AND c.given_on <= r.day
            AND coalesce(c.ends_on >= r.day, true)))""",
    "agreement_required": f"EXISTS ({_AGREEMENT})",
    # Only a short agreement needs a policy; without any the code above says what is missing.
    "insurance_missing": f"""(NOT EXISTS ({_AGREEMENT})
        OR EXISTS (
            {_AGREEMENT}
            AND coalesce(g.ends_on - g.starts_on >= {SHORT_AGREEMENT_DAYS}, true))
        OR EXISTS (
            SELECT FROM {_T["cover"]} c WHERE c.profile_id = v.id AND c.kind = 'nnw'
            AND r.day BETWEEN c.starts_on AND c.ends_on))""",
    "check_required": f"""(NOT r.with_minor OR EXISTS (
        SELECT FROM {_T["background_check"]} k
        WHERE k.profile_id = v.id AND k.status = 'verified'))""",
    "check_lapsed": f"""(NOT r.with_minor OR NOT EXISTS (
        SELECT FROM {_T["background_check"]} k
        WHERE k.profile_id = v.id AND k.status = 'verified' AND k.recheck_on <= r.last_day))""",
}

# What can be told from the rows of a volunteer, a request, a window and a way alone. A pair that
# fails here, as nearly all do, is not looked up anywhere else.
_TOLD_AT_ONCE = (
    "not_active", "own_request", "skill_missing", "car_required", "no_common_language",
    "outside_radius", "not_available", "age_below_minimum",
)  # fmt: skip

# The end of a way to nowhere in particular.
_NOWHERE = "'00000000-0000-0000-0000-000000000000'::uuid"
_WITH = f"""
    WITH asked AS MATERIALIZED (
        SELECT request.*, local.day, local.last_day, local.weekday, local.minute,
            CASE WHEN request.is_remote THEN {_NOWHERE} ELSE request.district_id END AS place,
            local.minute + extract(epoch FROM request.ends_at - request.starts_at)::int / 60
                AS until_minute,
            date_trunc('week', request.starts_at, %(zone)s) AS week
        FROM {_T["request"]} request
        CROSS JOIN LATERAL (
            SELECT (request.starts_at AT TIME ZONE %(zone)s)::date AS day,
                (request.ends_at AT TIME ZONE %(zone)s)::date AS last_day,
                extract(isodow FROM request.starts_at AT TIME ZONE %(zone)s)::int - 1 AS weekday,
                extract(hour FROM request.starts_at AT TIME ZONE %(zone)s)::int * 60
                    + extract(minute FROM request.starts_at AT TIME ZONE %(zone)s)::int AS minute
        ) local
        WHERE request.id = ANY(%(requests)s)
    ),
    way AS MATERIALIZED (
        SELECT a.id AS here, b.id AS there, km, transport, ceil(km * 60 / speed)::int AS minutes
        FROM {_T["district"]} a
        CROSS JOIN {_T["district"]} b
        CROSS JOIN LATERAL (
            SELECT 2 * 6371 * asin(least(1, sqrt(
                power(sin(radians(b.latitude - a.latitude) / 2), 2)
                + cos(radians(a.latitude)) * cos(radians(b.latitude))
                * power(sin(radians(b.longitude - a.longitude) / 2), 2)))) AS km
        ) measured
        CROSS JOIN (VALUES {", ".join(f"('{name}', {speed})" for name, speed in SPEED.items())})
            AS pace (transport, speed)
        UNION ALL
        -- Nobody travels to a talk by telephone.
        SELECT a.id, {_NOWHERE}, NULL, pace, 0
        FROM {_T["district"]} a CROSS JOIN unnest(ARRAY['foot', 'bicycle', 'car']) AS pace
    )
"""
_WAY = "way.here = v.district_id AND way.transport = v.transport AND way.there = r.place"
_EDGES = f"""
    {_WITH},
    -- First every way to a request, then whoever lives at its other end: the OFFSETs keep the
    -- planner to it, which else compares everybody with every request. Whole rows come out: the
    -- rules below speak of v and r too.
    likely AS MATERIALIZED (
        SELECT v, r, way.km,
            least(r.minute - way.minutes - w.starts, w.ends - r.until_minute - way.minutes) AS slack
        FROM (
            SELECT asked.*, way.km, way.minutes, way.here, way.transport
            FROM asked JOIN way ON way.there = asked.place OFFSET 0
        ) r
        JOIN (
            SELECT v.*, w.id AS window_id, w.weekday, w.starts, w.ends
            FROM {_T["profile"]} v JOIN {_T["window"]} w ON w.profile_id = v.id OFFSET 0
        ) v ON v.weekday = r.weekday AND v.district_id = r.here AND v.transport = r.transport
        CROSS JOIN LATERAL (SELECT v.window_id AS id, v.starts, v.ends) w
        CROSS JOIN LATERAL (SELECT r.km, r.minutes) way
        WHERE w.starts <= r.minute AND w.ends >= r.until_minute
            AND {" AND ".join(RULES[code] for code in _TOLD_AT_ONCE)}
    )
    SELECT v.id, r.id, likely.km, coalesce(v.radius_km, {WHOLE_GMINA_KM}),
        EXISTS (
            SELECT FROM {_T["assignment"]} a JOIN {_T["request"]} earlier
            ON earlier.id = a.request_id
            WHERE a.profile_id = v.id AND a.status = 'done'
            AND earlier.requester_id = r.requester_id),
        likely.slack,
        (SELECT count(*) FROM unnest(r.preferred_skills) wanted WHERE wanted = ANY(v.skills)),
        cardinality(r.preferred_skills),
        r.languages[1] = ANY(v.languages),
        (SELECT extract(epoch FROM %(now)s - max(a.ends_at)) / 86400 FROM {_T["assignment"]} a
            WHERE a.profile_id = v.id AND a.status = 'done')
    FROM likely
    CROSS JOIN LATERAL (SELECT (likely.v).*) v
    CROSS JOIN LATERAL (SELECT (likely.r).*) r
    WHERE {" AND ".join(rule for code, rule in RULES.items() if code not in _TOLD_AT_ONCE)}
    ORDER BY v.id, r.id
"""
_WHY_NOT = f"""
    {_WITH}
    SELECT v.id, r.id, {", ".join(RULES.values())}
    FROM asked r
    CROSS JOIN {_T["profile"]} v
    JOIN way ON {_WAY}
    LEFT JOIN {_T["window"]} w ON w.profile_id = v.id AND w.weekday = r.weekday
        AND w.starts <= r.minute AND w.ends >= r.until_minute
    WHERE v.id = ANY(%(profiles)s)
    ORDER BY v.id, r.id
"""


@dataclass(frozen=True, slots=True)
class Edges:
    """
    Attributes:
        profiles, requests: ids of the n pairs, in order.
        distances: kilometres, nan for what is done by telephone; shape (n,).
        parts: of the scores, shape (n, 6), in the order of ``score.PARTS``.
    """

    profiles: list[UUID]
    requests: list[UUID]
    distances: NDArray[np.float64]
    parts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.profiles)

    @property
    def scores(self) -> NDArray[np.int64]:
        """0..1000, shape (n,)."""
        totals: NDArray[np.int64] = self.parts.sum(axis=1)
        return totals

    def parts_of(self, index: int) -> dict[str, int]:
        """Name of the part → points."""
        return dict(zip(PARTS, map(int, self.parts[index]), strict=True))


def edges(requests: Iterable[UUID], now: datetime | None = None) -> Edges:
    """Everybody who may help with these requests; one query, whatever their number."""
    rows = _ask(_EDGES, requests=list(requests), now=now)
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * 10
    numbers = [np.array(column, dtype=float) for column in columns[2:]]
    return Edges(
        profiles=list(columns[0]),
        requests=list(columns[1]),
        distances=numbers[0],
        parts=score_many(Columns(*numbers)),
    )


def broken_rules(
    requests: Iterable[UUID], profiles: Iterable[UUID], now: datetime | None = None
) -> dict[tuple[UUID, UUID], list[str]]:
    """For each (profile, request): codes of the rules it breaks, in the order of ``RULES``; none
    for an edge."""
    rows = _ask(_WHY_NOT, requests=list(requests), profiles=list(profiles), now=now)
    return {
        (profile, request): [code for code, holds in zip(RULES, verdicts, strict=True) if not holds]
        for profile, request, *verdicts in rows
    }


def _ask(
    query: str, *, requests: list[UUID], now: datetime | None, profiles: list[UUID] | None = None
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            query,
            {
                "requests": requests,
                "profiles": profiles,
                "now": now or timezone.now(),
                "zone": settings.TIME_ZONE,
                "most": Policy().most_in_a_week,
            },
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
