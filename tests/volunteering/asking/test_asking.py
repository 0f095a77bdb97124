"""Asking for help on the site: one question a page, nothing lost, sent once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import Household, Person
from portal.audit.models import AuditEntry
from portal.notifications.models import Delivery, Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import code, title, words
from tests.volunteering.asking.asker import ANNA, HALINA, HOME, START, Asker, in_a_week, link
from tests.volunteering.making import make_district, make_person
from volunteering.models import District, HelpRequest


def test_the_page_says_what_it_is_and_what_it_is_not(holder: SiteClient) -> None:
    page = holder.get(HOME)
    said = words(page)
    assert title(page).startswith("Neighbourly help (volunteering)")
    for sentence in ("Ask for help", "A lift by car", "Paid care at home", "112", "999"):
        assert sentence in said, sentence
    assert START in page.content.decode()
    assert not page.cookies


def test_without_districts_the_office_takes_requests_by_phone(
    srem: Tenant, holder: SiteClient
) -> None:
    with bind(srem):
        District.objects.all().delete()
    page = holder.get(HOME)
    assert "the office takes requests by phone" in words(page)
    assert START not in page.content.decode()
    for url in (START, f"{START}rodzaj/", f"{START}sprawdz/"):
        assert holder.get(url).status_code == 302


def test_a_guest_asks_for_herself(srem: Tenant, guest: Asker) -> None:
    asked = guest.ask()
    said = words(guest.look())
    assert "We have your request" in said
    assert f"{asked.code[:3]}-{asked.code[3:]}" in said
    with bind(srem):
        assert (asked.kind, asked.status, asked.channel) == ("shopping", "submitted", "web")
        assert asked.requester.full_name == "Halina Nowak"
        assert asked.asked_by is None
        assert (asked.requester.channel, str(asked.requester.phone)) == ("sms", "+48600100200")
        assert (asked.preferred_skills, asked.priority, asked.min_age) == (["shopping"], 1, 16)
        assert timezone.localtime(asked.starts_at).strftime("%H:%M") == "09:00"
        entry = AuditEntry.objects.get(action="help.asked")
        assert entry.person == asked.requester_id
        assert "Halina" not in str(entry.details)
        message = Message.objects.get(kind="volunteering/asked")
        assert message.content["en"]["text"].count(link(srem, asked)) == 1
        assert link(srem, asked) in message.content["en"]["sms"]
        assert Delivery.objects.get(message=message).person == asked.requester
    assert "We have your request" in words(guest.client.get(link(srem, asked)))


def test_nothing_is_kept_until_the_last_button(srem: Tenant, guest: Asker) -> None:
    guest.go_on()
    with bind(srem):
        assert not HelpRequest.objects.exists()
        assert not Person.objects.filter(first_name="Halina").exists()
    cookies = str(guest.client.cookies)
    assert "Halina" not in cookies
    assert "600100200" not in cookies
    assert guest.look().headers["Cache-Control"].count("no-store") == 1


def test_a_daughter_asks_for_her_mother(srem: Tenant, guest: Asker) -> None:
    guest.said = {"dla-kogo": {"who": "else"}, "ty": ANNA}
    asked = guest.ask()
    with bind(srem):
        assert asked.requester.full_name == "Halina Nowak"
        assert str(asked.requester.phone) == "+48600300400"
        assert asked.asked_by is not None
        assert asked.asked_by.full_name == "Anna Kowalska"
        assert asked.has_agreed
        assert Delivery.objects.get().person == asked.asked_by


def test_somebody_else_has_to_agree(guest: Asker) -> None:
    guest.say(who="else")
    guest.go_on(until="osoba")
    page = guest.say(**HALINA, phone="")
    assert page.status_code == 422
    assert title(page).startswith("Error:")
    assert "Ask the person first" in words(page)


def test_who_is_logged_in_is_not_asked_what_we_know(srem: Tenant, holder: SiteClient) -> None:
    user = holder.log_in("resident")
    resident = Asker(holder)
    seen = []
    while resident.step != "sprawdz":
        seen.append(resident.step)
        resident.answer_one()
    assert "ty" not in seen
    assert "kontakt" not in seen
    resident.say()
    with bind(srem):
        asked = HelpRequest.objects.get()
        assert asked.requester_id == user.person_id
        assert Person.objects.filter(first_name="Resident").count() == 1


def test_whom_one_lives_with_need_not_be_typed(srem: Tenant, holder: SiteClient) -> None:
    user = holder.log_in("resident")
    with bind(srem):
        home = Household.objects.create()
        Person.objects.filter(pk=user.person_id).update(household=home)
        jan, stranger = make_person("Jan Nowak", household=home), make_person("Ola Lis")
    resident = Asker(holder)
    resident.said = {"dla-kogo": {"who": "else"}}
    resident.go_on(until="osoba")
    assert "Jan Nowak" in words(resident.look())
    assert resident.say(known=str(stranger.pk), agrees="on").status_code == 422
    resident.say(known=str(jan.pk), agrees="on")
    asked = resident.ask()
    assert (asked.requester_id, asked.asked_by_id) == (jan.pk, user.person_id)


@pytest.mark.parametrize(
    ("step", "answer", "sentence"),
    [
        ("dla-kogo", {}, "Choose who needs help."),
        ("rodzaj", {"kind": "surgery"}, "is not one of the available choices"),
        ("dzien", {}, "Choose the day."),
        ("dzien", {"day": "other", "other": ""}, "Write the date."),
        ("godziny", {"part": "exact", "starts": "10:00"}, "Write until when."),
        ("godziny", {"part": "exact", "starts": "11:00", "ends": "10:00"}, "The end comes after"),
        ("godziny", {"part": "exact", "starts": "5:00", "ends": "6:00"}, "Choose hours from"),
        ("kontakt", {"channel": "sms"}, "Write the mobile number"),
        ("szczegoly", {"details": ""}, "Write in a few words what the help is to be."),
    ],
)
def test_a_wrong_answer_is_told_in_words(
    step: str, answer: dict[str, Any], sentence: str, guest: Asker
) -> None:
    guest.said["rodzaj"] = {"kind": "other"}
    guest.go_on(until=step)
    page = guest.say(**answer)
    assert page.status_code == 422
    assert title(page).startswith("Error:")
    assert sentence in words(page)


@pytest.mark.parametrize("days", [0, 61])
def test_help_is_for_tomorrow_at_the_earliest_and_not_for_next_year(
    days: int, guest: Asker
) -> None:
    guest.go_on(until="dzien")
    day = timezone.localdate() + timedelta(days=days)
    page = guest.say(day="other", other=day.isoformat())
    assert page.status_code == 422
    assert "For today, call us." in words(page)


def test_the_part_of_the_gmina_is_asked_where_there_are_several(srem: Tenant, guest: Asker) -> None:
    with bind(srem):
        other = make_district("Zbrudzewo")
    guest.said["miejsce"] = {"district": str(other.pk)}
    assert guest.ask().district_id == other.pk


def test_back_asks_nothing_twice_and_never_sends_twice(srem: Tenant, guest: Asker) -> None:
    guest.go_on()
    assert "checked" in guest.look("rodzaj").content.decode()
    guest.say_at("rodzaj", kind="walk")
    assert guest.step == "sprawdz"
    guest.say()
    for step in ("sprawdz", "rodzaj"):
        assert guest.client.post(f"{START}{step}/", {"kind": "lift"}).headers["Location"] == (
            f"{START}gotowe/"
        )
    with bind(srem):
        assert HelpRequest.objects.get().kind == "walk"
        assert Message.objects.filter(kind="volunteering/asked").count() == 1


def test_the_next_request_begins_anew(srem: Tenant, guest: Asker) -> None:
    guest.ask()
    guest.at = START
    guest.ask()
    with bind(srem):
        assert HelpRequest.objects.count() == 2
        assert Person.objects.filter(first_name="Halina").count() == 1


def test_a_guest_does_not_learn_whether_we_know_them(srem: Tenant, guest: Asker) -> None:
    with bind(srem):
        card = make_person(
            "Halina Nowak", phone="+48600100200", channel="phone", street="Polna 7",
            postcode="63-100", city="Śrem",
        )  # fmt: skip
    guest.said["ty"] = {"first_name": "halina", "last_name": "NOWAK"}
    asked = guest.ask()
    page = guest.look()
    with bind(srem):
        assert asked.requester_id == card.pk
        card.refresh_from_db()
        assert (card.first_name, card.channel) == ("Halina", "phone")
    assert "Polna" not in page.content.decode()
    assert "We send you a text message" in words(page)
    assert link(srem, asked) not in page.content.decode()


def test_what_was_written_of_danger_shows_whom_to_call(srem: Tenant, guest: Asker) -> None:
    guest.go_on(until="szczegoly")
    page = guest.say(details="Mąż nie oddycha, pomocy")
    said = words(page)
    assert "112" in said
    assert "999" in said
    assert "116 123" in said
    assert "Mąż nie oddycha, pomocy" in page.content.decode()
    guest.say(details="Mąż nie oddycha, pomocy", not_emergency="on")
    assert guest.step == "sprawdz"
    guest.say()
    with bind(srem):
        assert HelpRequest.objects.get().details == "Mąż nie oddycha, pomocy"
        assert "oddycha" not in str(dict(guest.client.session))


def test_too_many_messages_to_one_number_have_to_wait(srem: Tenant) -> None:
    with bind(srem):
        make_district()
    for _number in range(5):
        Asker(SiteClient(srem)).ask()
    late = Asker(SiteClient(srem))
    late.go_on(until="kontakt")
    page = late.say(channel="sms", sms_phone="600 100 200")
    assert (page.status_code, code(page)) == (429, "too_many_tries")
    assert page.headers["Retry-After"]


def test_a_question_costs_few_queries(
    guest: Asker, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    guest.go_on(until="kontakt")
    guest.look()
    with django_assert_max_num_queries(8):
        guest.look()


def test_the_neighbouring_gmina_knows_nothing_of_it(
    kety: Tenant, srem: Tenant, guest: Asker
) -> None:
    asked = guest.ask()
    with bind(kety):
        make_district()
        assert not HelpRequest.objects.exists()
    elsewhere = SiteClient(kety)
    elsewhere.cookies = guest.client.cookies
    assert elsewhere.get(f"{START}gotowe/").headers["Location"] == START
    assert elsewhere.get(link(srem, asked)).status_code == 410
    assert in_a_week().isoformat() not in elsewhere.get(START).content.decode()


def test_what_was_begun_long_ago_is_forgotten(srem: Tenant, guest: Asker) -> None:
    guest.go_on()
    with bind(srem):
        session = guest.client.session
        session["help"] = {**session["help"], "at": session["help"]["at"] - 25 * 3600}
        session.save()
    assert guest.look("sprawdz").headers["Location"] == START
    with bind(srem):
        assert "help" not in guest.client.session
