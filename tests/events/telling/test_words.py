"""What stands in the messages: what, when, where, who, the code, the link, whom to call."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from icalendar import Calendar

from events import messages
from events.links import manage_path
from events.models import Activity, Booking, Session, TransportRequest
from portal.accounts.models import Organisation, OrganisationMember, User
from portal.notifications.sms_length import sms_size
from portal.places.models import Contact, ContactPhone
from tenants.formats import day
from tenants.models import Tenant
from tests.events.making import in_days, make_activity, make_place, make_session
from tests.events.telling.lists import book, companion, copies, offered, pool_of, reader, text_of

LONG = "Warsztaty fotografii przyrodniczej i rodzinnej dla początkujących"


@pytest.fixture
def party(here: Tenant) -> Booking:
    """A grandmother and a boy, in a hall with a lift, for 20 złoty."""
    contact = Contact.objects.create(role="Animatorka")
    ContactPhone.objects.create(contact=contact, number="61 283 07 11")
    place = make_place("Dom Kultury")
    place.directions = "Autobus 5,\nprzystanek Rynek."
    place.save()
    activity = make_activity("Robotyka", fee=20, fee_note="Zniżka dla rodzin.", contact=contact)
    session = make_session(activity, place=place, note="Weź kapcie.")
    return book(session, reader("Anna Nowak"), companion("Staś Nowak"))


def only(kind: str) -> str:
    [copy] = copies(kind)
    return text_of(copy)


def link_of(booking: Booking) -> str:
    with translation.override("en"):
        return f"http://srem.localhost:8000{manage_path(booking)}"


def test_confirmation_says_what_when_where_who_for_how_much_and_whom_to_call(
    party: Booking,
) -> None:
    messages.tell_booked(party)
    text = only("events/booked")
    session = Session.objects.get()
    date = day(timezone.localdate(session.starts_at))
    weekday = f"{session.starts_at:%A}"
    for words in (
        "Your booking is made.",
        f"\nRobotyka\nWhen: {weekday}, {date}, 10:00–12:00\n",
        "Where: Dom Kultury, ul. Długa 3, 63-100 Śrem\n",
        "How to get there: Autobus 5, przystanek Rynek.\n",
        "Getting in: entrance without steps – yes\n",
        "For whom: Anna Nowak, Staś Nowak\n",
        "20\u00a0zł for each meeting",
        "Zniżka dla rodzin.\n",
        "Weź kapcie.\n",
        f"Code of the booking: {party.readable_code}\n",
        f"{link_of(party)}\n",
        "Questions? Call us: 61 283 07 11.",
    ):
        assert words in text
    assert "\n\n\n" not in text


def test_confirmation_carries_the_date_for_the_calendar(party: Booking) -> None:
    messages.tell_booked(party)
    [copy] = copies("events/booked")
    [file] = copy.message.attachments.all()
    [event] = Calendar.from_ical(bytes(file.content)).events
    session = Session.objects.get()
    assert (file.name, file.content_type) == ("kalendarz.ics", "text/calendar; charset=utf-8")
    assert (event["uid"], event.start) == (session.uid, session.starts_at)
    assert b"Nowak" not in bytes(file.content)


def test_nobody_without_mail_gets_a_file(here: Tenant) -> None:
    messages.tell_booked(book(make_session(), reader(channel="phone")))
    [copy] = copies("events/booked")
    assert copy.channel == "call"
    assert not copy.message.attachments.exists()


def test_course_names_all_its_dates_and_where_one_is_elsewhere(here: Tenant) -> None:
    course = make_activity("Ceramika", kind="course")
    hall = make_place("Sala")
    first, second, third = (
        make_session(course, starts_at=in_days(days), place=place)
        for days, place in ((10, hall), (17, make_place("Pracownia")), (24, hall))
    )
    third.status, third.cancelled_at = "cancelled", timezone.now()
    third.save()
    messages.tell_booked(book(first, reader()))
    text = only("events/booked")
    assert f"When:\n- {first.starts_at:%A}, " in text
    assert "10:00–12:00, Pracownia\n" in text
    assert day(timezone.localdate(second.starts_at)) in text
    assert day(timezone.localdate(third.starts_at)) not in text
    [copy] = copies()
    [file] = copy.message.attachments.all()
    assert len(Calendar.from_ical(bytes(file.content)).events) == 2


def test_who_must_confirm_is_asked_to_and_told_until_when(here: Tenant) -> None:
    booking = book(
        make_session(), reader(), status="unverified", confirm_by=in_days(2, 18)
    )  # fmt: skip
    messages.tell_booked(booking)
    [copy] = copies()
    assert copy.words is not None
    assert copy.words["subject"].startswith("Please confirm: Smartfon bez strachu, ")
    assert "Please confirm that you are coming" in text_of(copy)
    assert (
        f"confirm before: {in_days(2, 18):%A}, {day(timezone.localdate(in_days(2)))}, 18:00."
        in text_of(copy)
    )


def test_who_waits_for_the_office_is_not_told_that_all_is_settled(here: Tenant) -> None:
    messages.tell_booked(book(make_session(), reader(), status="pending_approval"))
    text = only("events/booked")
    assert "The office looks at every booking" in text
    assert "Your booking is made" not in text


def test_offer_says_until_when_to_answer_and_is_not_sent_later(here: Tenant) -> None:
    booking = book(make_session(), reader(), companion("Jan Nowak"), status="waiting")
    offer = offered(booking, until=in_days(1, 17))
    messages.tell_offer(offer)
    [copy] = copies("events/offer")
    text = text_of(copy)
    assert copy.words is not None
    assert copy.words["subject"] == "2 places are free for you: Smartfon bez strachu"
    assert (
        f"Please answer before: {in_days(1):%A}, {day(timezone.localdate(in_days(1)))}, 17:00."
        in text
    )
    assert "yes, I am coming, or no, thank you" in text
    assert link_of(booking) in text
    assert copy.message.expires_at == offer.expires_at


def test_giving_back_names_who_went_and_who_still_comes(party: Booking) -> None:
    went = party.participations.get(ordinal=1)
    went.status, went.place, went.cancelled_at = "cancelled_by_participant", None, timezone.now()
    went.save()
    messages.tell_given_back(party, [went])
    text = only("events/given_back")
    assert "We have taken off the list: Staś Nowak." in text
    assert "Thank you for telling us" in text
    assert "For whom: Anna Nowak\n" in text
    assert link_of(party) in text


def test_whoever_did_not_confirm_in_time_reads_so(here: Tenant) -> None:
    booking = book(
        make_session(), reader(), status="cancelled_by_participant",
        confirm_by=timezone.now() - timedelta(minutes=1),
    )  # fmt: skip
    messages.tell_given_back(booking, list(booking.participations.all()))
    text = only("events/given_back")
    assert "Nobody confirmed the booking in time" in text
    assert "Thank you for telling us" not in text
    assert "/en/wydarzenia/zajecia-1/" in text


def test_refusal_says_why_and_leads_to_other_activities(here: Tenant) -> None:
    booking = book(make_session(), reader(), status="cancelled_by_organiser")
    messages.tell_refused(booking, "Grupa jest dla mieszkańców Śremu & okolic.")
    text = only("events/refused")
    assert "Reason: Grupa jest dla mieszkańców Śremu & okolic." in text
    assert "http://srem.localhost:8000/en/wydarzenia/\n" in text
    assert booking.readable_code not in text


def test_whoever_is_on_the_list_already_gets_the_link_of_the_booking_they_have(
    here: Tenant,
) -> None:
    session = make_session()
    booker, ward = reader("Anna Nowak"), companion("Jan Nowak")
    earlier = book(session, booker, ward)
    new = Booking.objects.create(
        pool=pool_of(session), booker=booker, code="ABC234", idempotency_key=session.pk
    )
    messages.tell_already_booked(new, [ward])
    text = only("events/already_booked")
    assert "are on this list already: Jan Nowak." in text
    assert link_of(earlier) in text
    assert new.readable_code not in text


def test_link_of_somebody_elses_booking_is_told_to_nobody(here: Tenant) -> None:
    session = make_session()
    ward = companion("Jan Nowak")
    by_daughter = book(session, reader("Ewa Nowak"), ward)
    new = Booking.objects.create(
        pool=pool_of(session),
        booker=reader("Zofia Nowak"),
        code="ABC234",
        idempotency_key=session.pk,
    )
    messages.tell_already_booked(new, [ward])
    text = only("events/already_booked")
    assert "Jan Nowak" in text
    assert by_daughter.readable_code not in text
    assert "zgloszenie" not in text


@pytest.mark.parametrize(
    ("answer", "words", "sentences"),
    [
        (
            {"state": "arranged", "pickup_at": "09:20"},
            "",
            ["We will drive you.", "we pick you up at 9:20, from ul. Polna 5, Psarskie."],
        ),
        (
            {"state": "declined"},
            "Bus jest w naprawie, zadzwoń po taksówkę społeczną.",
            ["we cannot drive you this time", "Bus jest w naprawie", "Your place is still kept."],
        ),
    ],
)
def test_answer_about_transport(
    party: Booking, answer: dict[str, Any], words: str, sentences: list[str]
) -> None:
    TransportRequest.objects.create(
        booking=party, people=2, street="ul. Polna 5", city="Psarskie", **answer
    )
    messages.tell_transport(TransportRequest.objects.get(), words)
    text = only("events/transport")
    for sentence in sentences:
        assert sentence in text


def test_every_text_message_has_the_link_and_fits_one_part(here: Tenant) -> None:
    """In letters that a text message takes; Polish ones make it longer, whatever it says."""
    plain = LONG.replace("ą", "a").replace("ę", "e").replace("ó", "o")
    session = make_session(make_activity(plain))
    coming = book(session, reader(channel="sms"))
    waiting = book(session, reader("Ewa Kowal", channel="sms"), status="waiting")
    messages.tell_booked(coming)
    messages.tell_approved(coming)
    messages.tell_waiting(waiting)
    messages.tell_offer(offered(waiting))
    messages.tell_link(coming)
    found = copies()
    assert len(found) == 5
    for copy in found:
        booking = waiting if copy.person == waiting.booker else coming
        assert copy.words is not None
        sms = copy.words["sms"]
        assert link_of(booking) in sms
        assert (sms_size(sms).parts, sms) == (1, sms)


def test_message_speaks_the_language_of_whoever_gets_it(here: Tenant) -> None:
    with translation.override("uk"):
        messages.tell_booked(book(make_session(), reader(language="pl")))
        messages.tell_booked(book(make_session(), reader("Jan Nowak", language="en")))
    polish, english = copies()
    assert "http://srem.localhost:8000/wydarzenia/zgloszenie/" in text_of(polish)
    assert "http://srem.localhost:8000/en/wydarzenia/zgloszenie/" in text_of(english)
    assert "For whom" in text_of(english)


def test_nobody_is_told_what_was_undone(here: Tenant) -> None:
    from django.db import transaction  # noqa: PLC0415

    booking = book(make_session(), reader())
    with transaction.atomic():
        messages.tell_booked(booking)
        transaction.set_rollback(True)
    assert copies() == []


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("published", "The office has published what Koło Gospodyń proposed: Smartfon"),
        ("changes_requested", "has questions before it can be published:\n\nIle osób?"),
        ("rejected", "could not publish what Koło Gospodyń proposed, Smartfon bez strachu."),
    ],
)
def test_members_of_an_organisation_read_what_the_office_decided(
    here: Tenant, status: str, sentence: str
) -> None:
    organisation = Organisation.objects.get(name="Koło Gospodyń")
    [member] = OrganisationMember.objects.filter(organisation=organisation)
    person = member.user.person
    person.language = "en"
    person.save()
    activity = make_activity(status=status, organisation=organisation, review_note="Ile osób?")
    osl = User.objects.get(email=f"osl@{here.schema_name}.example")
    messages.tell_reviewed(Activity.objects.get(pk=activity.pk), osl)
    [copy] = copies("events/reviewed")
    assert copy.person == person
    assert sentence in text_of(copy)
    assert f"/en/konto/organizacje/{organisation.pk}/wydarzenia/{activity.pk}/" in text_of(copy)
    assert copy.message.sender == osl.pk
