"""Opening an account: nothing exists before the code shows that the address is theirs."""

import pytest

from portal.accounts.models import Person, PrivacyNotice, User
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.entrance.doors import (
    SIGN_UP,
    SIGN_UP_CODE,
    code_sent_to,
    email_of,
    is_in,
    messages_to,
    other_code,
)  # fmt: skip

ANNA = {"first_name": "Anna", "last_name": "Nowak", "address": "Anna@example.pl"}


@pytest.fixture
def notice(srem: Tenant) -> PrivacyNotice:
    with bind(srem):
        PrivacyNotice.objects.all().delete()
        return PrivacyNotice.objects.create(
            number=1, texts={"pl": {"title": "Dane", "text": "Po polsku"},
                             "en": {"title": "Data", "text": "We keep them safe."}},
        )  # fmt: skip


def test_resident_signs_up_by_email(
    srem: Tenant, as_site: type[SiteClient], notice: PrivacyNotice
) -> None:
    visitor = as_site(srem)
    assert "We keep them safe." in visitor.get(SIGN_UP).content.decode()
    assert visitor.post(SIGN_UP, ANNA)["Location"] == SIGN_UP_CODE
    code = code_sent_to(srem, "anna@example.pl")
    assert visitor.post(SIGN_UP_CODE, {"code": code})["Location"] == "/en/konto/"
    assert is_in(visitor)
    with bind(srem):
        user = User.objects.get(email="anna@example.pl")
        assert (user.phone, user.has_usable_password()) == (None, False)
        person = user.person
        assert (person.full_name, person.email) == ("Anna Nowak", "anna@example.pl")
        assert (person.channel, person.language, person.notice) == ("email", "en", notice)
        entry = AuditEntry.objects.get(action="user.signed_up")
        assert (entry.actor, entry.person) == (user.pk, person.pk)
        assert "anna" not in str(entry.details).lower()


def test_resident_signs_up_by_phone(srem: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(srem)
    visitor.post(SIGN_UP, {**ANNA, "address": "600 100 200"})
    visitor.post(SIGN_UP_CODE, {"code": code_sent_to(srem, "+48600100200")})
    assert is_in(visitor)
    with bind(srem):
        user = User.objects.get(phone="+48600100200")
        assert user.phone_verified_at is not None
        assert (user.person.channel, str(user.person.phone)) == ("sms", "+48600100200")


def test_nothing_is_kept_without_the_code(srem: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(srem)
    visitor.post(SIGN_UP, ANNA)
    wrong = other_code(code_sent_to(srem, "anna@example.pl"))
    assert visitor.post(SIGN_UP_CODE, {"code": wrong}).status_code == 422
    with bind(srem):
        assert not User.objects.filter(email="anna@example.pl").exists()
        assert not Person.objects.filter(email="anna@example.pl").exists()


def test_a_person_the_office_knows_is_never_taken_over(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        known = Person.objects.create(
            first_name="Anna", last_name="Nowak", email="anna@example.pl", channel="email"
        )
    visitor = as_site(srem)
    visitor.post(SIGN_UP, ANNA)
    visitor.post(SIGN_UP_CODE, {"code": code_sent_to(srem, "anna@example.pl")})
    with bind(srem):
        assert User.objects.get(email="anna@example.pl").person != known


def test_an_address_with_an_account_looks_like_any_other_and_gets_news(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    visitor, taken = as_site(srem), email_of("resident", srem)
    answer = visitor.post(SIGN_UP, {**ANNA, "address": taken})
    assert (answer.status_code, answer["Location"]) == (302, SIGN_UP_CODE)
    page = visitor.get(SIGN_UP_CODE).content.decode()
    other = as_site(srem)
    other.post(SIGN_UP, ANNA)
    same = other.get(SIGN_UP_CODE).content.decode()
    assert _plain(page, taken) == _plain(same, "anna@example.pl")
    assert visitor.post(SIGN_UP_CODE, {"code": "000000"}).status_code == 422
    message = messages_to(srem, taken)[0]
    assert message.kind == "entrance/has_account"
    assert "/en/konto/zaloguj/" in message.content["en"]["text"]


def _plain(page: str, address: str) -> list[str]:
    return [
        line.replace(address, "ADDRESS")
        for line in page.splitlines()
        if "csrfmiddlewaretoken" not in line
    ]


def test_whoever_was_faster_with_the_address_leaves_a_way_to_log_in(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    visitor.post(SIGN_UP, ANNA)
    code = code_sent_to(srem, "anna@example.pl")
    with bind(srem):
        User.objects.create_user(email="anna@example.pl")
    assert visitor.post(SIGN_UP_CODE, {"code": code})["Location"] == "/en/konto/zaloguj/"
    with bind(srem):
        assert Person.objects.filter(email="anna@example.pl").count() == 1


def test_missing_answers_are_named_and_the_others_kept(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    response = as_site(srem).post(SIGN_UP, {"first_name": "Anna", "address": "anna@example.pl"})
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("Type your last name.") == 2
    assert 'value="Anna"' in page
    assert 'value="anna@example.pl"' in page
