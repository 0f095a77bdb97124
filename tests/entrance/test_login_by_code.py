"""Coming in by a code: the one way everybody has."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.entrance import codes
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.entrance.doors import (
    CODE,
    LOGIN,
    ask_for_code,
    code_sent_to,
    email_of,
    is_in,
    log_in_by_code,
    messages_to,
    other_code,
)  # fmt: skip


def test_resident_logs_in_with_a_code_by_email(srem: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(srem)
    response = log_in_by_code(visitor, email_of("resident", srem))
    assert (response.status_code, response["Location"]) == (302, "/en/konto/")
    assert is_in(visitor)


def test_resident_logs_in_with_a_code_by_sms_typing_the_number_as_people_do(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        User.objects.create_user(phone="+48600100200")
    visitor = as_site(srem)
    assert visitor.post(LOGIN, {"address": "600 100-200"}).status_code == 302
    message = messages_to(srem, "+48600100200")[0]
    with bind(srem):
        assert message.deliveries.get().channel == Delivery.Channel.SMS
    code = code_sent_to(srem, "+48600100200")
    assert message.content["en"]["sms"].startswith(code)
    assert visitor.post(CODE, {"code": f"{code[:3]} {code[3:]}"}).status_code == 302
    assert is_in(visitor)


def test_the_code_is_urgent_and_is_not_sent_after_ten_minutes(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    ask_for_code(as_site(srem), email_of("resident", srem))
    message = messages_to(srem, email_of("resident", srem))[0]
    with bind(srem):
        assert message.deliveries.get().is_urgent
    assert message.expires_at is not None
    assert message.expires_at - message.created_at <= timedelta(minutes=10, seconds=1)


def test_whoever_was_going_somewhere_arrives_there(srem: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(srem)
    stopped = visitor.get("/en/konto/zgody/")
    assert stopped.status_code == 302
    asked = visitor.post(stopped["Location"], {"address": email_of("resident", srem)})
    code = code_sent_to(srem, email_of("resident", srem))
    assert visitor.post(asked["Location"], {"code": code})["Location"] == "/en/konto/zgody/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_nobody_is_sent_to_another_site(
    srem: Tenant, as_site: type[SiteClient], elsewhere: str
) -> None:
    visitor = as_site(srem)
    code = ask_for_code(visitor, email_of("resident", srem), next=elsewhere)
    answer = visitor.post(CODE, {"code": code}, QUERY_STRING=f"next={elsewhere}")
    assert answer["Location"] == "/en/konto/"


def test_a_wrong_code_is_said_so_and_three_of_them_end_it(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    code = ask_for_code(visitor, email_of("resident", srem))
    first = visitor.post(CODE, {"code": other_code(code)})
    assert first.status_code == 422
    page = first.content.decode()
    assert "<title>Error: " in page
    assert page.count("This is not the code we sent.") == 2
    assert "2 tries are left." in page
    assert "1 try is left." in visitor.post(CODE, {"code": "000000"}).content.decode()
    last = visitor.post(CODE, {"code": "000000"})
    assert last.status_code == 410
    assert "Send a new code to" in last.content.decode()
    assert visitor.post(CODE, {"code": code}).status_code == 410
    assert not is_in(visitor)


def test_an_old_code_is_over_and_a_new_one_is_one_button_away(
    srem: Tenant, as_site: type[SiteClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = as_site(srem)
    old = ask_for_code(visitor, email_of("resident", srem))
    with monkeypatch.context() as patch:
        patch.setattr(codes, "LASTS", timedelta(seconds=-1))
        assert visitor.get(CODE).status_code == 410
        over = visitor.post(CODE, {"code": old})
        assert over.status_code == 410
    again = re.search(r'action="([^"]+jeszcze-raz/)"', over.content.decode())
    assert again
    assert visitor.post(again[1])["Location"] == CODE
    new = code_sent_to(srem, email_of("resident", srem))
    assert new != old
    assert visitor.post(CODE, {"code": new}).status_code == 302


def test_a_code_opens_once(srem: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(srem)
    code = ask_for_code(visitor, email_of("resident", srem))
    session = {name: visitor.cookies[name].value for name in visitor.cookies}
    assert visitor.post(CODE, {"code": code}).status_code == 302
    visitor.post("/en/konto/wyloguj/")
    assert visitor.post(CODE, {"code": code}).status_code == 410
    other = as_site(srem)
    other.cookies.load(session)
    assert other.post(CODE, {"code": code}).status_code == 410
    assert not is_in(other)


def test_a_code_is_worth_nothing_in_another_browser(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    code = ask_for_code(as_site(srem), email_of("resident", srem))
    assert as_site(srem).post(CODE, {"code": code}).status_code == 410


def test_a_new_code_makes_the_one_before_worthless(srem: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(srem)
    first = ask_for_code(visitor, email_of("resident", srem))
    second = ask_for_code(visitor, email_of("resident", srem))
    assert visitor.post(CODE, {"code": first}).status_code == 422 or first == second
    assert visitor.post(CODE, {"code": second}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type your e-mail address or your phone number."),
        ("anna@", "This is not a full e-mail address."),
        ("12345", "This is not a full phone number."),
        ("61 283 01 22", "Text messages do not reach this number."),
    ],
)
def test_a_mistyped_address_is_explained(
    srem: Tenant, as_site: type[SiteClient], typed: str, words: str
) -> None:
    response = as_site(srem).post(LOGIN, {"address": typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert f'value="{typed}"' in page or not typed


# Nobody learns who has an account


def _shape(response: Any) -> tuple[Any, ...]:
    """All a browser gets, without what differs each time."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    headers = {name: value for name, value in response.headers.items() if name != "Expires"}
    cookies = sorted(
        (name, len(morsel.value), morsel["path"], morsel["httponly"])
        for name, morsel in response.cookies.items()
    )
    return response.status_code, body, headers, cookies


