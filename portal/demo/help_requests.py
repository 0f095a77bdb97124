"""Requests for help of the demo, and what has become of them."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from events.codes import ALPHABET, LENGTH
from portal.accounts.models import Person
from portal.demo.made_up import key_of
from portal.demo.town import Line, Town, content
from volunteering.matching.score import PARTS
from volunteering.models import (
    Assignment,
    ContactConsent,
    HelpRequest,
    HoursEntry,
    Invitation,
    VolunteerProfile,
)
from volunteering.vocabulary import (
    NEEDS_CAR,
    PREFERRED_FOR,
    REMOTE,
    SKILLS_FOR,
    WITH_MINORS,
    Kind,
)

ASKED_BEFORE = timedelta(days=2)
# What the sample invitations were decided by; the points of a middling pair.
_POINTS = (240, 0, 150, 75, 100, 60)


def ask(town: Town, people: Mapping[str, Person]) -> None:
    """Those of this week that are not there yet, with all that has become of them."""
    lines = {
        key_of(f"help {line['key']} {town.monday}", town.tenant): line
        for line in content()["requests"]
    }
    there = set(HelpRequest.objects.filter(pk__in=lines).values_list("pk", flat=True))
    requests = {
        pk: _request(pk, line, people[line["who"]], town)
        for pk, line in lines.items()
        if pk not in there
    }
    HelpRequest.objects.bulk_create(requests.values())
    invitations = [
        row for pk, request in requests.items() for row in _invitations(request, lines[pk], town)
    ]
    Invitation.objects.bulk_create(invitations)
    tasks = {
        pk: _task(request, town.profiles[lines[pk]["helper"]], town)
        for pk, request in requests.items()
        if "helper" in lines[pk]
    }
    Assignment.objects.bulk_create(tasks.values())
    _share_and_log(tasks, lines, town)


def _request(pk: UUID, line: Line, who: Person, town: Town) -> HelpRequest:
    kind = line["kind"]
    starts_at = town.at(line["in"], line["at"])
    is_by_phone = who.channel in {"phone", "letter", ""}
    asked_at = min(starts_at, town.at(0, 9)) - ASKED_BEFORE
    return HelpRequest(
        pk=pk, requester=who, kind=kind, details=line.get("details", ""), notice_id=town.notice,
        channel="phone" if is_by_phone else "web", taken_by=town.clerk.pk if is_by_phone else None,
        idempotency_key=pk, code=_code(pk), district=town.districts[line["district"]],
        is_remote=kind in REMOTE, needs_car=kind in NEEDS_CAR, with_minor=kind in WITH_MINORS,
        min_age=18 if kind in WITH_MINORS or kind in NEEDS_CAR else 16,
        starts_at=starts_at, ends_at=starts_at + timedelta(minutes=line.get("minutes", 60)),
        people_needed=line.get("people", 1), required_skills=SKILLS_FOR[Kind(kind)],
        preferred_skills=PREFERRED_FOR.get(Kind(kind), []), languages=["pl"],
        priority=line.get("priority", 1), status=line["status"], reason=line.get("reason", ""),
        submitted_at=asked_at, status_since=asked_at,
        waves_sent=1 if "invited" in line or "declined" in line else 0,
    )  # fmt: skip


def _code(pk: UUID) -> str:
    number = pk.int
    letters = []
    for _letter in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def _invitations(request: HelpRequest, line: Line, town: Town) -> Iterator[Invitation]:
    now = timezone.now()
    for state, key in (("sent", "invited"), ("declined", "declined")):
        for number in line.get(key, ()):
            yield Invitation(
                pk=key_of(f"invitation {request.pk} {number}", town.tenant), request=request,
                profile=town.profiles[number], status=state,
                parts=dict(zip(PARTS, _POINTS, strict=True)),
                sent_at=now - timedelta(hours=20), planned_for=now - timedelta(hours=20),
                answered_at=now - timedelta(hours=3) if state == "declined" else None,
                expires_at=min(now + timedelta(hours=28), request.starts_at),
            )  # fmt: skip


def _task(request: HelpRequest, profile: VolunteerProfile, town: Town) -> Assignment:
    is_done = request.status == HelpRequest.Status.COMPLETED
    return Assignment(
        pk=key_of(f"task {request.pk}", town.tenant), request=request, profile=profile, slot=1,
        status=Assignment.Status.DONE if is_done else Assignment.Status.ACCEPTED,
        starts_at=request.starts_at, ends_at=request.ends_at,
        ended_at=request.ends_at if is_done else None,
    )  # fmt: skip


def _share_and_log(
    tasks: Mapping[UUID, Assignment], lines: Mapping[UUID, Line], town: Town
) -> None:
    shared = [task for pk, task in tasks.items() if lines[pk].get("shared")]
    ContactConsent.objects.bulk_create(
        ContactConsent(
            pk=key_of(f"consent {task.pk} {side}", town.tenant), assignment=task, side=side,
            shows_phone=True, means=ContactConsent.Means.PHONE, recorded_by=town.clerk.pk,
        )
        for task in shared for side in ContactConsent.Side
    )  # fmt: skip
    for task in shared:
        task.status = Assignment.Status.CONTACT_SHARED
    Assignment.objects.bulk_update(shared, ["status"])
    HoursEntry.objects.bulk_create(
        HoursEntry(
            pk=key_of(f"hours {task.pk}", town.tenant), profile=task.profile, assignment=task,
            on=task.starts_at.date(), minutes=lines[pk]["hours"],
            **(
                {"status": "confirmed", "decided_at": task.ends_at, "decided_by": town.clerk.pk}
                if lines[pk].get("is_confirmed") else {}
            ),
        )
        for pk, task in tasks.items() if "hours" in lines[pk]
    )  # fmt: skip
