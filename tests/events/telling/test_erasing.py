"""Somebody is erased: what they had is offered to others, what proves a project's work stays."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from events import holding
from events.actions.start_draft import start_draft
from events.declared.bookings import retain as retain_bookings
from events.links import booking_for, token_of
from events.models import (
    AccessNeed,
    Attendance,
    Booking,
    BookingDraft,
    CalendarFeed,
    Hold,
    Offer,
    Participation,
    Session,
    Told,
    TransportRequest,
    WaitlistEntry,
)
from events.reconcile import drifted_pools
from events.refusals import LinkExpired
from portal.accounts.actions.erase_person import erase_person
from portal.accounts.actions.merge_people import merge_people
from portal.accounts.models import Person, User
from portal.accounts.privacy import locks_on
from portal.accounts.tasks import forget_erased_people
from tenants.binding import bind
from tenants.models import Institution, Project, Tenant
from tenants.roles import as_owner
from tests.events.making import in_days, make_activity, make_session
from tests.events.telling.lists import (
    book,
    companion,
    copies,
    free,
    offered,
    pool_of,
    reader,
    text_of,
    told,
)

EVENTS = {"events_attendance", "events_participation", "events_booking"}


def erase(person: Person) -> set[str]:
    """The tables that something is kept in."""
    erasure = erase_person(person=Person.objects.get(pk=person.pk), acting_user=None)
    return {row["table"] for row in erasure.kept}


PROJECT = uuid4()


def was_there(session: Session, booking: Booking, state: str = "attended") -> None:
    for participation in booking.participations.all():
        Attendance.objects.create(participation=participation, session=session, state=state)


def test_place_to_come_is_offered_to_the_next_in_line(here: Tenant) -> None:
    session = make_session(capacity=2)
    leaving = reader("Anna Odchodzi")
    book(session, leaving)
    book(session, reader("Ewa Zostaje"))
    book(session, reader("Jan Czeka"), status="waiting")
    assert erase(leaving) == set()
    offer = Offer.objects.get()
    assert (offer.state, str(offer.entry.booking.booker)) == ("open", "Jan Czeka")
    assert told("events/offer") == ["Jan Czeka"]
    assert free(session) == 0
    assert drifted_pools() == []
    assert not Person.objects.filter(pk=leaving.pk).exists()
    assert Booking.objects.count() == 2


def test_offer_somebody_had_goes_to_the_next(here: Tenant) -> None:
    session = make_session(capacity=1)
    leaving = reader("Anna Odchodzi")
    offered(book(session, leaving, status="waiting"))
    book(session, reader("Jan Czeka"), status="waiting")
    erase(leaving)
    offer = Offer.objects.get()
    assert (offer.state, str(offer.entry.booking.booker)) == ("open", "Jan Czeka")
    assert WaitlistEntry.objects.count() == 1
    assert drifted_pools() == []


def test_everything_around_a_booking_goes_too(here: Tenant) -> None:
    session = make_session()
    leaving = reader("Anna Odchodzi")
    booking = book(session, leaving, note="Przyjadę rowerem")
    AccessNeed.objects.create(participation=booking.participations.get(), need="lift")
    TransportRequest.objects.create(booking=booking, people=1, street="Polna 1", city="Śrem")
    Told.objects.create(session=session, person=leaving, about="week", sequence=0)
    CalendarFeed.objects.create(person=leaving, token_digest="x")
    assert erase(leaving) == set()
    for model in (Booking, Participation, AccessNeed, TransportRequest, Told, CalendarFeed):
        assert not model.objects.exists(), model


def test_forms_begun_by_the_person_go_and_give_their_places_back(here: Tenant) -> None:
    """Also one begun as a guest that has their phone in it, or that has become a booking."""
    session = make_session(capacity=4)
    pool = pool_of(session)
    leaving, stays = reader("Anna Odchodzi"), reader("Ewa Zostaje")
    drafts = [
        start_draft(activity=session.activity, pool=pool, client=client, person=person)
        for client, person in (("a", leaving), ("b", None), ("c", stays), ("d", None))
    ]
    drafts[1].answers = {"kontakt": {"phone": str(leaving.phone)}}
    drafts[3].booking = book(session, leaving)
    for slot, draft in enumerate(drafts[:3]):
        assert holding.change(draft, 1, {}) is not None
        holding.keep(draft, {pool.pk: 1})
        draft.slot, draft.held_until = slot % 2 + 1, timezone.now() + timedelta(minutes=9)
    for draft in drafts:
        draft.save()
    assert free(session) == 0
    erase(leaving)
    assert list(BookingDraft.objects.values_list("client", flat=True)) == ["c"]
    assert Hold.objects.count() == 1
    assert free(session) == 3
    assert drifted_pools() == []


def test_booking_for_others_goes_on_in_the_name_of_one_of_them(here: Tenant) -> None:
    session = make_session(capacity=3)
    mother, father = reader("Anna Matka"), reader("Jan Ojciec")
    booking = book(session, mother, companion("Staś Syn"), father, note="Alergia Anny")
    TransportRequest.objects.create(booking=booking, people=3, street="Polna 1", city="Śrem")
    old_link = booking.code, token_of(booking)
    erase(mother)
    booking = Booking.objects.get()
    assert (booking.booker, booking.note) == (father, "")
    assert {str(one.person) for one in booking.participations.all()} == {"Staś Syn", "Jan Ojciec"}
    assert free(session) == 1
    assert not TransportRequest.objects.exists()
    with pytest.raises(LinkExpired):
        booking_for(*old_link)
    [copy] = copies("events/link")
    assert copy.person == father
    assert token_of(booking) in text_of(copy)


def test_attendance_paid_for_by_a_project_stays_with_what_it_rests_on_and_says_until_when(
    here: Tenant,
) -> None:
    paid = make_session(make_activity(project=PROJECT), starts_at=in_days(-3))
    missed = make_session(make_activity(project=PROJECT), starts_at=in_days(-4))
    unpaid = make_session(starts_at=in_days(-5))
    leaving = reader("Anna Odchodzi")
    was_there(paid, book(paid, leaving, note="Przyjdę później"))
    was_there(missed, book(missed, leaving), "no_show")
    was_there(unpaid, book(unpaid, leaving))
    locks = locks_on(leaving)
    assert {lock.table for lock in locks} == {*EVENTS, "accounts_person"}
    assert {lock.until for lock in locks} == {date(paid.starts_at.year + 6, 12, 31)}
    assert erase(leaving) == {*EVENTS, "accounts_person"}
    booking = Booking.objects.get()
    assert (booking.pool, booking.note) == (paid.pool, "")
    assert [row.session for row in Attendance.objects.all()] == [paid]
    row = Person.objects.get(pk=leaving.pk)
    assert (row.full_name, row.email) == ("Anna Odchodzi", "")
    assert drifted_pools() == []


def test_evidence_is_kept_from_the_end_of_the_project_where_that_is_later(
    own_database: str,
) -> None:
    ends_on = timezone.localdate() + timedelta(days=800)
    with as_owner():
        paid_by = Project.objects.create(
            key="siec", title="Sieć CUS", ends_on=ends_on, date_precision="day",
            leader=Institution.objects.create(name="ROPS", kind="leader"),
            starts_on=timezone.localdate(),
        )  # fmt: skip
    with bind(Tenant.objects.get(domains__domain="srem.localhost")):
        session = make_session(make_activity(project=paid_by.pk), starts_at=in_days(-3))
        person = reader()
        was_there(session, book(session, person))
        assert {lock.until for lock in locks_on(person)} == {date(ends_on.year + 6, 12, 31)}


def test_evidence_of_a_course_stays_and_its_coming_dates_are_free(here: Tenant) -> None:
    course = make_activity(kind="course", capacity=1, project=PROJECT)
    first = make_session(course, starts_at=in_days(-7))
    make_session(course, starts_at=in_days(7))
    leaving = reader("Anna Odchodzi")
    was_there(first, book(first, leaving))
    erase(leaving)
    assert free(first) == 1
    assert Attendance.objects.count() == 1
    assert drifted_pools() == []


def test_evidence_written_for_a_merged_card_stays_on_the_card_that_keeps_the_name(
    here: Tenant,
) -> None:
    session = make_session(make_activity(project=PROJECT), starts_at=in_days(-3))
    kept, merged = reader("Ewa Nowak"), reader("Ewa Nowakowa")
    osl = User.objects.get(email=f"osl@{here.schema_name}.example")
    merge_people(kept=kept, merged=merged, acting_user=osl)
    booking = book(session, merged)  # by somebody who did not know of the merge
    was_there(session, booking)
    erase(kept)
    participation = Participation.objects.get()
    assert (participation.person, participation.booking.booker) == (kept, kept)
    assert not Person.objects.filter(pk=merged.pk).exists()


def test_what_was_kept_goes_when_its_time_has_passed(
    here: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = make_session(make_activity(project=PROJECT), starts_at=in_days(-3))
    leaving = reader("Anna Odchodzi")
    was_there(session, book(session, leaving))
    erase(leaving)
    last_day = date(session.starts_at.year + 6, 12, 31)
    real = timezone.localdate
    for day, stays in ((last_day, True), (last_day + timedelta(days=1), False)):
        with monkeypatch.context() as patch:
            patch.setattr(
                "events.declared.evidence.timezone.localdate",
                lambda moment=None, day=day: real(moment) if moment else day,
            )
            forget_erased_people()
        assert Person.objects.filter(pk=leaving.pk).exists() is stays
        assert Attendance.objects.exists() is stays
    assert not Booking.objects.exists()


def test_bookings_go_two_years_after_the_last_date_but_for_evidence(here: Tenant) -> None:
    old, recent = make_session(starts_at=in_days(-731)), make_session(starts_at=in_days(-700))
    paid = make_session(make_activity(project=PROJECT), starts_at=in_days(-731))
    course = make_activity(kind="course")
    begun_long_ago = make_session(course, starts_at=in_days(-740))
    make_session(course, starts_at=in_days(-600))
    for session in (old, recent, paid, begun_long_ago):
        was_there(session, book(session, reader()))
    attended = Booking.objects.get(pool=paid.pool)
    book(paid, reader("Jan Nieobecny"))
    retain_bookings()
    left = {booking.pool_id for booking in Booking.objects.all()}
    assert left == {recent.pool_id, paid.pool_id, course.pool_id}
    assert list(Booking.objects.filter(pool=paid.pool)) == [attended]
    assert drifted_pools() == []


def test_neighbouring_gmina_keeps_its_people(srem: Tenant, kety: Tenant) -> None:
    with bind(kety):
        session = make_session(capacity=1)
        neighbour = reader("Anna Sąsiadka")
        book(session, neighbour)
    with bind(srem):
        leaving: Any = reader("Anna Odchodzi", id=neighbour.pk)
        book(make_session(), leaving)
        erase(leaving)
    with bind(kety):
        assert str(Participation.objects.get().person) == "Anna Sąsiadka"