@pytest.mark.parametrize(
    ("known", "unknown"),
    [("resident@{}.example", "residenx@{}.example"), ("+48600100200", "+48600100201")],
)
def test_known_and_unknown_addresses_get_the_same_answers(
    srem: Tenant, as_site: type[SiteClient], known: str, unknown: str
) -> None:
    with bind(srem):
        User.objects.create_user(phone="+48600100200")
    as_site(srem).post(LOGIN, {"address": "first@example.pl"}, follow=True)
    answers = [
        _all_steps(as_site(srem), address.format(srem.schema_name)) for address in (known, unknown)
    ]
    assert answers[0] == answers[1]


def _all_steps(visitor: SiteClient, address: str) -> list[Any]:
    """What each step of a login answers, and how many queries it takes, hence how long."""
    steps: list[tuple[str, str, dict[str, str]]] = [
        ("post", LOGIN, {"address": address}),
        ("get", CODE, {}),
        ("post", CODE, {"code": "000000"}),
        ("post", f"{CODE}jeszcze-raz/", {}),
        ("get", CODE, {}),
    ]
    answers = []
    for method, path, data in steps:
        with CaptureQueriesContext(connection) as captured:
            status, body, headers, cookies = _shape(getattr(visitor, method)(path, data))
        answers.append((status, body.replace(address, "ADDRESS"), headers, cookies, len(captured)))
    return answers


def test_unknown_address_gets_news_instead_of_a_code(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    as_site(srem).post(LOGIN, {"address": "nobody@example.org"})
    message = messages_to(srem, "nobody@example.org")[0]
    assert message.kind == "entrance/no_account"
    assert "/en/konto/zaloz/" in message.content["en"]["text"]
    assert not re.search(r"\d{6}", message.content["en"]["text"])


def test_a_closed_account_gets_no_code(srem: Tenant, as_site: type[SiteClient]) -> None:
    with bind(srem):
        User.objects.filter(email=email_of("resident", srem)).update(is_active=False)
    as_site(srem).post(LOGIN, {"address": email_of("resident", srem)})
    assert messages_to(srem, email_of("resident", srem))[0].kind == "entrance/no_account"


# The pages themselves


def test_pages_of_the_entrance_are_never_cached_and_cost_few_queries(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    visitor.get(LOGIN)
    with CaptureQueriesContext(connection) as captured:
        response = visitor.get(LOGIN)
    assert "no-store" in response["Cache-Control"]
    assert len(captured) <= 8, [query["sql"] for query in captured]


def test_public_pages_still_ask_nobody_who_they_are(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    response = as_site(srem).get("/en/kontakt/")
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
