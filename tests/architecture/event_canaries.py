"""Activities, their dates and whoever is booked on them, for both sites under the same ids; see
``canaries``. ``release_events`` follows each call of ``release_people``.
"""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from events.clients import digest
from events.links import token_of
from events.models import (
    AccessNeed,
    Activity,
    ActivityText,
    Attendance,
    Booking,
    BookingDraft,
    CalendarFeed,
    CapacityPool,
    Hold,
    Offer,
    Participation,
    Session,
    TransportRequest,
    WaitlistEntry,
)
from events.own_calendar import digest_of
from portal.accounts.models import OrganisationMember, Person, User
from portal.places.models import Place, Room
from tests.architecture.people_canaries import SHARED, phone

# Of the browser that began the forms of both sites.
BROWSER = "kanarek-w-przegladarce-" * 2
SECRET_OF_BROWSER = BROWSER[:43]
Status = Participation.Status
# The last letter of a code.
CODES = {
    "code": "A", "own_code": "B", "waiting_code": "C", "offered_code": "D",
    "unverified_code": "E", "sent_code": "F", "pending_code": "G", "today_code": "H",
    "my_code": "J",
}  # fmt: skip


def release_events(
    word: str, first_id: int, owner: User, people: dict[str, Model], picture: Model
) -> dict[str, Model]:
    """What the ids of ``/wydarzenia/`` lead to, from ``first_id`` on.

    ``people`` is what ``release_people`` made with the same ids.
    """
    verified: Any = people["verified"]
    OrganisationMember.objects.create(organisation=verified, user=owner, role="coordinator")
    made: dict[str, Model] = {}
    made |= _of_the_office(word, first_id, picture)
    made |= _of_the_organisation(word, first_id, owner, verified)
    made |= _booked(word, first_id, owner, people, made)
    made |= _being_filled_in(word, first_id, owner, people, made)
    return made


def event_names(first_id: int, made: dict[str, Model]) -> dict[str, str]:
    """What else addresses call by name: words, codes, and the keys that no other site has."""
    bookings = {
        "link": "booking", "own_link": "own_booking", "waiting_link": "waiting",
        "offered_link": "offered", "unverified_link": "unverified",
    }  # fmt: skip
    return {
        "slug": _slug(first_id, "zajecia"),
        "draft_slug": _slug(first_id, "robocze"),
        "feed": feed_token(first_id),
        **{name: _code(first_id, name) for name in CODES},
        **{name: token_of(made[booking]) for name, booking in bookings.items()},  # type: ignore[arg-type]
    }


def feed_token(first_id: int) -> str:
    return f"kanarek-kalendarz-{first_id:x}"


def _slug(first_id: int, name: str) -> str:
    return f"{name}-{first_id:x}"


def _code(first_id: int, name: str) -> str:
    return f"KANR{(first_id >> 12) + 1}{CODES[name]}"


def _id(first_id: int, number: int) -> UUID:
    return UUID(int=first_id + 0x100 + number)


def _in_days(first_id: int, days: int, hour: int = 10) -> datetime:
    """Never at the same hour for two ids: they share a room."""
    day = timezone.localdate() + timedelta(days=days + (first_id >> 12))
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _activity(
    word: str, first_id: int, number: int, name: str, *, is_public: bool = True, **rules: Any
) -> Activity:
    """With words in Polish; of what is public, other words are kept as a draft."""
    rules = {"kind": "open_series", "status": "published" if is_public else "draft", **rules}
    activity = Activity.objects.create(
        id=_id(first_id, number), slug=_slug(first_id, name), fee_note=word, **rules
    )
    text = ActivityText.objects.create(
        id=_id(first_id, number), activity=activity, language="pl", live=is_public,
        title=f"{name} {word}", lead=f"Zapowiedź {word}", body=f"Opis {word}",
    )  # fmt: skip
    text.save_revision()
    return activity


def _date(
    first_id: int, number: int, activity: Activity, starts_at: datetime, **fields: Any
) -> Session:
    if not activity.is_course:
        fields["pool"] = CapacityPool.objects.create(id=_id(first_id, number), capacity=20)
    fields = {
        "status": "published" if activity.status == "published" else "draft",
        "ends_at": starts_at + timedelta(hours=2),
        "place": Place.objects.first(),
        "note": "",
        **fields,
    }
    return Session.objects.create(
        id=_id(first_id, number), activity=activity, starts_at=starts_at, **fields
    )


