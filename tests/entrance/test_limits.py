"""Tries are counted in the database: many at once are no more than many in a row."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from portal.accounts.limits import Limit, TooManyTries, forget, forget_what_is_over, take
from portal.accounts.models import Session, Tries, User
from portal.entrance import tries
from portal.entrance.client import client_address
from portal.entrance.tasks import delete_expired_sessions
from portal.places.models import Place
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.entrance.doors import (
    CODE,
    LOGIN,
    PASSWORD_LOGIN,
    ask_for_code,
    email_of,
    is_in,
    other_code,
)  # fmt: skip

AT_ONCE = 20
LIMIT = Limit("test", 5, timedelta(minutes=1))


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Results of ``act`` in as many threads, let go together."""
    together = Barrier(AT_ONCE)

    def one(number: int) -> Any:
        try:
            together.wait(timeout=30)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(one, range(AT_ONCE)))


def is_allowed(limit: Limit, subject: str) -> bool:
    try:
        take(limit, subject)
    except TooManyTries:
        return False
    return True


def test_no_more_tries_than_allowed_and_a_new_window_after(srem: Tenant) -> None:
    with bind(srem):
        assert [is_allowed(LIMIT, "a") for _try in range(7)] == [True] * 5 + [False] * 2
        assert is_allowed(LIMIT, "b")
        Tries.objects.update(until=timezone.now())
        assert is_allowed(LIMIT, "a")
        forget(LIMIT, "a")
        assert take(LIMIT, "a") == 1


def test_how_long_to_wait_is_known(srem: Tenant) -> None:
    with bind(srem):
        for _try in range(5):
            take(LIMIT, "a")
        with pytest.raises(TooManyTries) as refused:
            take(LIMIT, "a")
    assert timedelta(seconds=50) < refused.value.wait <= timedelta(minutes=1)


def test_the_neighbours_tries_are_their_own_and_nothing_names_the_subject(
    srem: Tenant, kety: Tenant
) -> None:
    keys = set()
    for tenant in (srem, kety):
        with bind(tenant):
            assert take(LIMIT, "anna@example.pl") == 1
            keys |= set(Tries.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert not any("anna" in key for key in keys)


def test_what_is_over_goes_at_night(srem: Tenant) -> None:
    with bind(srem):
        take(LIMIT, "old")
        Tries.objects.update(until=timezone.now())
        take(LIMIT, "new")
        Session.objects.create(session_key="old", session_data="", expire_date=timezone.now())
        later = timezone.now() + timedelta(hours=1)
        Session.objects.create(session_key="new", session_data="", expire_date=later)
        forget_what_is_over()
        delete_expired_sessions()
        assert Tries.objects.count() == 1
        assert [session.pk for session in Session.objects.all()] == ["new"]


def test_twenty_at_once_are_allowed_five(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")

    def act(_number: int) -> bool:
        with bind(srem):
            return is_allowed(LIMIT, "a")

    assert sum(at_once(act)) == 5


def test_counting_in_two_steps_would_allow_more(own_database: str) -> None:
    """The negative control: what reading and then writing would let through."""
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    read = Barrier(AT_ONCE)

    def act(_number: int) -> bool:
        with bind(srem):
            row = Tries.objects.filter(key="naive").first()
            read.wait(timeout=30)
            count = row.count if row else 0
            later = timezone.now() + timedelta(minutes=1)
            Tries.objects.update_or_create(
                key="naive", defaults={"count": count + 1, "until": later}
            )
            return count < 5

    assert sum(at_once(act)) > 5


def test_three_tries_of_a_code_hold_against_twenty_at_once(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    visitor = SiteClient(srem)
    code = ask_for_code(visitor, email_of("resident", srem))
    cookie = visitor.cookies["sessionid"].value
    compared = []

    def compare(*, actual: str, expected: str) -> bool:
        compared.append(actual)
        return actual == expected

    monkeypatch.setattr("portal.entrance.codes.compare_user_code", compare)

    def act(number: int) -> int:
        one = SiteClient(srem)
        one.cookies["sessionid"] = cookie
        wrong = f"{(int(code) + 1 + number) % 1_000_000:06}"
        return int(one.post(CODE, {"code": wrong}).status_code)

    statuses = at_once(act)
    assert len(compared) == 3
    assert set(statuses) <= {410, 422, 429}
    assert statuses.count(422) == 2
    assert visitor.post(CODE, {"code": code}).status_code in {410, 429}
    assert not is_in(visitor)


def test_the_right_code_twenty_times_at_once_opens_once(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    visitor = SiteClient(srem)
    code = ask_for_code(visitor, email_of("resident", srem))
    cookie = visitor.cookies["sessionid"].value

    def act(_number: int) -> int:
        one = SiteClient(srem)
        one.cookies["sessionid"] = cookie
        return int(one.post(CODE, {"code": code}).status_code)

    assert at_once(act).count(302) == 1
    with bind(srem):
        resident = User.objects.get(email=email_of("resident", srem))
        assert resident.sessions.count() == 1


# At the doors


def test_five_codes_to_an_address_then_a_page_says_how_long_to_wait(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        Place.objects.create(name="CUS", is_main=True, phone="61 283 01 22")
    answers = [as_site(srem).post(LOGIN, {"address": "anna@example.pl"}) for _time in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    page = answers[-1].content.decode()
    assert 0 < int(answers[-1]["Retry-After"]) <= 900
    assert "Try again in 15 minutes." in page
    assert "Call: 61 283 01 22" in page
    assert as_site(srem).post(LOGIN, {"address": "ewa@example.pl"}).status_code == 302


def test_ten_passwords_then_even_the_right_one_waits(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    address = email_of("resident", srem)
    statuses = [
        as_site(srem)
        .post(PASSWORD_LOGIN, {"address": address, "password": f"wrong-{number}"})
        .status_code
        for number in range(10)
    ]
    assert statuses == [422] * 10
    right = {"address": address, "password": "sesame-open-long"}
    assert as_site(srem).post(PASSWORD_LOGIN, right).status_code == 429


def test_ten_codes_of_an_address_however_many_were_sent(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    address = email_of("resident", srem)
    statuses = []
    for _code in range(4):
        visitor = as_site(srem)
        code = ask_for_code(visitor, address)
        statuses += [
            visitor.post(CODE, {"code": other_code(code)}).status_code for _try in range(3)
        ]
    assert statuses[:10] == [422, 422, 410] * 3 + [422]
    assert statuses[10:] == [429, 429]


def test_a_spoofed_client_address_is_no_help(srem: Tenant, as_site: type[SiteClient]) -> None:
    allowed = tries._MESSAGES_OF_A_CLIENT.tries
    for number in range(allowed + 1):
        response = as_site(srem).post(
            LOGIN,
            {"address": f"a{number}@example.pl"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )
        assert response.status_code == (302 if number < allowed else 429)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_the_client_is_read_as_far_as_our_proxies_wrote_it(
    settings: Any, proxies: int, forwarded: str, counted: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded}
    )
    assert client_address(request) == counted
