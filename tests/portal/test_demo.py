"""The demo: somebody of every role in every site, made-up people, and where their mail arrives."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.accounts.duplicates import suggested_pairs
from portal.accounts.models import Consent, Guardianship, Organisation, Person, User
from portal.accounts.roles import ON_LEADER_SITES, ON_MUNICIPALITY_SITES
from portal.demo.installation import settle
from portal.demo.people import PEOPLE, email_of, people_of
from portal.notifications.models import Delivery, Message
from portal.notifications.tasks import forget_words
from tenants.binding import bind
from tenants.models import Tenant
from tests.architecture.demo_urls import as_demo
from tests.conftest import SiteClient
from tests.entrance.doors import ask_for_code
from tests.jobs import do_due_jobs

LANDS = {
    "mieszkaniec": "/konto/", "wolontariusz": "/konto/", "organizacja": "/konto/",
    "osl": "/panel/", "ous": "/panel/", "redaktor": "/cms/", "dyrekcja": "/panel/",
    "iod": "/panel/", "analiza": "/panel/",
}  # fmt: skip


@pytest.fixture
def demo() -> Iterator[None]:
    with as_demo():
        yield


@pytest.fixture
def settled(srem: Tenant) -> Tenant:
    with bind(srem):
        settle(srem)
    return srem


def delivery(site: Tenant, **wanted: Any) -> Delivery:
    with bind(site):
        found = Delivery.objects.select_related("message", "person").filter(**wanted).first()
    assert found is not None
    return found


# People


def test_every_role_of_the_site_is_somebody(settled: Tenant) -> None:
    with bind(settled):
        for person in people_of(settled):
            user = User.objects.get(email=email_of(person, settled))
            assert person.role in user.roles
            assert user.get_full_name()
    assert {person.role for person in people_of(settled)} == set(ON_MUNICIPALITY_SITES)
    leader = Tenant(kind=Tenant.Kind.LEADER, schema_name="l_x", name="x")
    assert {person.role for person in people_of(leader)} == {
        person.role for person in PEOPLE if person.role in ON_LEADER_SITES
    }


@pytest.mark.parametrize("person", [one for one in PEOPLE if one.key != "analiza"])
def test_everybody_lands_where_their_work_is(
    settled: Tenant, as_site: type[SiteClient], demo: None, person: Any
) -> None:
    visitor = as_site(settled)
    answer = visitor.post(f"/demo/wejdz/{person.key}/")
    assert answer.headers["Location"] == LANDS[person.key]
    page = visitor.get(answer.headers["Location"])
    assert page.status_code == 200, page.headers.get("Location")


def test_settling_twice_changes_nothing(settled: Tenant) -> None:
    models = (User, Person, Guardianship, Organisation, Consent, Message, Delivery)
    with bind(settled):
        before = [
            list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in models
        ]
        settle(settled)
        after = [
            list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in models
        ]
    assert after == before


def test_two_gminas_have_different_people(settled: Tenant, kety: Tenant) -> None:
    with bind(kety):
        settle(kety)
        there = set(Person.objects.values_list("pk", flat=True))
        names_there = set(Person.objects.values_list("last_name", flat=True))
    with bind(settled):
        assert not there & set(Person.objects.values_list("pk", flat=True))
        assert names_there != set(Person.objects.values_list("last_name", flat=True))


def test_made_up_people_are_as_forms_would_have_them(settled: Tenant) -> None:
    with bind(settled):
        people = list(
            Person.objects.filter(email__endswith=".example") | Person.objects.exclude(phone="")
        )
        assert len(people) > 15
        for person in people:
            try:
                person.full_clean()
            except ValidationError as error:
                pytest.fail(f"{person}: {error}")


def test_no_number_of_the_demo_rings(settled: Tenant) -> None:
    with bind(settled):
        numbers = [
            str(phone) for phone in Person.objects.exclude(phone="").values_list("phone", flat=True)
        ]
    assert len(numbers) >= 8
    for number in numbers:
        assert re.fullmatch(r"\+4670174(060[5-9]|06[1-9]\d)", number)
        assert phonenumbers.is_valid_number(phonenumbers.parse(number))


def test_there_is_work_for_everybody(settled: Tenant) -> None:
    with bind(settled):
        waiting = Delivery.objects.for_a_human().waiting()
        assert waiting.filter(channel="call").count() >= 2
        assert waiting.filter(channel="letter").count() == 1
        assert Delivery.objects.failed().count() == 2
        made_up = Organisation.objects.filter(email__endswith=".example")
        assert made_up.to_verify().count() == 1
        assert made_up.verified().count() == 3
        assert Consent.objects.valid().count() >= 3
        assert len(suggested_pairs()) == 1
        resident = User.objects.get(email__startswith="mieszkaniec@").person
        assert Delivery.objects.inbox_of(resident).unread().count() == 2
        assert Person.objects.filter(household__isnull=False).count() == 4


# The mailbox


def test_mailbox_shows_a_login_code_before_and_after_it_was_sent(
    own_database: str, as_site: type[SiteClient], demo: None
) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    visitor = as_site(srem)
    code = ask_for_code(visitor, f"resident@{srem.schema_name}.example")
    assert 'href="/demo/poczta/"' in visitor.get("/en/konto/kod/").content.decode()
    assert code in visitor.get("/demo/poczta/").content.decode()
    do_due_jobs()
    mail = delivery(srem, state="sent")
    assert code in visitor.get("/demo/poczta/").content.decode()
    assert code in visitor.get(f"/demo/poczta/{mail.pk}/").content.decode()
    assert code in visitor.get(f"/demo/poczta/{mail.pk}/jak-w-poczcie/").content.decode()


def test_message_opens_as_its_recipient_sees_it(
    settled: Tenant, as_site: type[SiteClient], demo: None
) -> None:
    visitor = as_site(settled)
    mail = delivery(settled, channel="email", state="sent")
    page = visitor.get(f"/demo/poczta/{mail.pk}/").content.decode()
    assert mail.to in page
    assert mail.words["text"].split(",")[0] in page  # type: ignore[index]
    whole = visitor.get(f"/demo/poczta/{mail.pk}/jak-w-poczcie/")
    assert whole["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in whole["Content-Security-Policy"]
    sms = delivery(settled, channel="sms")
    assert sms.words["sms"][:20] in visitor.get(f"/demo/poczta/{sms.pk}/").content.decode()  # type: ignore[index]
    assert visitor.get(f"/demo/poczta/{sms.pk}/jak-w-poczcie/").status_code == 404
    for channel in ("call", "letter", "inbox"):
        other = delivery(settled, channel=channel)
        assert visitor.get(f"/demo/poczta/{other.pk}/").status_code == 404


def test_words_that_were_forgotten_leave_a_message_without_words(
    settled: Tenant, as_site: type[SiteClient], demo: None
) -> None:
    mail = delivery(settled, channel="email", state="sent")
    with bind(settled):
        forget_words(message=str(mail.message_id))
    assert as_site(settled).get("/demo/poczta/").status_code == 200
    assert as_site(settled).get(f"/demo/poczta/{mail.pk}/").status_code == 200


def test_mailbox_is_of_one_site_and_this_machine(
    settled: Tenant, kety: Tenant, as_site: type[SiteClient], demo: None
) -> None:
    mail = delivery(settled, channel="email")
    assert as_site(kety).get(f"/demo/poczta/{mail.pk}/").status_code == 404
    for elsewhere in ({"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}):
        visitor = as_site(settled, **elsewhere)
        for path in ("", f"{mail.pk}/", f"{mail.pk}/jak-w-poczcie/"):
            assert visitor.get(f"/demo/poczta/{path}").status_code == 403


def test_long_mailbox_has_pages_and_few_queries(
    settled: Tenant, as_site: type[SiteClient], demo: None, django_assert_max_num_queries: Any
) -> None:
    with bind(settled):
        message = Message.objects.first()
        Delivery.objects.bulk_create(
            Delivery(
                message=message, address=f"a{number}@x.example", channel="email", state="sent",
                due_at=timezone.now(), finished_at=timezone.now(),
            )
            for number in range(70)
        )  # fmt: skip
    visitor = as_site(settled)
    visitor.get("/demo/poczta/")
    with django_assert_max_num_queries(150):
        first = visitor.get("/demo/poczta/").content.decode()
    assert first.count('class="thread"') == 30
    assert "strona=2" in first


def test_demo_sends_nothing_whatever_the_environment_says() -> None:
    source = Path("portal/settings/dev.py").read_text(encoding="utf-8")
    assert 'MAIL_TRANSPORT = SMS_BACKEND = "files"' in source
