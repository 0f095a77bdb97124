"""What is wrong with an answer is said above the form and at the field; the rest is kept."""

from typing import Any

import pytest

from events.models import Activity
from tenants.binding import bind
from tenants.models import Tenant
from tests.events.flow.booker import BY_SMS, HALINA, Booker, title, words

WHO = [
    ({}, "Choose who is coming."),
    ({"who": "everybody"}, "Select a valid choice"),
    ({"who": "me_and_others"}, "Write how many people come."),
    ({"who": "me_and_others", "with_me": "1"}, "With you that is at least 2 people."),
    ({"who": "me_and_others", "with_me": "dwoje"}, "Write a number, for example 2."),
    ({"who": "me_and_others", "with_me": "7"}, "One booking is for at most 6 people."),
    ({"who": "others", "without_me": "0"}, "At least one person comes."),
]
CONTACTS = [
    ({}, "Choose how we should confirm the booking."),
    ({"channel": "sms"}, "Write the mobile number we should send the message to."),
    ({"channel": "sms", "sms_phone": "12 34"}, "This is not a full phone number."),
    ({"channel": "sms", "sms_phone": "61 283 01 22"}, "text messages reach mobile phones only"),
    ({"channel": "phone"}, "Write the number we should call."),
    ({"channel": "email", "email": "anna@"}, "An e-mail address looks like this"),
    ({"channel": "letter", "postcode": "1", "street": "a", "city": "b"}, "has five digits"),
    ({"channel": "letter", "postcode": "63-100", "city": "b"}, "Write the street and number"),
]
TRANSPORT = [
    ({}, "Choose whether you need to be driven."),
    ({"wants": "yes", "street": "a", "city": "b"}, "Write how many people we should take."),
    (
        {"wants": "yes", "people": "3", "street": "a", "city": "b"},
        "Your booking is for 1: write a number from 1 to 1.",
    ),
    ({"wants": "yes", "people": "1", "city": "b"}, "Write where we should come to."),
]


def refused(guest: Booker, answers: dict[str, str], sentence: str, heading: str) -> None:
    """In the title, above the form and at the field; what was typed is still there."""
    response = guest.say(**answers)
    assert response.status_code == 422
    assert words(response).count(sentence) == 2, (answers, words(response))
    assert title(response).startswith(f"Error: {heading}")
    page = response.content.decode()
    assert 'role="alert" tabindex="-1" autofocus' in page
    for value in set(answers.values()) - {"everybody"}:
        assert f'value="{value}"' in page


def test_who_comes(guest: Booker) -> None:
    guest.start()
    for answers, sentence in WHO:
        refused(guest, answers, sentence, "Who is coming?")


def test_a_number_of_another_answer_is_not_read(guest: Booker) -> None:
    guest.start()
    assert guest.say(who="me", with_me="sto", without_me="-4").status_code == 302
    guest.say_at("osoby", who="others", with_me="sto", without_me="1")
    assert guest.draft.party_size == 1


def test_activities_for_one_person_ask_for_no_number(srem: Tenant, guest: Booker) -> None:
    with bind(srem):
        Activity.objects.update(party_limit=1)
    guest.start()
    assert "How many" not in words(guest.look())
    guest.say(who="others")
    assert guest.step == "osoba-1"


def test_contact(guest: Booker) -> None:
    guest.start()
    guest.say(who="me")
    guest.say(**HALINA)
    for answers, sentence in CONTACTS:
        refused(guest, answers, sentence, "How should we confirm the booking?")


def test_what_was_typed_for_another_channel_is_not_kept(guest: Booker) -> None:
    guest.start()
    guest.say(who="me")
    guest.say(**HALINA)
    guest.say(channel="phone", call_phone="61 283 01 22", sms_phone="x", email="nie", city="Śrem")
    contact: dict[str, Any] = guest.draft.answers["kontakt"]
    assert (contact["phone"], contact["email"], contact["city"]) == ("+48612830122", "", "")


def test_needs_without_consent_are_not_kept(guest: Booker) -> None:
    guest.start()
    guest.say(who="me")
    guest.say(**HALINA)
    guest.say(**BY_SMS)
    page = words(guest.look())
    assert "I agree that the organisers of activities know the special needs given here" in page
    assert "Do not write about illnesses" in page
    response = guest.say(needs_1=["lift"], note="Będę później")
    assert response.status_code == 422
    assert words(response).count("Tick that you agree, or untick the needs") == 2
    assert "Będę później" in response.content.decode()
    guest.say(agrees="on", note="Będę później")
    assert guest.draft.answers["potrzeby"] == {
        "needs": {}, "agrees": False, "note": "Będę później",
    }  # fmt: skip


def test_transport(srem: Tenant, guest: Booker) -> None:
    with bind(srem):
        Activity.objects.update(offers_transport=True)
    guest.start()
    guest.say(who="me")
    guest.say(**HALINA)
    guest.say(**BY_SMS)
    guest.say()
    for answers, sentence in TRANSPORT:
        refused(guest, answers, sentence, "Do you need to be driven there?")


def test_where_they_live_is_not_asked_twice(srem: Tenant, guest: Booker) -> None:
    with bind(srem):
        Activity.objects.update(offers_transport=True)
    guest.start()
    guest.say(who="me")
    guest.say(**HALINA)
    guest.say(channel="letter", street="Długa 1", postcode="63-100", city="Nochowo")
    guest.say()
    page = guest.look().content.decode()
    assert 'value="Długa 1"' in page
    assert 'value="Nochowo"' in page


@pytest.mark.parametrize("language", ["pl", "uk"])
def test_the_form_speaks_the_language_it_was_begun_in(language: str, guest: Booker) -> None:
    prefix = "" if language == "pl" else f"/{language}"
    guest.start()
    guest.at = guest.at.replace("/en/", f"{prefix}/")
    guest.up_to_check()
    assert guest.at.startswith(f"{prefix}/wydarzenia/")
    assert guest.draft.answers["language"] == language
