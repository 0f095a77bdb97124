"""How the tests of this folder look at a site: as whom, what came back, what was written where."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.contrib.auth import SESSION_KEY
from django.db import connection, transaction

from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import ListedService, ListedSession, Tenant
from tests.architecture.canaries import Canaries
from tests.architecture.roles import UNPROVEN
from tests.conftest import SiteClient

SITES = ("srem", "kety")
# Where a stranger, or a visitor whose session ended, may always write: what is tried is counted.
OF_STRANGERS = {"accounts_session", "accounts_tries"}


def neighbour(site: str) -> str:
    return SITES[1 - SITES.index(site)]


def visitor_who_is(user: User, tenant: Tenant) -> SiteClient:
    """Somebody who has just shown who they are."""
    visitor = SiteClient(tenant, raise_request_exception=False)
    with bind(tenant):
        visitor.force_login(user)
    _set_shown(visitor, [{"method": "mfa", "type": "totp", "at": time.time()}])
    return visitor


def visitor_as(role: str, tenant: Tenant) -> SiteClient:
    """Anonymous, a role of the cast who has just shown who they are, a superuser, or a director
    whose session has shown no second factor."""
    visitor = SiteClient(tenant, raise_request_exception=False)
    if role == UNPROVEN:
        visitor.log_in("director")
        _set_shown(visitor, [])
    elif role != "anonymous":
        visitor.log_in(role)
        _set_shown(visitor, [{"method": "mfa", "type": "totp", "at": time.time()}])
    return visitor


def with_cookies_of(visitor: SiteClient, tenant: Tenant) -> SiteClient:
    """The same browser on another site, as if its cookies had come along."""
    there = SiteClient(tenant)
    there.cookies = _copied(visitor.cookies)
    return there


def is_nobody(visitor: SiteClient) -> bool:
    """Whether every kind of page that asks who it is for asks for a login first."""
    answers = [
        with_cookies_of(visitor, visitor.tenant).get(address, follow=True)
        for address in ("/konto/", "/panel/", "/cms/")
    ]
    return all(
        "/konto/zaloguj/" in answer.redirect_chain[-1][0] and answer.status_code == 200
        for answer in answers
    )


def _copied(cookies: SimpleCookie) -> SimpleCookie:
    return SimpleCookie({name: cookie.value for name, cookie in cookies.items()})


def _set_shown(visitor: SiteClient, methods: list[dict[str, Any]]) -> None:
    with bind(visitor.tenant):
        session = visitor.session
        session["account_authentication_methods_user"] = session[SESSION_KEY]
        session["account_authentication_methods"] = methods
        session.save()


def whole(response: Any) -> str:
    """Headers and body: of a workbook what its sheets say, of a calendar its unbroken lines."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as book:
            body = b" ".join(book.read(name) for name in book.namelist())
    elif body.startswith(b"BEGIN:VCALENDAR"):
        body = body.replace(b"\r\n ", b"")
    return f"{response.headers} {body.decode(errors='replace')}"


def inside(text: str) -> str:
    """What a page is about: without what stands around it on every page; of a file, all of it."""
    return text.partition("<main")[2].partition("</main>")[0] or text


def people_reached(text: str, canaries: Canaries) -> set[str]:
    """Ids of the people whose phone, e-mail or street a page shows, however it writes them."""
    plain = re.sub(r"\s|&nbsp;|-", "", text)
    return {
        person
        for person, contacts in canaries.contacts.items()
        if any(re.sub(r"\s|-", "", contact) in plain for contact in contacts)
    }


def rows_written_by_table(tenant: Tenant) -> Counter[str]:
    """Rows written in this transaction, also those taken back since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE schemaname = %s AND n_tup_ins + n_tup_upd + n_tup_del > 0",
            [tenant.schema_name],
        )
        return Counter(dict(cursor.fetchall()))


def rows_written(tenant: Tenant) -> int:
    return rows_written_by_table(tenant).total()


def outside_the_schema(tenant: Tenant) -> Any:
    """What ``public`` says of a site: the registry, its content version included, and its jobs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, status, attempts, scheduled_at FROM public.procrastinate_jobs"
            " WHERE args->>'site' = %s ORDER BY id",
            [tenant.schema_name],
        )
        jobs = cursor.fetchall()
    return [
        *Tenant.objects.filter(pk=tenant.pk).values(),
        *ListedService.objects.filter(tenant=tenant).order_by("pk").values(),
        *ListedSession.objects.filter(tenant=tenant).order_by("pk").values(),
        *jobs,
    ]


@contextmanager
def undone(visitor: SiteClient) -> Iterator[None]:
    """Take back what happens inside, in the database and in the visitor's browser; counts as a
    test's own transaction, see ``pins_schema``."""
    cookies = _copied(visitor.cookies)
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)
    visitor.cookies = cookies
