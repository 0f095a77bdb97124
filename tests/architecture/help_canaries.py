"""Volunteers, requests for help, tasks and opportunities, for both sites under the same ids; see
``canaries``. ``release_help`` follows each call of ``release_events``.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from events.models import CapacityPool
from portal.accounts.models import Person, User
from portal.places.models import Place
from tests.architecture.people_canaries import SHARED, phone
from volunteering import invitation_links, request_links
from volunteering.matching.score import PARTS
from volunteering.models import (
    Absence,
    Application,
    Assignment,
    AvailabilityWindow,
    BackgroundCheck,
    Block,
    ContactConsent,
    District,
    GuardianConsent,
    HelpRequest,
    HoursEntry,
    InsuranceCover,
    Invitation,
    MatchRun,
    Opportunity,
    Proposal,
    SafetyContact,
    SafetyReport,
    Shift,
    VolunteerAgreement,
    VolunteerProfile,
)

PARTS_OF_A_PAIR = dict.fromkeys(PARTS, 50)
# The last letter of a code.
CODES = {"help_code": "P", "own_help_code": "R"}


def release_help(
    word: str, first_id: int, owner: User, made: dict[str, Model], readers: list[User]
) -> dict[str, Model]:
    """What the ids of ``/wolontariat/``, ``/pomoc-sasiedzka/`` and their panel lead to.

    ``readers`` are the two who read reports of danger.
    """
    found = _volunteers(word, first_id, owner, made)
    found |= _gates(word, first_id, found, made)
    found |= _requests(word, first_id, found, made)
    found |= _opportunities(word, first_id, found, made)
    found |= _safety(word, first_id, found, readers)
    return found


def _id(first_id: int, number: int) -> UUID:
    return UUID(int=first_id + 0x300 + number)


def _at(first_id: int, days: int, hour: int = 10) -> datetime:
    """Never at the same hour for two ids: one person has tasks of both."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour + (first_id >> 12) % 4)))


def help_names(first_id: int, made: dict[str, Any]) -> dict[str, str]:
    """What addresses call by name: words, codes, and the keys that no other site has."""
    return {
        "opportunity_slug": made["opportunity"].slug,
        "help_code": made["help_arranged"].code,
        "help_link": request_links.link_of(made["help_arranged"])[1],
        "over_code": made["help_over"].code,
        "over_link": request_links.link_of(made["help_over"])[1],
        "invitation_link": invitation_links.token_of(made["invitation"]),
        "accepted_link": invitation_links.token_of(made["accepted"]),
        "past_link": invitation_links.token_of(made["past_accepted"]),
        "colleague": str(User.objects.get(email__startswith="osl@").pk),
    }


def help_code(first_id: int, name: str) -> str:
    return f"KANR{(first_id >> 12) + 1}{CODES[name]}"


def _person(word: str, first_id: int, number: int, name: str) -> Person:
    return Person.objects.create(
        id=_id(first_id, number), first_name=name, last_name=f"Pomocna-{word}",
        phone=phone(first_id, number), email=f"{name.lower()}-{first_id}@{word}.example",
        channel="sms", street=f"ul. {name}-{first_id} {word} 3", city=word,
    )  # fmt: skip


def _profile(
    word: str, first_id: int, number: int, person: Any, district: District, **fields: Any
) -> VolunteerProfile:
    profile = VolunteerProfile.objects.create(
        id=_id(first_id, number), person=person, district=district, about=f"O sobie {word}",
        **{
            "status": "active", "skills": ["company"], "languages": ["pl"], "weekly_hours": 20,
            **fields,
        },
    )  # fmt: skip
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(profile=profile, weekday=day, starts=0, ends=1440) for day in range(7)
    )
    return profile


def _volunteers(word: str, first_id: int, owner: User, made: dict[str, Model]) -> dict[str, Model]:
    district, spare = (
        District.objects.create(
            id=_id(first_id, number), name=f"{name} {word} {first_id:x}", latitude=52.1,
            longitude=17.0,
        )
        for number, name in ((1, "Zalesie"), (2, "Podlas"))
    )  # fmt: skip
    helper = _person(word, first_id, 70, "Wera")
    asking = _person(word, first_id, 71, "Prosława")
    newcomer = _person(word, first_id, 72, "Nowina")
    resting = _person(word, first_id, 73, "Spokojna")
    # Whoever has a login sees their own under /konto/.
    own_person = owner.person if first_id == SHARED else _person(word, first_id, 74, "Inna")
    volunteer = _profile(word, first_id, 10, helper, district)
    mine = _profile(word, first_id, 11, own_person, district)
    applied = _profile(word, first_id, 12, newcomer, district, status="applied")
    paused = _profile(word, first_id, 13, resting, district, status="paused")
    today = timezone.localdate()
    absence = Absence.objects.create(
        id=_id(first_id, 14), profile=mine, first_on=today + timedelta(days=300),
        last_on=today + timedelta(days=301),
    )  # fmt: skip
    return {
        "district": district, "spare_district": spare, "helper": helper, "requester": asking,
        "newcomer": newcomer, "resting": resting, "volunteer": volunteer, "my_profile": mine,
        "applied": applied, "paused": paused, "absence": absence,
    }  # fmt: skip


