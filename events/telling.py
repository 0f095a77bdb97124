"""Telling everybody who has booked a date about it: that it is moved, cancelled, or soon.

Each of them once: whoever has several bookings gets one message with all of them, and ``Told``
keeps a job that runs again from saying it again. A date's row is locked meanwhile, so two jobs come
one after the other; a job is one transaction, so one that dies has told nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from events.availability import office_phone
from events.message_words import About, Held, deadline, when
from events.messages import calendar_for
from events.models import Booking, Offer, Participation, Session, Told
from events.occasions import occasion_of
from portal.accounts.merging import current_person
from portal.accounts.models import Person
from portal.notifications.promise import File, promise
from portal.notifications.quiet import is_quiet, next_waking_moment

Status = Participation.Status
# Whoever would set out before the morning's messages are read is told in the night.
TIME_TO_READ = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody and all they have booked on one date."""

    person: Person
    bookings: Sequence[Booking]

    @property
    def participations(self) -> list[Participation]:
        return [one for booking in self.bookings for one in booking.told_of]  # type: ignore[attr-defined]

    @property
    def people(self) -> list[str]:
        return [str(one.person) for one in self.participations]

    @property
    def only_waits(self) -> bool:
        return all(one.status == Status.WAITING for one in self.participations)


def locked_session(pk: UUID) -> Session | None:
    return (
        Session.objects.select_for_update(of=("self",), no_key=True)
        .select_related("activity__contact", "place", "room")
        .filter(pk=pk)
        .first()
    )


def tell_moved(session: Session, *, sequence: int) -> None:
    """
    Args:
        sequence: of the move; whoever has been told of it, or of a later one, knows.
    """
    # Of the last change of the time, which may be older than this one of the place.
    was = session.previous_start if session.previous_start != session.starts_at else None
    _tell_all(
        [session],
        Told.About.MOVED,
        _urgent_if_soon("events/moved", min(session.starts_at, was or session.starts_at)),
        readers_of(session, Q(status__in=Participation.ACTIVE)),
        known=Q(sequence__gte=sequence),
        expires_at=session.ends_at,
        was=was and partial(deadline, was),
    )


def tell_cancelled(session: Session, *, sequence: int) -> None:
    """Also those whose places fell with the date; of a course, all dates that fell at once."""
    fell = Q(status=Status.CANCELLED_BY_ORGANISER, cancelled_at__gte=session.cancelled_at)
    dates, others = [session], []
    if session.activity.is_course:
        of_course = Session.objects.filter(activity=session.activity).in_order()
        others = list(of_course.taking_place().upcoming())
        with_it = of_course.filter(cancelled_at=session.cancelled_at).exclude(pk=session.pk)
        dates += list(with_it.select_related("place", "room"))
    _tell_all(
        dates,
        Told.About.CANCELLED,
        _urgent_if_soon("events/cancelled", session.starts_at),
        readers_of(session, Q(status__in=Participation.ACTIVE) | fell),
        known=Q(sequence__gte=sequence),
        expires_at=dates[-1].ends_at,
        others=partial(_in_words, others),
    )


def tell_reminder(session: Session, about: Told.About, *, due: datetime) -> None:
    """
    Args:
        due: when the day of the reminder began. Whoever booked, or got a place, later knows without
            one; so does whoever was reminded since.
    """
    from_the_line = Offer.objects.filter(
        entry__booking=OuterRef("booking"), state=Offer.State.ACCEPTED, made_at__gte=due
    )
    wanted = Q(status=Status.CONFIRMED, created_at__lt=due) & Q(~Exists(from_the_line))
    _tell_all(
        [session],
        about,
        "events/reminder",
        [one for one in readers_of(session, wanted) if _can_be_reminded(one.person, about)],
        known=Q(told_at__gte=due) | Q(sequence=session.sequence),
        expires_at=session.starts_at,
    )


def readers_of(session: Session, wanted: Q) -> list[Reader]:
    """Who booked places of the ``wanted`` kind on a date, in two queries."""
    pool = session.places
    participations = Participation.objects.filter(wanted).select_related("person")
    bookings = (
        Booking.objects.filter(Exists(participations.filter(booking=OuterRef("pk"))), pool=pool)
        .select_related("booker", "pool")
        .prefetch_related(Prefetch("participations", participations, to_attr="told_of"))
        .order_by("created_at", "pk")
    )
    found: dict[Person, list[Booking]] = defaultdict(list)
    for booking in bookings:
        booker = booking.booker
        person = current_person(booker.pk) if booker.merged_into_id else booker
        if person.erased_at is None:
            found[person].append(booking)
    return [Reader(person, theirs) for person, theirs in found.items()]


def _tell_all(
    dates: Sequence[Session],
    about: Told.About,
    kind: str,
    readers: Iterable[Reader],
    *,
    known: Q,
    expires_at: datetime,
    **more: Any,
) -> None:
    session = dates[0]
    told = Told.objects.filter(known, session=session, about=about)
    knows = set(told.values_list("person", flat=True))
    new = [reader for reader in readers if reader.person.pk not in knows]
    if not new:
        return
    Told.objects.bulk_create(
        Told(session=session, person=reader.person, about=about, sequence=session.sequence)
        for reader in new
    )
    for date in dates:
        date.activity = session.activity
    prefetch_related_objects(dates, "activity__texts", "place__access_facts")
    office, occasion = office_phone(session.activity), occasion_of(new[0].bookings[0].pool)
    files: dict[str, list[File]] = {}
    for reader in new:
        words = About(
            activity=session.activity,
            sessions=dates,
            office=office,
            held=[Held(booking) for booking in reader.bookings],
            people=reader.people,
            begins_at=occasion.first.starts_at,
            only_waits=reader.only_waits,
        )
        promise(
            kind,
            to=[reader.person],
            context={"about": words, **more},
            files=_files(about, reader.person, words, files),
            expires_at=expires_at,
        )


def _files(
    about: Told.About, person: Person, words: About, made: dict[str, list[File]]
) -> list[File]:
    """A changed date, for the calendar it is in already; made once for each language."""
    if about not in {Told.About.MOVED, Told.About.CANCELLED}:
        return []
    if person.channel != Person.Channel.EMAIL:
        return []
    if person.language not in made:
        made[person.language] = calendar_for(person, words)
    return made[person.language]


def _can_be_reminded(person: Person, about: Told.About) -> bool:
    """Nobody looks for somebody only to remind them, and a letter takes more than a day."""
    return bool(person.channel) and not (
        about == Told.About.DAY_BEFORE and person.channel == Person.Channel.LETTER
    )


def _urgent_if_soon(kind: str, first: datetime) -> str:
    now = timezone.now()
    is_soon = is_quiet(now) and first < next_waking_moment(now) + TIME_TO_READ
    return f"{kind}_now" if is_soon else kind


def _in_words(sessions: Iterable[Session]) -> list[str]:
    return [when(session.starts_at, session.ends_at) for session in sessions]
