"""Writing a booking down: its people, what they need, how they come. Places are taken before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from events.matching_people import Comer
from events.models import (
    AccessNeed,
    Activity,
    Booking,
    Participation,
    TransportRequest,
    WaitlistEntry,
)
from events.party import Attendee, Transport
from events.refusals import AgeNotAllowed
from portal.accounts.consents import current_text
from portal.accounts.models import Consent, ConsentPurpose, Person
from portal.audit.models import record

Status = Participation.Status
_AGREED_BY = {
    Booking.Channel.WEB: Consent.Means.ONLINE,
    Booking.Channel.DESK: Consent.Means.PAPER,
    Booking.Channel.PHONE: Consent.Means.PHONE,
    Booking.Channel.PARTNER: Consent.Means.PAPER,
}


def check_ages(activity: Activity, attendees: Iterable[Attendee], *, must_be_told: bool) -> None:
    """
    Raises:
        AgeNotAllowed: somebody is too young or too old, or has not said.
    """
    if not activity.has_ages:
        return
    for attendee in attendees:
        if must_be_told if attendee.age is None else not activity.admits(attendee.age):
            raise AgeNotAllowed(activity.age_min, activity.age_max)


def save_new_people(people: Iterable[Person], notice: UUID | None) -> None:
    """
    Raises:
        ValidationError: the way to reach somebody lacks its means.
    """
    new = list(people)
    for person in new:
        person.notice_id = notice
        person.clean()
        person.set_keys()
    if new:
        Person.objects.bulk_create(new)


def enrol(
    booking: Booking,
    comers: Sequence[Comer],
    *,
    status: Status,
    places: Mapping[UUID, int],
    transport: Transport | None = None,
) -> list[Participation]:
    """Save the booking, its people in their order, what they need and how they come.

    Args:
        places: how many places in which pool; none on the waiting list.
    """
    booking.save(force_insert=True)
    participations = [
        Participation(
            booking=booking, person=comer.person, pool_id=booking.pool_id, place_id=place,
            status=status, age=comer.attendee.age, ordinal=ordinal,
        )
        for ordinal, (comer, place) in enumerate(
            zip(comers, _one_each(booking.pool_id, places, comers), strict=True)
        )
    ]  # fmt: skip
    Participation.objects.bulk_create(participations)
    if status == Status.WAITING and participations:
        WaitlistEntry.objects.create(
            booking=booking, pool_id=booking.pool_id, size=len(participations)
        )
    needs = {
        one.pk: comer.attendee.needs for one, comer in zip(participations, comers, strict=True)
    }
    write_needs(participations, needs, booking.channel, recorded_by=booking.taken_by)
    write_transport(booking, transport, len(participations))
    return participations


def status_of(activity: Activity) -> Status:
    """Of places that nobody has to confirm by a link."""
    return Status.PENDING_APPROVAL if activity.needs_approval else Status.CONFIRMED


def write_needs(
    participations: Sequence[Participation],
    needs: Mapping[UUID, Iterable[str]],
    channel: str,
    *,
    recorded_by: UUID | None,
) -> None:
    """What people need, with the consent to keep it.

    Args:
        needs: by the id of the participation.
        channel: of the booking: how they agreed.
    """
    rows = [
        AccessNeed(participation=participation, need=need)
        for participation in participations
        for need in needs.get(participation.pk, ())
    ]
    if not rows:
        return
    AccessNeed.objects.bulk_create(rows, ignore_conflicts=True)
    people = {row.participation.person_id for row in rows}
    _consents(people, _AGREED_BY[Booking.Channel(channel)], recorded_by)


def write_transport(booking: Booking, transport: Transport | None, party: int) -> None:
    if transport is not None and transport.people and party:
        TransportRequest.objects.create(
            booking=booking, people=min(transport.people, party), street=transport.street[:120],
            city=transport.city[:80], note=transport.note[:200],
        )  # fmt: skip


def give_up(participations: Sequence[Participation], status: Status, now: datetime) -> None:
    """They no longer come: what was kept so that they can is not needed any more."""
    for participation in participations:
        participation.status = status
        participation.place = None
        participation.cancelled_at = now
    Participation.objects.bulk_update(
        participations, ["status", "place", "cancelled_at", "is_late"]
    )
    AccessNeed.objects.filter(participation__in=participations).delete()


def _one_each(main: UUID, places: Mapping[UUID, int], comers: Sequence[Comer]) -> list[UUID | None]:
    """A place for each; those set aside for wheelchairs go to who asks for a way without steps."""
    if not places:
        return [None] * len(comers)
    general = [main] * places.get(main, 0)
    aside = [pool for pool, number in places.items() if pool != main for _ in range(number)]
    found: list[UUID | None] = [None] * len(comers)
    in_order = sorted(
        range(len(comers)),
        key=lambda one: AccessNeed.Need.STEP_FREE not in comers[one].attendee.needs,
    )
    for place, one in zip([*aside, *general], in_order, strict=True):
        found[one] = place
    return found


def _consents(people: set[UUID], means: Consent.Means, recorded_by: UUID | None) -> None:
    agreed = Consent.objects.valid().filter(person__in=people, purpose=ConsentPurpose.NEEDS)
    new = sorted(people - set(agreed.values_list("person", flat=True)))
    if not new:
        return
    text = current_text(ConsentPurpose.NEEDS)
    for person in new:
        consent, is_new = Consent.objects.get_or_create(
            person_id=person, purpose=ConsentPurpose.NEEDS, withdrawn_at=None,
            defaults={"text": text, "means": means, "recorded_by": recorded_by},
        )  # fmt: skip
        if is_new:
            record(
                "consent.given", actor=recorded_by, of=consent, person=person,
                purpose=ConsentPurpose.NEEDS.value, means=means.value,
            )  # fmt: skip
