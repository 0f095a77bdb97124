"""Each refusal of the table: its code, its status, its sentence."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from events import refusals
from events.actions.choose_waiting_list import choose_waiting_list
from events.actions.hold_places import hold_places
from events.actions.start_draft import start_draft
from events.models import Activity, Session
from events.refusals import BookingRefused, Closed, NotOpen, NotTakingPlace
from portal.places.models import Contact, ContactPhone
from tests.events.engine.booking_forms import begun, pool_of
from tests.events.making import in_days, make_activity, make_session

OPENS = timezone.make_aware(datetime(2026, 3, 3, 8))  # noqa: DTZ001 (made aware)
# Made in the test, in its language.
WORDS: list[tuple[Callable[[], BookingRefused], str, int, str]] = [
    (refusals.OpportunityIsFull, "OpportunityIsFull", 409,
     "No places are left. You can join the waiting list."),
    (lambda: refusals.HasInsufficientCapacity(2, 3), "HasInsufficientCapacity", 409,
     "Places left: 2. People in your booking: 3."),
    (refusals.CapacityIsReservedByLease, "CapacityIsReservedByLease", 409,
     "The free place is waiting for somebody from the waiting list."),
    (lambda: refusals.OpportunityIsInConflict("Chór"), "OpportunityIsInConflict", 409,
     "You already have Chór at that time. Book all the same?"),
    (lambda: refusals.AlreadyBooked(["Anna"]), "already_booked", 409,
     "Already on this list: Anna."),
    (lambda: refusals.AgeNotAllowed(60, None), "age_not_allowed", 422,
     "The activity is for people aged 60 or more."),
    (lambda: refusals.AgeNotAllowed(None, 12), "age_not_allowed", 422,
     "The activity is for people aged up to 12."),
    (lambda: refusals.NotOpen(OPENS), "not_open", 403, "Booking opens on 3 March 2026, 8:00."),
    (lambda: refusals.Closed("61 283 01 22"), "closed", 403,
     "Booking on the site has ended. Call: 61 283 01 22."),
    (refusals.CancellationNotPermitted, "CancellationNotPermitted", 403,
     "The time to give the place back on the site has passed. Call us."),
    (refusals.LinkExpired, "link_expired", 410, "This link is no longer valid."),
    (refusals.OfferExpired, "offer_expired", 410,
     "The time to answer has passed and the place went to the next person in line."),
    (refusals.Busy, "busy", 503,
     "Many people are booking just now. Your answers are kept. Try again in a moment."),
]  # fmt: skip


@pytest.mark.parametrize(("made", "code", "status", "sentence"), WORDS)
def test_words(made: Callable[[], BookingRefused], code: str, status: int, sentence: str) -> None:
    refusal = made()
    assert (refusal.code, refusal.status, str(refusal)) == (code, status, sentence)


@pytest.mark.usefixtures("here")
class TestWhenNobodyCanBook:
    """At each step: the page may have been open since yesterday."""

    def refused(self, session: Session, refusal: type[BookingRefused]) -> BookingRefused:
        rules = {name: getattr(session.activity, name) for name in ("opens_days_before", "status")}
        rules["closes_hours_before"] = session.activity.closes_hours_before
        status, cancelled_at = session.status, session.cancelled_at
        # Begun while one could.
        Activity.objects.update(opens_days_before=None, closes_hours_before=0, status="published")
        Session.objects.update(status="published", cancelled_at=None)
        draft = begun(pool_of(session))
        Activity.objects.update(**rules)
        Session.objects.update(status=status, cancelled_at=cancelled_at)
        with pytest.raises(refusal):
            hold_places(draft=draft, party_size=1)
        with pytest.raises(refusal):
            choose_waiting_list(draft=draft, party_size=1)
        with pytest.raises(refusal) as told:
            start_draft(activity=session.activity, pool=pool_of(session), client="one", person=None)
        return told.value

    def test_before_it_opens(self) -> None:
        session = make_session(make_activity(opens_days_before=3), starts_at=in_days(10))
        told = self.refused(session, NotOpen)
        assert isinstance(told, NotOpen)
        assert told.opens_at == in_days(7, hour=8)

    def test_after_it_closes(self) -> None:
        session = make_session(
            make_activity(closes_hours_before=24), starts_at=timezone.now() + timedelta(hours=20)
        )
        assert str(self.refused(session, Closed)) == "Booking on the site has ended. Call us."
        lead = Contact.objects.create(role="OSL", is_lead=True)
        ContactPhone.objects.create(contact=lead, number="61 283 01 22")
        assert str(self.refused(session, Closed)).endswith("Call: 61 283 01 22.")
        own = Contact.objects.create(role="Instruktorka")
        ContactPhone.objects.create(contact=own, number="600 100 200")
        session.activity.contact = own
        session.activity.save()
        assert str(self.refused(session, Closed)).endswith("Call: 600 100 200.")

    @pytest.mark.parametrize("status", ["draft", "withdrawn", "submitted"])
    def test_of_what_is_not_on_the_site(self, status: str) -> None:
        self.refused(make_session(make_activity(status=status)), NotTakingPlace)

    def test_of_what_is_cancelled(self) -> None:
        session = make_session(status="cancelled", cancelled_at=timezone.now())
        self.refused(session, NotTakingPlace)

    def test_of_a_course_that_has_begun(self) -> None:
        course = make_activity(kind="course", closes_hours_before=0)
        yesterday = timezone.now() - timedelta(days=1)
        make_session(course, starts_at=yesterday)
        make_session(course, starts_at=in_days(6))
        with pytest.raises(Closed):
            start_draft(activity=course, pool=pool_of(course), client="one", person=None)
