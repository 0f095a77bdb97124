"""A request written down for somebody who calls: one page, at most eight fields."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from portal.accounts.models import Person
from portal.audit.models import AuditEntry
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import words
from tests.volunteering.making import make_person
from volunteering.models import District, HelpRequest

PHONE = "/en/panel/pomoc/telefon/"


def filled(tenant: Tenant, **given: Any) -> dict[str, Any]:
    with bind(tenant):
        district = District.objects.get(name="Centrum")
    day = timezone.localdate() + timedelta(days=3)
    return {
        "name": "Halina Wiśniewska", "phone": "600 700 800", "kind": "shopping",
        "day": day.isoformat(), "hours": "10-12", "district": str(district.pk), "details": "",
        "key": str(uuid4()), **given,
    }  # fmt: skip


def the_request(tenant: Tenant) -> HelpRequest:
    with bind(tenant):
        return HelpRequest.objects.select_related("requester", "asked_by").get()


@pytest.mark.parametrize("rest", ["", "?dla=innych"])
def test_there_are_at_most_eight_fields(rest: str, clerk: SiteClient) -> None:
    page = clerk.get(f"{PHONE}{rest}").content.decode()
    names = set(re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', page))
    hidden = set(re.findall(r'<input type="hidden" name="(\w+)"', page))
    assert {"name", "kind", "day", "hours", "details"} <= names
    assert len(names - hidden) <= 8


def test_a_caller_is_written_down_on_one_page(srem: Tenant, clerk: SiteClient) -> None:
    answer = clerk.post(PHONE, filled(srem, details="Chodzi o lasce"))
    asked = the_request(srem)
    assert answer.headers["Location"].endswith(f"/telefon/{asked.pk}/gotowe/")
    assert asked.requester.full_name == "Halina Wiśniewska"
    assert (asked.requester.channel, asked.channel, asked.status) == ("phone", "phone", "submitted")
    assert timezone.localtime(asked.starts_at).hour == 10
    said = words(clerk.get(answer.headers["Location"]))
    for sentence in (f"{asked.code[:3]}-{asked.code[3:]}", "We call to say who comes"):
        assert sentence in said, sentence
    assert "lasce" not in said
    with bind(srem):
        assert AuditEntry.objects.get(action="help.asked").actor == asked.taken_by
        assert AuditEntry.objects.filter(
            action="person.viewed", person=asked.requester_id, actor=asked.taken_by
        ).exists()
        # Told on the telephone, they need not be called about it.
        assert not Delivery.objects.exists()


def test_somebody_without_a_phone_gets_a_slip(srem: Tenant, clerk: SiteClient) -> None:
    done = clerk.post(PHONE, filled(srem, phone="")).headers["Location"]
    asked = the_request(srem)
    assert (asked.requester.channel, asked.requester.phone) == ("", "")
    assert "They get no message from us." in words(clerk.get(done))
    slip = clerk.get(done.replace("gotowe/", "kartka.pdf"))
    assert slip.headers["Content-Type"] == "application/pdf"
    assert slip.content.startswith(b"%PDF")


def test_sent_twice_it_is_one_request_and_one_card(srem: Tenant, clerk: SiteClient) -> None:
    form = filled(srem, is_new_card="on")
    first, second = clerk.post(PHONE, form), clerk.post(PHONE, form)
    assert first.headers["Location"] == second.headers["Location"]
    with bind(srem):
        assert HelpRequest.objects.count() == 1
        assert Person.objects.filter(last_name="Wiśniewska").count() == 1


def test_a_card_is_found_and_taken(srem: Tenant, clerk: SiteClient) -> None:
    with bind(srem):
        card = make_person("Halina Wiśniewska", phone="+48600700800", language="uk")
    form = filled(srem, hours="9:30 - 11", kind="walk")
    found = clerk.post(f"{PHONE}szukaj/", form)
    assert "Is it one of these?" in words(found)
    chosen = clerk.post(f"{PHONE}osoba/{card.pk}/", form).content.decode()
    assert "9:30 - 11" in chosen
    assert 'name="phone"' not in chosen
    clerk.post(PHONE, {**form, "person": str(card.pk)})
    asked = the_request(srem)
    assert (asked.requester_id, asked.languages) == (card.pk, ["uk"])
    assert asked.required_skills == ["walking"]
    with bind(srem):
        # The link is new to them, and a text message brings it.
        assert Delivery.objects.get().channel == "sms"


def test_a_card_that_looks_alike_is_shown_before_a_new_one(srem: Tenant, clerk: SiteClient) -> None:
    with bind(srem):
        make_person("Halina Wiśniewska", phone="+48600700800")
    form = filled(srem)
    assert "None of them" in words(clerk.post(PHONE, form))
    clerk.post(PHONE, {**form, "is_new_card": "on"})
    with bind(srem):
        assert Person.objects.filter(last_name="Wiśniewska").count() == 2


def test_for_somebody_else_only_with_their_consent(srem: Tenant, clerk: SiteClient) -> None:
    form = filled(srem, name="Anna Nowak", helped="Jan Nowak", is_for_others="True")
    refused = clerk.post(PHONE, form)
    assert refused.status_code == 422
    assert "Ask only for somebody who agrees to it." in words(refused)
    clerk.post(PHONE, {**form, "agreed": "on"})
    asked = the_request(srem)
    assert asked.requester.full_name == "Jan Nowak"
    assert asked.asked_by is not None
    assert asked.asked_by.full_name == "Anna Nowak"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"hours": "rano"}, "Hours look like this"),
        ({"hours": "12-10"}, "The end comes after"),
        ({"day": "2020-01-01"}, "Choose a day from today"),
        ({"kind": "other"}, "Write in a few words"),
        ({"name": ""}, "Write the first and last name."),
    ],
)
def test_what_is_wrong_is_said(
    wrong: dict[str, str], sentence: str, srem: Tenant, clerk: SiteClient
) -> None:
    page = clerk.post(PHONE, filled(srem, **wrong))
    assert page.status_code == 422
    assert sentence in words(page)


def test_danger_is_warned_of_and_one_can_go_on(srem: Tenant, clerk: SiteClient) -> None:
    form = filled(srem, details="Babcia ma duszności")
    page = clerk.post(PHONE, form)
    assert "112" in words(page)
    assert "Babcia ma duszności" in page.content.decode()
    with bind(srem):
        assert not HelpRequest.objects.exists()
    clerk.post(PHONE, {**form, "not_emergency": "on"})
    assert the_request(srem).details == "Babcia ma duszności"


def test_names_are_for_whoever_wrote_them_down_and_the_organiser(
    srem: Tenant, kety: Tenant, clerk: SiteClient
) -> None:
    other = SiteClient(srem)
    other.log_in("ous")
    done = other.post(PHONE, filled(srem)).headers["Location"]
    third = SiteClient(srem)
    third.log_in("director")
    assert other.get(done).status_code == 200
    assert clerk.get(done).status_code == 200
    refused = third.get(done)
    assert refused.status_code == 403
    assert "Wiśniewska" not in refused.content.decode()
    neighbour = SiteClient(kety)
    neighbour.log_in("osl")
    assert neighbour.get(done).status_code == 404