def _gates(
    word: str, first_id: int, found: dict[str, Any], made: dict[str, Model]
) -> dict[str, Model]:
    long_ago, later = date(2026, 1, 1), date(2040, 1, 1)
    agreements = [
        VolunteerAgreement.objects.create(
            id=_id(first_id, number), profile=found[name], starts_on=long_ago, signed_on=long_ago
        )
        for number, name in ((20, "volunteer"), (21, "my_profile"))
    ]
    cover = InsuranceCover.objects.create(
        id=_id(first_id, 22), profile=found["volunteer"], starts_on=long_ago, ends_on=later,
        policy=word,
    )  # fmt: skip
    check = BackgroundCheck.objects.create(
        id=_id(first_id, 23), profile=found["volunteer"], status="verified", checked_on=long_ago,
        recheck_on=later, has_residence_statement=True, checked_by=_id(first_id, 23),
    )  # fmt: skip
    consent = GuardianConsent.objects.create(
        id=_id(first_id, 24), profile=found["volunteer"], guardian=found["requester"],
        given_on=long_ago,
    )  # fmt: skip
    return {
        "agreement": agreements[0], "my_agreement": agreements[1], "cover": cover, "check": check,
        "guardian_consent": consent,
    }  # fmt: skip


def _request(
    word: str, first_id: int, number: int, found: dict[str, Any], days: int, **fields: Any
) -> HelpRequest:
    starts_at = _at(first_id, days)
    return HelpRequest.objects.create(
        id=_id(first_id, number), requester=found["requester"], district=found["district"],
        kind="company", languages=["pl"], details=f"Szczegóły {word}", starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1), idempotency_key=_id(first_id, number),
        **{"code": f"KN{(first_id >> 12) + 1}{number:03}", **fields},
    )  # fmt: skip


def _task(
    first_id: int, number: int, request: HelpRequest, profile: Any, **fields: Any
) -> Assignment:
    return Assignment.objects.create(
        id=_id(first_id, number), request=request, profile=profile, slot=1,
        starts_at=request.starts_at, ends_at=request.ends_at, **fields,
    )  # fmt: skip


def _requests(
    word: str, first_id: int, found: dict[str, Any], made: dict[str, Model]
) -> dict[str, Model]:
    now = timezone.now()
    of = {
        name: _request(word, first_id, number, found, days, status=status, **more)
        for number, name, days, status, more in (
            (30, "help_new", 20, "submitted", {}),
            (31, "help_triaged", 21, "triaged", {}),
            (32, "help_searching", 22, "searching", {}),
            (33, "help_pending", 23, "pending_confirmation", {}),
            (34, "help_arranged", 24, "arranged", {"code": help_code(first_id, "help_code")}),
            (35, "help_over", -3, "arranged", {"code": help_code(first_id, "own_help_code")}),
            (36, "help_unmet", 26, "unmet", {}),
            (37, "help_escalated", 27, "escalated", {}),
            (38, "help_logged", -5, "arranged", {}),
            (39, "help_closed", -7, "closed_unmet", {"reason": word}),
        )
    }
    sent = {
        "sent_at": now - timedelta(hours=1),
        "expires_at": now + timedelta(days=2),
        "parts": PARTS_OF_A_PAIR,
    }
    invitation = Invitation.objects.create(
        id=_id(first_id, 40), request=of["help_searching"], profile=found["my_profile"],
        status="sent", **sent,
    )  # fmt: skip
    # Long enough ago to be asked again.
    asked = Invitation.objects.create(
        id=_id(first_id, 41), request=of["help_triaged"], profile=found["volunteer"],
        status="sent", **{**sent, "sent_at": now - timedelta(days=5)},
    )  # fmt: skip
    accepted, past_accepted = (
        Invitation.objects.create(
            id=_id(first_id, number), request=of[name], profile=found["my_profile"],
            status="accepted", answered_at=now, **sent,
        )
        for number, name in ((48, "help_arranged"), (49, "help_over"))
    )  # fmt: skip
    task = _task(first_id, 42, of["help_arranged"], found["my_profile"], invitation=accepted)
    past_task = _task(first_id, 43, of["help_over"], found["my_profile"], invitation=past_accepted)
    ContactConsent.objects.create(
        id=_id(first_id, 50), assignment=task, side="volunteer", shows_phone=True
    )
    logged = _task(first_id, 44, of["help_logged"], found["my_profile"], status="done")
    hours = HoursEntry.objects.create(
        id=_id(first_id, 45), profile=found["my_profile"], assignment=logged, minutes=60,
        on=logged.starts_at.date(), note=f"Godziny {word}",
    )  # fmt: skip
    run = MatchRun.objects.create(
        id=_id(first_id, 46), requests=1, volunteers=1, edges=1, places=1, value=1, bound=1,
        is_proved=True, milliseconds=5,
        compared={
            name: {"filled": 1, "weighted": 1.0, "value": 1.0}
            for name in ("ours", "greedy", "first_come")
        },
    )  # fmt: skip
    proposal = Proposal.objects.create(
        id=_id(first_id, 47), run=run, request=of["help_pending"], profile=found["volunteer"],
        parts=PARTS_OF_A_PAIR,
    )  # fmt: skip
    return {
        **of, "invitation": invitation, "asked": asked, "accepted": accepted,
        "past_accepted": past_accepted, "help_task": task, "past_task": past_task,
        "logged_task": logged, "hours": hours, "match_run": run, "match_proposal": proposal,
    }  # fmt: skip


