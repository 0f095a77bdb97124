"""What the office does with one booking on somebody's behalf."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.links import token_of
from events.models import Attendance, Booking, Participation, Session
from portal.accounts.models import Consent
from portal.audit.models import AuditEntry
from portal.notifications.models import Delivery, Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import make_activity, make_session
from tests.events.running.evening import Evening, booked, booking_url, card, person_in

Status = Participation.Status
# A form in which nothing is chosen sends its token at least.
UNTICKED = {"csrfmiddlewaretoken": "x"}


def statuses(tenant: Tenant, booking: Booking) -> list[str]:
    with bind(tenant):
        return list(booking.participations.order_by("ordinal").values_list("status", flat=True))


def sent(tenant: Tenant, kind: str) -> int:
    with bind(tenant):
        return Message.objects.filter(kind=kind).count()


def test_one_of_a_party_is_cancelled(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    with bind(srem):
        jan = person_in(evening.anna, "Jan")
    address = booking_url(evening.anna.pk, "anuluj/")
    page = clerk.get(address).content.decode()
    assert page.count(" checked") == 2
    assert "this cannot be undone" in page
    answer = clerk.post(address, {"people": [str(jan.pk)]}, follow=True)
    assert "1 person is off the list." in answer.content.decode()
    assert statuses(srem, evening.anna) == [Status.CONFIRMED, Status.CANCELLED_BY_PARTICIPANT]
    with bind(srem):
        jan.refresh_from_db()
        assert jan.is_late  # it is today
        entry = AuditEntry.objects.get(action="booking.cancelled", object_id=evening.anna.pk)
        assert entry.details["by_staff"]
        assert entry.actor is not None


def test_nobody_ticked_cancels_nothing(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    page = clerk.post(booking_url(evening.anna.pk, "anuluj/"), UNTICKED).content.decode()
    assert "Tick at least one person." in page
    assert statuses(srem, evening.anna) == [Status.CONFIRMED] * 2


def test_somebody_of_another_booking_cannot_be_cancelled_here(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        zofia = person_in(evening.zofia, "Zofia")
    clerk.post(booking_url(evening.anna.pk, "anuluj/"), {"people": [str(zofia.pk)]})
    assert statuses(srem, evening.zofia) == [Status.PENDING_APPROVAL]


def test_what_is_over_is_not_cancelled_but_written_down(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    cancel = booking_url(evening.anna.pk, "anuluj/")
    assert cancel in clerk.get(evening.url("uczestnicy/")).content.decode()
    with bind(srem):
        now = timezone.now()
        Session.objects.filter(pk=evening.session.pk).update(
            starts_at=now - timedelta(hours=3), ends_at=now - timedelta(minutes=1)
        )
        people = list(evening.anna.participations.values_list("pk", flat=True))
    assert cancel not in clerk.get(evening.url("uczestnicy/")).content.decode()
    page = clerk.get(booking_url(evening.anna.pk)).content.decode()
    assert cancel not in page
    assert evening.url("obecnosc/") in page
    # The page may have been open since before the end.
    answer = clerk.post(cancel, {"people": list(map(str, people))}, follow=True).content.decode()
    assert "It is over. Write down who was there instead of cancelling." in answer
    assert statuses(srem, evening.anna) == [Status.CONFIRMED] * 2


def test_cancelled_twice_it_is_said(clerk: SiteClient, evening: Evening) -> None:
    page = clerk.get(booking_url(evening.gone.pk, "anuluj/"), follow=True).content.decode()
    assert page.count("Nobody of this booking is on the list any more.") == 2
    assert "What do they want?" not in page


def test_a_booking_is_approved_and_told(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    address = booking_url(evening.zofia.pk, "zgoda/")
    assert "Zofia Żak is told." in clerk.post(address, follow=True).content.decode()
    assert statuses(srem, evening.zofia) == [Status.CONFIRMED]
    clerk.post(address)
    assert sent(srem, "events/approved") == 1


def test_a_refusal_needs_a_reason_and_frees_the_place(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    address = booking_url(evening.zofia.pk, "odmowa/")
    assert "This field is required." in clerk.post(address, {"reason": " "}).content.decode()
    assert statuses(srem, evening.zofia) == [Status.PENDING_APPROVAL]
    page = clerk.post(address, {"reason": "Tylko dla Krzyszkowa."}, follow=True).content.decode()
    assert "Zofia Żak is told why." in page
    assert statuses(srem, evening.zofia) == [Status.CANCELLED_BY_ORGANISER]
    with bind(srem):
        words = Message.objects.get(kind="events/refused").content["pl"]["text"]
        assert "Tylko dla Krzyszkowa." in words
    again = clerk.post(booking_url(evening.zofia.pk, "zgoda/"), follow=True).content.decode()
    assert "Somebody has changed this meanwhile." in again


def test_what_was_to_be_said_by_the_link_is_said_on_the_telephone(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        evening.anna.participations.update(status=Status.UNVERIFIED)
    page = clerk.get(booking_url(evening.anna.pk)).content.decode()
    assert "They have not confirmed by the link yet." in page
    clerk.post(booking_url(evening.anna.pk, "potwierdz/"))
    assert statuses(srem, evening.anna) == [Status.CONFIRMED] * 2
    gone = clerk.post(booking_url(evening.gone.pk, "potwierdz/"), follow=True).content.decode()
    assert "the places went to others" in gone


def test_a_new_link_makes_the_old_one_worthless(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        before = token_of(evening.anna)
    page = clerk.post(booking_url(evening.anna.pk, "link/"), follow=True).content.decode()
    assert "A new link is on its way to Anna Łącka." in page
    with bind(srem):
        evening.anna.refresh_from_db()
        assert token_of(evening.anna) != before
        assert Delivery.objects.filter(message__kind="events/link", channel="sms").count() == 1


def test_who_has_no_way_to_be_told_gets_the_slip(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        silent = Booking.objects.get(booker__first_name="Celina")
    page = clerk.post(booking_url(silent.pk, "link/"), follow=True).content.decode()
    assert "can only be told in person: print the slip" in page
    assert sent(srem, "events/link") == 0


def test_the_slip_is_a_pdf(clerk: SiteClient, evening: Evening) -> None:
    answer = clerk.get(booking_url(evening.anna.pk, "kartka.pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert evening.anna.code in answer.headers["Content-Disposition"]


def test_a_party_comes_on_another_date(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    address = booking_url(evening.anna.pk, "przenies/")
    assert "places left: 6" in clerk.get(address).content.decode()
    assert "Choose a date." in clerk.post(address, UNTICKED).content.decode()
    page = clerk.post(address, {"session": str(evening.other.pk)}, follow=True).content.decode()
    assert "The booking is moved." in page
    with bind(srem):
        evening.anna.refresh_from_db()
        assert evening.anna.pool_id == evening.other.pool_id
        assert set(evening.anna.participations.values_list("pool", flat=True)) == {
            evening.other.pool_id
        }


def test_a_full_date_refuses_the_whole_party(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        booked(evening.other, *(card("Adam", f"Kos{one}") for one in range(5)))
    page = clerk.post(
        booking_url(evening.anna.pk, "przenies/"), {"session": str(evening.other.pk)}, follow=True
    ).content.decode()
    assert "Places left: 1. People in your booking: 2." in page
    with bind(srem):
        evening.anna.refresh_from_db()
        assert evening.anna.pool_id == evening.session.pool_id


def test_a_course_has_no_other_date(clerk: SiteClient, srem: Tenant) -> None:
    with bind(srem):
        course = make_activity(kind="course")
        session = make_session(course)
        make_session(course)
        booking = booked(session, card("Irena", "Kos"))
    assert (
        "There is no other date" in clerk.get(booking_url(booking.pk, "przenies/")).content.decode()
    )


def test_a_date_of_another_activity_is_no_choice(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        stranger = make_session(make_activity("Inne"))
    address = booking_url(evening.anna.pk, "przenies/")
    assert (
        "Select a valid choice"
        in clerk.post(address, {"session": str(stranger.pk)}).content.decode()
    )


def test_transport_is_asked_for_with_the_address_of_the_card(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        booking = Booking.objects.get(booker__first_name="Celina")
        booking.booker.city = "Pysząca"
        booking.booker.save()
    address = booking_url(booking.pk, "dowoz/")
    assert 'value="Pysząca"' in clerk.get(address).content.decode()
    wrong = {"people": "2", "street": "ul. Leśna 2", "city": "Pysząca", "note": ""}
    assert "People of this booking: 1." in clerk.post(address, wrong).content.decode()
    clerk.post(address, {**wrong, "people": "1"})
    with bind(srem):
        assert Booking.objects.get(pk=booking.pk).transport.street == "ul. Leśna 2"


def test_needs_are_written_down_with_consent_only(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    address = booking_url(evening.zofia.pk, "potrzeby/")
    refused = clerk.post(address, {"person_1": ["induction_loop"]}).content.decode()
    assert "without their consent we keep none" in refused
    with bind(srem):
        zofia = person_in(evening.zofia, "Zofia")
        assert not zofia.needs.exists()
    clerk.post(address, {"person_1": ["induction_loop"], "agreed": "on"})
    with bind(srem):
        assert [need.need for need in zofia.needs.all()] == ["induction_loop"]
        consent = Consent.objects.get(person=zofia.person, purpose="needs")
        assert consent.recorded_by is not None
    clerk.post(address, UNTICKED)
    with bind(srem):
        assert not zofia.needs.exists()


@pytest.mark.parametrize("part", ["dowoz/", "potrzeby/", "anuluj/"])
def test_of_a_cancelled_booking_nothing_is_asked(
    part: str, clerk: SiteClient, evening: Evening
) -> None:
    page = clerk.get(booking_url(evening.gone.pk, part), follow=True).content.decode()
    assert "Nobody of this booking is on the list any more." in page


def test_the_page_of_a_booking_says_everything(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        Attendance.objects.create(
            participation=person_in(evening.anna, "Jan"), session=evening.session, state="attended"
        )
    page = clerk.get(booking_url(evening.anna.pk)).content.decode()
    for words in (
        evening.anna.readable_code, "Anna Łącka", "Jan Łącki", "600 100 200",
        "Przyjdzie wcześniej", "ul. Polna 1, Krzyszkowo", "was there", "Print the slip",
    ):  # fmt: skip
        assert words in page, words