def _of_the_office(word: str, first_id: int, picture: Any) -> dict[str, Model]:
    activity = _activity(word, first_id, 1, "zajecia", offers_transport=True)
    text = activity.texts.get()
    text.picture, text.lead = picture, f"Nowa zapowiedź {word}"
    text.save_revision()
    room = {"room": Room.objects.first()}
    date = _date(first_id, 10, activity, _in_days(first_id, 10), note=word, **room)
    next_date = _date(first_id, 11, activity, _in_days(first_id, 20), **room)
    now = timezone.now()
    today = _date(
        first_id, 12, activity, now - timedelta(hours=1), ends_at=now + timedelta(hours=10),
        note=word,
    )  # fmt: skip
    draft = _activity(word, first_id, 2, "robocze", is_public=False, kind="one_off")
    draft_date = _date(first_id, 13, draft, _in_days(first_id, 30), note=word)
    quiet = _activity(word, first_id, 3, "spokojne")
    quiet_date = _date(first_id, 14, quiet, _in_days(first_id, 40))
    pool = CapacityPool.objects.create(id=_id(first_id, 4), capacity=20)
    course = _activity(word, first_id, 4, "kurs", kind="course", pool=pool)
    course_date = _date(first_id, 15, course, _in_days(first_id, 50))
    return {
        "activity": activity, "date": date, "next_date": next_date, "today": today,
        "office_draft": draft, "draft_date": draft_date, "quiet": quiet, "quiet_date": quiet_date,
        "course": course, "course_date": course_date,
    }  # fmt: skip


def _of_the_organisation(
    word: str, first_id: int, owner: User, organisation: Model
) -> dict[str, Model]:
    its: dict[str, Any] = {"organisation": organisation, "proposed_by": owner.pk}
    own = _activity(word, first_id, 5, "nasze", **its)
    own_date = _date(first_id, 16, own, _in_days(first_id, 11), note=word)
    draft = _activity(word, first_id, 6, "pomysl", is_public=False, **its)
    own_draft_date = _date(first_id, 17, draft, _in_days(first_id, 12))
    proposal = _activity(
        word, first_id, 7, "propozycja", is_public=False, status="submitted", **its
    )
    _date(first_id, 18, proposal, _in_days(first_id, 13))
    return {
        "own_activity": own, "own_date": own_date, "own_draft": draft,
        "own_draft_date": own_draft_date, "proposal": proposal,
    }  # fmt: skip


def _booked(
    word: str, first_id: int, owner: User, people: dict[str, Model], made: dict[str, Model]
) -> dict[str, Model]:
    extra = Person.objects.create(
        id=_id(first_id, 60), first_name="Celina", last_name=f"Nowak-{word}",
        phone=phone(first_id, 60), email=f"celina-{first_id}@{word}.example", channel="email",
        street=f"ul. Celina-{first_id} {word} 3", city=word,
    )  # fmt: skip
    made_people: dict[str, Any] = people
    person, other, twin = (made_people[name] for name in ("person", "other", "twin"))
    dates: dict[str, Any] = made
    date, today, own_date = (dates[name] for name in ("date", "today", "own_date"))
    until = timezone.now() + timedelta(days=1)
    booking = _booking(word, first_id, 30, "code", date, person)
    participation = booking.participations.get()
    need = AccessNeed.objects.create(
        id=_id(first_id, 31), participation=participation, need="large_print"
    )
    transport = TransportRequest.objects.create(
        id=_id(first_id, 32), booking=booking, people=1, street=f"ul. Dowozowa {word}", city=word,
        note=word,
    )  # fmt: skip
    pending = _booking(
        word, first_id, 33, "pending_code", date, other, status=Status.PENDING_APPROVAL
    )
    unverified = _booking(
        word, first_id, 34, "unverified_code", date, twin, status=Status.UNVERIFIED,
        confirm_by=until,
    )  # fmt: skip
    waiting = _booking(word, first_id, 35, "waiting_code", date, extra, status=Status.WAITING)
    # Somebody else in line, whom a place is kept for.
    offered = _booking(
        word, first_id, 36, "offered_code", made["next_date"], other, status=Status.WAITING,
        state="offered",
    )  # fmt: skip
    offer = Offer.objects.create(
        id=_id(first_id, 37), entry=offered.entry, pool=offered.pool, number=1, expires_at=until
    )
    _take(offered.pool, 1)
    own_booking = _booking(word, first_id, 38, "own_code", own_date, person, shows_names=True)
    expected = _booking(word, first_id, 39, "today_code", today, person).participations.get()
    mine = _booking(word, first_id, 40, "my_code", today, owner.person)
    came = mine.participations.get()
    attendance = Attendance.objects.create(
        id=_id(first_id, 41), participation=came, session=today, state="attended"
    )
    feed = CalendarFeed.objects.create(
        id=_id(first_id, 42), person=owner.person if first_id == SHARED else person,
        token_digest=digest_of(feed_token(first_id)),
    )  # fmt: skip
    return {
        "extra": extra, "booking": booking, "participation": participation, "need": need,
        "transport": transport, "pending": pending, "unverified": unverified,
        "waiting": waiting, "entry": waiting.entry, "offered": offered, "offer": offer,
        "own_booking": own_booking, "expected": expected, "came": came,
        "attendance": attendance, "calendar_feed": feed,
    }  # fmt: skip


