"""The page behind the link: how it goes, who helps, what may be seen, calling it off."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import code, words
from tests.forged import forged
from tests.volunteering.asking.asker import link
from tests.volunteering.making import (
    make_assignment,
    make_person,
    make_request,
    make_volunteer,
)
from volunteering.actions.share_contact import share_contact
from volunteering.contact import ContactChoice
from volunteering.models import Assignment, ContactConsent, HelpRequest

PHONE_OF_EWA = "+48600555111"


@pytest.fixture
def asked(srem: Tenant) -> HelpRequest:
    with bind(srem):
        halina = make_person(
            "Halina Nowak", phone="+48600100200", street="Polna 7", postcode="63-100", city="Śrem"
        )
        return make_request(requester=halina, status="arranged")


@pytest.fixture
def task(srem: Tenant, asked: HelpRequest) -> Assignment:
    with bind(srem):
        ewa = make_person("Ewa Kos", phone=PHONE_OF_EWA)
        return make_assignment(asked, make_volunteer(person=ewa))


def ended(tenant: Tenant, task: Assignment) -> None:
    """The help is over since an hour."""
    with bind(tenant):
        now = timezone.now()
        times = {"starts_at": now - timedelta(hours=2), "ends_at": now - timedelta(hours=1)}
        HelpRequest.objects.filter(assignments=task.pk).update(**times)
        Assignment.objects.filter(pk=task.pk).update(**times)


def volunteer_shares(tenant: Tenant, task: Assignment) -> None:
    with bind(tenant):
        share_contact(
            assignment=task, side=ContactConsent.Side.VOLUNTEER, acting_user=None,
            shows=ContactChoice(phone=True), means=ContactConsent.Means.ONLINE,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("submitted", "Next the office reads it"),
        ("searching", "We are looking for somebody"),
        ("unmet", "The office looks for another way and calls you."),
        ("cancelled", "This request was called off"),
    ],
)
def test_it_says_how_it_goes_and_what_comes_next(
    status: str, sentence: str, srem: Tenant, holder: SiteClient, asked: HelpRequest
) -> None:
    with bind(srem):
        HelpRequest.objects.filter(pk=asked.pk).update(status=status, next_wave_at=None)
    page = holder.get(link(srem, asked))
    assert sentence in words(page)
    assert "no-store" in page.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.content.decode()
    # Of the card nothing but what whoever asked has chosen to hear by.
    assert "Polna" not in page.content.decode()


def test_a_wrong_link_opens_nothing(srem: Tenant, holder: SiteClient, asked: HelpRequest) -> None:
    good = link(srem, asked)
    for url in (forged(good), good.replace(asked.code, "AAAAAA")):
        page = holder.get(url)
        assert (page.status_code, code(page)) == (410, "link_expired")
        assert "Halina" not in page.content.decode()
    with bind(srem):
        HelpRequest.objects.filter(pk=asked.pk).update(link_version=2)
    assert holder.get(good).status_code == 410


def test_before_both_agree_only_the_first_name_is_seen(
    srem: Tenant, holder: SiteClient, asked: HelpRequest, task: Assignment
) -> None:
    volunteer_shares(srem, task)
    page = holder.get(link(srem, asked))
    assert "Ewa" in words(page)
    for hidden in ("Kos", "600 555 111", PHONE_OF_EWA):
        assert hidden not in page.content.decode(), hidden


def test_after_both_agree_what_was_ticked_is_seen_until_it_is_withdrawn(
    srem: Tenant, holder: SiteClient, asked: HelpRequest, task: Assignment
) -> None:
    url = link(srem, asked)
    volunteer_shares(srem, task)
    form = holder.get(link(srem, asked, f"kontakt/{task.pk}/"))
    assert "checked" not in form.content.decode()
    answer = holder.post(link(srem, asked, f"kontakt/{task.pk}/"), {"address": "on"})
    assert answer.headers["Location"] == f"{url}?zrobione=pokazane"
    page = holder.get(url)
    assert "600 555 111" in page.content.decode()
    assert "Kos" not in page.content.decode()
    with bind(srem):
        consent = ContactConsent.objects.get(side="requester", withdrawn_at=None)
        assert (consent.shows_address, consent.shows_phone) == (True, False)
        assert consent.means == "online"
    holder.post(link(srem, asked, f"kontakt/{task.pk}/ukryj/"))
    assert "600 555 111" not in holder.get(url).content.decode()
    with bind(srem):
        assert not ContactConsent.objects.filter(side="requester", withdrawn_at=None).exists()


def test_who_asks_for_somebody_does_not_show_their_address(
    srem: Tenant, holder: SiteClient, asked: HelpRequest, task: Assignment
) -> None:
    """Anybody can say that they ask for somebody whose name and number they know."""
    url = link(srem, asked, f"kontakt/{task.pk}/")
    with bind(srem):
        HelpRequest.objects.filter(pk=asked.pk).update(asked_by=make_person("Anna Obca"))
    assert 'name="address"' not in holder.get(url).content.decode()
    holder.post(url, {"address": "on", "phone": "on", "email": "on"})
    with bind(srem):
        consent = ContactConsent.objects.get()
        shown = (consent.shows_phone, consent.shows_address, consent.shows_email)
        assert shown == (True, False, False)


def test_looking_changes_nothing(
    srem: Tenant, holder: SiteClient, asked: HelpRequest, task: Assignment
) -> None:
    for rest in ("", "odwolaj/", f"kontakt/{task.pk}/"):
        assert holder.get(link(srem, asked, rest)).status_code == 200
    for rest in (f"kontakt/{task.pk}/ukryj/", f"zrobione/{task.pk}/"):
        assert holder.get(link(srem, asked, rest)).status_code == 405
    with bind(srem):
        assert HelpRequest.objects.get().status == "arranged"
        assert not ContactConsent.objects.exists()


def test_it_is_called_off_and_that_again_is_harmless(
    srem: Tenant, holder: SiteClient, asked: HelpRequest, task: Assignment
) -> None:
    url = link(srem, asked, "odwolaj/")
    assert "Call this request off?" in words(holder.get(url))
    for _time in range(2):
        assert holder.post(url).status_code == 302
    with bind(srem):
        assert HelpRequest.objects.get().status == "cancelled"
        task.refresh_from_db()
        assert task.status == "cancelled_by_requester"
    assert "This request was called off" in words(holder.get(link(srem, asked)))


@pytest.mark.parametrize(("rest", "status"), [("zrobione", "done"), ("nikt", "no_show")])
def test_afterwards_they_say_whether_it_took_place(
    rest: str, status: str, srem: Tenant, holder: SiteClient, asked: HelpRequest, task: Assignment
) -> None:
    url = link(srem, asked, f"{rest}/{task.pk}/")
    early = holder.post(url)
    assert (early.status_code, code(early)) == (409, "already_changed")
    ended(srem, task)
    said = words(holder.get(link(srem, asked)))
    assert "Did the help take place?" in said
    assert "Somebody is coming" not in said
    assert holder.post(url).status_code == 302
    with bind(srem):
        task.refresh_from_db()
        assert task.status == status
    assert "Did the help take place?" not in words(holder.get(link(srem, asked)))


def test_a_task_of_another_request_is_not_there(
    srem: Tenant, holder: SiteClient, asked: HelpRequest
) -> None:
    with bind(srem):
        other = make_request()
        task = make_assignment(other, make_volunteer("Ola Lis"))
    for rest in ("zrobione", "nikt", "kontakt"):
        assert holder.post(link(srem, asked, f"{rest}/{task.pk}/")).status_code == 404


def test_three_helpers_cost_few_queries(
    srem: Tenant, holder: SiteClient, asked: HelpRequest,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    with bind(srem):
        HelpRequest.objects.filter(pk=asked.pk).update(people_needed=3)
        for slot, name in enumerate(("Ewa Kos", "Jan Lis", "Ola Wilk"), start=1):
            make_assignment(asked, make_volunteer(name), slot=slot)
    url: Any = link(srem, asked)
    holder.get(url)
    with django_assert_max_num_queries(20):
        holder.get(url)
