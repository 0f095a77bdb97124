"""What the booking bench works on: a site, dates with places, people with forms filled in."""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from events.clients import cookie_name, digest, new_secret
from events.links import token_of
from events.models import Activity, ActivityText, Booking, BookingDraft, CapacityPool, Session
from tenants.binding import bind
from tenants.models import Municipality, Tenant
from tenants.provisioning import SiteOrder, provision
from tenants.roles import as_owner
from tests.bench.booking_server import page_of
from tests.bench.crowd import Post

DAYS_AHEAD = timedelta(days=10)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_OFF = f"ALTER TABLE {CapacityPool._meta.db_table} DROP CONSTRAINT pool_never_oversold"


@dataclass(frozen=True, slots=True)
class Site:
    """A gmina with one activity."""

    tenant: Tenant
    host: str
    activity: Activity


def make_site(number: int, *, is_guarded: bool = True) -> Site:
    """
    Args:
        is_guarded: False takes the constraint that forbids overselling off its tables.
    """
    host = f"gmina{number}.localhost"
    gmina = Municipality.objects.order_by("teryt")[number]
    tenant = provision(SiteOrder(domain=host, municipality=gmina, status=Tenant.Status.ACTIVE))
    with bind(tenant):
        activity = Activity.objects.create(slug="spacer", status="published", kind="open_series")
        ActivityText.objects.create(activity=activity, title="Spacer", lead="Nad rzekę.", live=True)
        if not is_guarded:
            with as_owner(), connection.cursor() as cursor:
                cursor.execute(_OFF)
    return Site(tenant, host, activity)


def make_pool(site: Site, *, places: int) -> CapacityPool:
    """Of a new date."""
    pool = CapacityPool.objects.create(capacity=places)
    starts_at = timezone.now() + DAYS_AHEAD
    Session.objects.create(
        activity=site.activity, pool=pool, status="published", starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
    )  # fmt: skip
    return pool


@dataclass(frozen=True, slots=True)
class Token:
    """Against forged forms: what the browser keeps, and what the form sends with it."""

    cookie: str
    field: str


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody's, with the form they are filling in."""

    secret: str
    address: str
    draft: BookingDraft

    def path(self, url_name: str) -> str:
        return reverse(f"events:{url_name}", args=[self.draft.pk])

    def post(self, path: str, token: Token, **fields: str) -> Post:
        return Post(
            path=path,
            fields={"csrfmiddlewaretoken": token.field, **fields},
            cookies={cookie_name(): self.secret, "csrftoken": token.cookie},
            address=self.address,
        )


def fill_in(
    site: Site, pool: CapacityPool, sizes: Sequence[int], *, is_answered: bool = True,
    waits: bool = False,
) -> list[Browser]:  # fmt: skip
    """A browser with a form for each party.

    Args:
        is_answered: to the last question, but its places have been held too long: the last button
            takes them. Otherwise nothing was answered yet.
        waits: for the waiting list.
    """
    browsers = []
    for number, size in enumerate(sizes):
        secret = new_secret()
        draft = BookingDraft(
            client=digest(secret), activity=site.activity, pool=pool,
            party_size=size if is_answered else None, is_for_waiting_list=waits,
            answers=_answers(size) if is_answered else {},
        )  # fmt: skip
        browsers.append(Browser(secret, f"10.0.{number // 250}.{number % 250 + 1}", draft))
    BookingDraft.objects.bulk_create(browser.draft for browser in browsers)
    return browsers


def _answers(size: int) -> dict[str, Any]:
    """Of a guest; everybody has another name and address, in every round."""
    name = secrets.token_hex(6)
    people = {
        f"osoba-{number}": {"first_name": "Anna", "last_name": f"{name} {number}", "age": None}
        for number in range(1, size + 1)
    }
    return {
        "osoby": {
            "size": size, "who": "me" if size == 1 else "me_and_others", "wheelchair": False,
        },
        **people,
        "kontakt": {
            "channel": "email", "email": f"{name}@gmina.example", "phone": "", "street": "",
            "postcode": "", "city": "",
        },
        "potrzeby": {"needs": {}, "agrees": False, "note": ""},
        "language": "pl",
    }  # fmt: skip


def cancellations(bookings: Sequence[Booking], token: Token) -> Iterator[Post]:
    """By whoever has the link."""
    for number, booking in enumerate(bookings):
        yield Post(
            path=reverse("events:booking_cancel", args=[booking.code, token_of(booking)]),
            fields={"csrfmiddlewaretoken": token.field},
            cookies={"csrftoken": token.cookie},
            address=f"10.1.0.{number + 1}",
        )


def look(browsers: Sequence[Browser], *, host: str, port: int) -> None:
    """At the last question, as everybody does before they press its button: what all of them see
    of the date is then known to the workers."""
    for browser in browsers:
        token_of_page(browser, host=host, port=port)


def token_of_page(browser: Browser, *, host: str, port: int) -> Token:
    """As the last question gives it to the browser.

    Raises:
        RuntimeError: the page is not there, or has no form.
    """
    page, cookie = page_of(
        browser.path("check"), host=host, port=port, cookie=f"{cookie_name()}={browser.secret}"
    )
    found = _TOKEN.search(page)
    if found is None:
        raise RuntimeError("the page has no form")
    return Token(cookie, found[1])