def _booking(
    word: str,
    first_id: int,
    number: int,
    code: str,
    date: Any,
    person: Any,
    *,
    status: Status = Status.CONFIRMED,
    state: str = "waiting",
    **fields: Any,
) -> Booking:
    """For one person, with a place or in line."""
    booking = Booking.objects.create(
        id=_id(first_id, number), pool=date.pool, booker=person, code=_code(first_id, code),
        idempotency_key=_id(first_id, number), note=f"Uwaga {word}", **fields,
    )  # fmt: skip
    has_place = status in Participation.WITH_A_PLACE
    Participation.objects.create(
        id=_id(first_id, number), booking=booking, person=person, pool=date.pool, status=status,
        place=date.pool if has_place else None,
    )  # fmt: skip
    if has_place:
        _take(date.pool, 1)
    else:
        WaitlistEntry.objects.create(
            id=_id(first_id, number), booking=booking, pool=date.pool, size=1, state=state
        )
    return booking


def _take(pool: CapacityPool, number: int) -> None:
    pool.taken += number
    pool.save(update_fields=["taken"])


def _being_filled_in(
    word: str, first_id: int, owner: User, people: dict[str, Model], made: dict[str, Model]
) -> dict[str, Model]:
    """A form with every answer, and one that was sent: of a guest's browser."""
    date: Any = made["next_date"]
    answers = {
        "osoby": {"size": 1, "who": "me", "wheelchair": False},
        "osoba-1": {"first_name": "Gość", "last_name": word, "age": None},
        "kontakt": {
            "channel": "phone", "phone": "+48601900901", "email": "", "street": "",
            "postcode": "", "city": "", "shows_names": False, "shows_contact": False,
        },
        "potrzeby": {"needs": {}, "agrees": False, "note": word},
        "dowoz": {"wants": False},
        "language": "pl",
    }  # fmt: skip
    shared = {"client": digest(SECRET_OF_BROWSER), "activity": made["activity"], "party_size": 1}
    form = BookingDraft.objects.create(
        id=_id(first_id, 50), pool=date.pool, answers=answers, slot=1 if first_id == SHARED else 2,
        held_until=timezone.now() + timedelta(days=1), **shared,
    )  # fmt: skip
    hold = Hold.objects.create(id=_id(first_id, 51), draft=form, pool=date.pool, number=1)
    _take(date.pool, 1)
    booking = _booking(word, first_id, 52, "sent_code", date, people["twin"])
    sent = BookingDraft.objects.create(
        id=_id(first_id, 53), pool=date.pool, answers=answers, booking=booking, **shared
    )
    # Begun by somebody who was logged in: of no use to the same browser without the login.
    known = BookingDraft.objects.create(
        id=_id(first_id, 54), pool=date.pool, answers={}, person=owner.person, **shared
    )
    return {"form": form, "hold": hold, "sent": sent, "known_form": known, "sent_booking": booking}