def _opportunities(
    word: str, first_id: int, found: dict[str, Any], made: dict[str, Model]
) -> dict[str, Model]:
    verified: Any = made["verified"]
    now = timezone.now()
    of = {
        name: Opportunity.objects.create(
            id=_id(first_id, number), slug=f"{name.replace('_', '-')}-{first_id:x}",
            title=f"{name} {word}", lead=f"Zapowiedź {word}", description=f"Opis {word}",
            status=status, organisation=verified if is_theirs else None,
            published_at=now if status == "published" else None, review_note=word,
            place=Place.objects.first(),
        )
        for number, name, status, is_theirs in (
            (50, "opportunity", "published", False),
            (51, "opportunity_draft", "draft", False),
            (52, "opportunity_proposed", "submitted", True),
            (53, "own_opportunity", "published", True),
            (54, "own_opportunity_draft", "draft", True),
        )
    }  # fmt: skip
    shifts = {}
    for number, name, opportunity, days in (
        (60, "shift", "opportunity", 30),
        (61, "own_shift", "own_opportunity", 31),
        (62, "past_shift", "opportunity", -2),
        (63, "own_past_shift", "own_opportunity", -4),
    ):
        starts_at = _at(first_id, days, hour=5)
        pool = CapacityPool.objects.create(id=_id(first_id, number), capacity=5, taken=0)
        shifts[name] = Shift.objects.create(
            id=_id(first_id, number), opportunity=of[opportunity], pool=pool, starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1), note=word,
        )  # fmt: skip
    applications = {
        name: Application.objects.create(
            id=_id(first_id, number), opportunity=of[opportunity], profile=found[profile],
            words=f"Chcę pomóc {word}", status=status,
            decided_at=now if status == "accepted" else None,
        )
        for number, name, opportunity, profile, status in (
            (64, "application", "opportunity", "volunteer", "applied"),
            (65, "own_application", "own_opportunity", "volunteer", "applied"),
            (66, "my_application", "opportunity", "my_profile", "accepted"),
            (67, "my_own_application", "own_opportunity", "my_profile", "accepted"),
        )
    }  # fmt: skip
    tasks = {}
    for number, name, shift in (
        (80, "shift_task", "shift"),
        (81, "past_shift_task", "past_shift"),
        (82, "own_past_shift_task", "own_past_shift"),
    ):
        tasks[name] = Assignment.objects.create(
            id=_id(first_id, number), shift=shifts[shift], profile=found["my_profile"],
            starts_at=shifts[shift].starts_at, ends_at=shifts[shift].ends_at,
        )  # fmt: skip
        CapacityPool.objects.filter(pk=shifts[shift].pool_id).update(taken=1)
    return {**of, **shifts, **applications, **tasks}


def _safety(
    word: str, first_id: int, found: dict[str, Any], readers: list[User]
) -> dict[str, Model]:
    if first_id == SHARED:
        for place, reader in enumerate(readers, start=1):
            SafetyContact.objects.create(id=_id(first_id, 90 + place), user=reader, place=place)
    block = Block.objects.create(
        id=_id(first_id, 95), person=found["newcomer"], other=found["resting"]
    )
    report = SafetyReport.objects.create(
        id=_id(first_id, 96), reporter=found["requester"], about=found["resting"],
        words=f"Stało się {word}",
    )  # fmt: skip
    return {"block": block, "report": report}
