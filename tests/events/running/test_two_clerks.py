"""Clerks tap the same name at one moment, one name after the other."""

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import QuerySet

from events.models import Participation
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.running.evening import Evening, open_evening

TIMES = 6


def entries_of_tapped_names(tenant: Tenant) -> Iterator[tuple[int, int, set[int]]]:
    """For each name: its attendances, its entries in the audit, statuses of the answers."""
    evening = open_evening(tenant)
    visitor = SiteClient(tenant, raise_request_exception=False)
    visitor.log_in("osl")
    with bind(tenant):
        party = list(Participation.objects.filter(place=evening.pool, status="confirmed"))
    for one in party:
        answers = _answers(tenant, visitor, evening, one)
        with bind(tenant):
            noted = AuditEntry.objects.filter(action="attendance.recorded", person=one.person_id)
            yield one.attendances.count(), noted.count(), answers


def _answers(tenant: Tenant, visitor: SiteClient, evening: Evening, one: Participation) -> set[int]:
    together, answers = Barrier(TIMES), set()

    def tap() -> None:
        client = SiteClient(tenant, raise_request_exception=False)
        client.cookies = visitor.cookies
        together.wait()
        address = f"/panel/wydarzenia/termin/{evening.session.pk}/obecnosc/{one.pk}/obecny/"
        answers.add(client.post(address).status_code)
        connection.close()

    threads = [Thread(target=tap) for _time in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def there(own_database: str) -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


def test_it_is_written_down_once(there: Tenant) -> None:
    assert list(entries_of_tapped_names(there)) == [(1, 1, {302})] * 5


def test_without_the_lock_it_would_be_written_down_again(
    there: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    # Not everybody meets at the door each time; over several names somebody does.
    assert any(noted > 1 or 500 in answers for _, noted, answers in entries_of_tapped_names(there))
