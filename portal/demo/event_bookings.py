"""Who takes part in the demo's activities: full lists, waiting lists, open offers, people who came
and people who did not.

How many places are taken is not reckoned along the way but counted from the rows themselves, and
everything goes into the database in one statement a table. Only places made just now are filled:
what people do with them afterwards stays.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zlib import crc32

from django.utils import timezone

from events import tasks
from events.codes import ALPHABET, LENGTH
from events.deadlines import answer_by_hand, reached_by_machine
from events.models import (
    AccessNeed,
    Activity,
    Attendance,
    Booking,
    CapacityPool,
    Offer,
    Participation,
    TransportRequest,
    WaitlistEntry,
)
from portal.accounts.consents import current_text
from portal.accounts.models import Consent, ConsentPurpose
from portal.demo.event_guests import Guests, Party, Places, party_of
from portal.demo.made_up import key_of
from tenants.models import Tenant

Status = Participation.Status
BOOKED_BEFORE = timedelta(days=9)
BOOKED_WITHIN = 12 * 24  # hours
PICKED_UP_BEFORE = timedelta(minutes=45)
WAITING_SINCE = timedelta(days=3)
SENIOR = 60


@dataclass(slots=True)
class Rows:
    bookings: list[Booking] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    entries: list[WaitlistEntry] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    needs: list[AccessNeed] = field(default_factory=list)
    transport: list[TransportRequest] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)


def fill(places: Sequence[Places], guests: Guests) -> None:
    """Store the places with everybody who has one or waits for one."""
    rows = Rows()
    for some in places:
        if some.is_open(guests.now):
            _seat(some, guests, rows)
            _line_up(some, guests, rows)
    CapacityPool.objects.bulk_create(_pools(places, rows, guests.tenant))
    Booking.objects.bulk_create(rows.bookings)
    Participation.objects.bulk_create(rows.participations)
    WaitlistEntry.objects.bulk_create(rows.entries)
    Offer.objects.bulk_create(rows.offers)
    _take_consents(rows.needs, guests.tenant)
    AccessNeed.objects.bulk_create(rows.needs)
    TransportRequest.objects.bulk_create(rows.transport)
    Attendance.objects.bulk_create(rows.attendances)
    _date_back(places, rows, guests.now)
    for offer in rows.offers:
        tasks.expire_offers_of.defer_at(offer.expires_at, pool=str(offer.pool_id))


def _pools(places: Iterable[Places], rows: Rows, tenant: Tenant) -> Iterator[CapacityPool]:
    taken = Counter(row.place_id for row in rows.participations)
    for offer in rows.offers:
        taken[offer.pool_id] += offer.number
    for some in places:
        yield CapacityPool(
            pk=some.pool, taken=taken[some.pool],
            capacity=0 if some.is_cancelled else some.line["capacity"],
            waitlist_limit=0 if some.is_cancelled else some.line.get("waitlist_limit"),
        )  # fmt: skip
        for purpose, capacity in some.reserved.items():
            pk = some.reserved_id(purpose, tenant)
            yield CapacityPool(
                pk=pk, main_id=some.pool, purpose=purpose, capacity=capacity, taken=taken[pk]
            )


# Those who have a place


def _seat(some: Places, guests: Guests, rows: Rows) -> None:
    plan, line = some.plan, some.line
    gave_back = [party_of(entry) for entry in plan.get("gave_back", ())]
    seated = _seated(some, guests, apart=[*some.waiting, *gave_back])
    for number, party in enumerate(seated):
        waits_for_office = len(seated) - number <= plan.get("pending", 0)
        status = Status.PENDING_APPROVAL if waits_for_office else Status.CONFIRMED
        _book(some, party, status, some.pool, guests, rows)
    if "wheelchair_guest" in line:
        place = some.reserved_id(CapacityPool.Purpose.WHEELCHAIR, guests.tenant)
        party = party_of(line["wheelchair_guest"])
        _book(some, party, Status.CONFIRMED, place, guests, rows)
    for party in gave_back:
        _book(some, party, Status.CANCELLED_BY_PARTICIPANT, None, guests, rows)


def _seated(some: Places, guests: Guests, *, apart: Sequence[Party]) -> list[Party]:
    """Parties until as many places are taken as the plan says; other ones on another date."""
    line = some.line
    left = some.plan.get("booked", max(1, line["capacity"] * (35 + some.turn % 40) // 100))
    first = [party_of(entry) for entry in some.plan.get("first", ())]
    elsewhere = {*apart, *first, party_of(line.get("wheelchair_guest", ""))}
    listed = [party for party in guests.listed_for(line) if party not in elsewhere]
    turn = some.turn % len(listed)
    seated = []
    for party in (*first, *listed[turn:], *listed[:turn]):
        if len(party) <= left:
            seated.append(party)
            left -= len(party)
    return seated


def _book(
    some: Places, party: Party, status: Status, place: UUID | None, guests: Guests, rows: Rows
) -> Booking:  # fmt: skip
    booker = guests.people[party[0]]
    pk = key_of(f"booking {some.name} {party[0]}", guests.tenant)
    by_machine = reached_by_machine(booker)
    is_shown = some.activity.organisation_id is not None and pk.int % 4 > 0
    booking = Booking(
        pk=pk, pool_id=some.pool, booker=booker, notice=guests.notice, code=_code(pk),
        channel=Booking.Channel.WEB if by_machine else Booking.Channel.PHONE,
        taken_by=None if by_machine else guests.clerk,
        idempotency_key=key_of(f"form {pk}", guests.tenant),
        note=guests.lists["notes"].get(party[0], "") if some.is_coming(guests.now) else "",
        shows_names=is_shown, shows_contact=is_shown and pk.int % 2 == 0,
    )  # fmt: skip
    rows.bookings.append(booking)
    if some.is_cancelled and place is not None:
        status, place = Status.CANCELLED_BY_ORGANISER, None
    is_over = status not in Participation.ACTIVE
    for ordinal, key in enumerate(party):
        participation = Participation(
            pk=key_of(f"participation {pk} {key}", guests.tenant), booking=booking,
            person=guests.people[key], pool_id=some.pool, place_id=place, status=status,
            age=_age(key, some.activity), ordinal=ordinal,
            cancelled_at=guests.now - timedelta(hours=3) if is_over else None,
        )  # fmt: skip
        rows.participations.append(participation)
        if status == Status.CONFIRMED:
            _write_down(participation, some, guests, rows)
        if not is_over and some.is_coming(guests.now):
            rows.needs += _needs(key, participation, guests)
    if place is not None and some.activity.offers_transport and some.is_coming(guests.now):
        rows.transport += _transport(party, booking, some, guests)
    return booking


def _code(pk: UUID) -> str:
    """As :func:`events.codes.new_code`, and the same at every start."""
    places = (pk.int >> 5 * number for number in range(LENGTH))
    return "".join(ALPHABET[place % len(ALPHABET)] for place in places)


def _age(key: str, activity: Activity) -> int | None:
    if not activity.has_ages:
        return None
    if key == "child":
        return 9
    years = crc32(key.encode()) % 24
    return years + (SENIOR if (activity.age_min or 0) >= SENIOR else 28)


def _write_down(participation: Participation, some: Places, guests: Guests, rows: Rows) -> None:
    """Whether they were there: nearly everybody was."""
    for session in some.sessions:
        if session.ends_at > guests.now:
            continue
        others = {4: Attendance.State.NO_SHOW, 8: Attendance.State.EXCUSED}
        state = others.get(len(rows.attendances) % 9, Attendance.State.ATTENDED)
        pk = key_of(f"attendance {participation.pk} {session.pk}", guests.tenant)
        rows.attendances.append(
            Attendance(
                pk=pk, participation=participation, session=session, state=state,
                recorded_by=guests.clerk,
            )
        )  # fmt: skip


# What they asked for


def _needs(key: str, participation: Participation, guests: Guests) -> Iterator[AccessNeed]:
    for need in guests.lists["needs"].get(key, ()):
        yield AccessNeed(
            pk=key_of(f"need {participation.pk} {need}", guests.tenant),
            participation=participation, need=need,
        )  # fmt: skip


def _take_consents(needs: Iterable[AccessNeed], tenant: Tenant) -> None:
    people = {need.participation.person_id: need.participation.person for need in needs}
    text = current_text(ConsentPurpose.NEEDS)
    Consent.objects.bulk_create(
        (
            Consent(
                pk=key_of(f"consent to needs of {pk}", tenant), person=person, text=text,
                purpose=ConsentPurpose.NEEDS, means=Consent.Means.PHONE,
            )
            for pk, person in people.items()
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _transport(
    party: Party, booking: Booking, some: Places, guests: Guests
) -> Iterator[TransportRequest]:
    asked = guests.lists["transport"].get(party[0])
    if asked is None:
        return
    state = TransportRequest.State(asked["state"])
    is_decided = state != TransportRequest.State.REQUESTED
    starts_at = timezone.localtime(some.sessions[0].starts_at)
    yield TransportRequest(
        pk=key_of(f"transport {booking.pk}", guests.tenant), booking=booking, people=len(party),
        street=booking.booker.street, city=booking.booker.city, note=asked["note"], state=state,
        pickup_at=(starts_at - PICKED_UP_BEFORE).time()
        if state == TransportRequest.State.ARRANGED else None,
        decided_by=guests.clerk if is_decided else None,
        decided_at=guests.now if is_decided else None,
    )  # fmt: skip


# Those who wait


def _line_up(some: Places, guests: Guests, rows: Rows) -> None:
    for number, party in enumerate(some.waiting):
        booking = _book(some, party, Status.WAITING, None, guests, rows)
        has_offer = number == 0 and some.plan.get("offer", False)
        state = WaitlistEntry.State.OFFERED if has_offer else WaitlistEntry.State.WAITING
        entry = WaitlistEntry(
            pk=key_of(f"entry {booking.pk}", guests.tenant), booking=booking, pool_id=some.pool,
            size=len(party), state=state,
            joined_at=guests.now - WAITING_SINCE + number * timedelta(hours=5),
        )  # fmt: skip
        rows.entries.append(entry)
        if has_offer:
            starts_at = some.sessions[0].starts_at
            rows.offers.append(
                Offer(
                    pk=key_of(f"offer {entry.pk}", guests.tenant), entry=entry,
                    pool_id=some.pool, number=entry.size,
                    expires_at=answer_by_hand(booking.booker, starts_at, guests.now),
                )
            )  # fmt: skip


def _date_back(places: Iterable[Places], rows: Rows, now: datetime) -> None:
    """People booked over the last days, one after another; nobody what is over just now."""
    starts = {some.pool: some.sessions[0].starts_at for some in places if some.sessions}
    joined = {entry.booking_id: entry.joined_at for entry in rows.entries}
    for booking in rows.bookings:
        hours = 1 + crc32(str(booking.pk).encode()) % BOOKED_WITHIN
        booked = min(now - timedelta(hours=hours), starts[booking.pool_id] - BOOKED_BEFORE)
        booking.created_at = joined.get(booking.pk, booked)
    Booking.objects.bulk_update(rows.bookings, ["created_at"])
