"""Two clerks tap the same name at one moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import QuerySet

from events.models import Attendance
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.running.evening import open_evening, person_in

TIMES = 6


def entries_of_a_tapped_name(tenant: Tenant) -> tuple[int, int, set[int]]:
    """Attendances, entries of the audit, and statuses of the answers."""
    evening = open_evening(tenant)
    visitor = SiteClient(tenant, raise_request_exception=False)
    visitor.log_in("osl")
    with bind(tenant):
        one = person_in(evening.anna, "Anna")
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
    with bind(tenant):
        noted = AuditEntry.objects.filter(action="attendance.recorded").count()
        return Attendance.objects.count(), noted, answers


@pytest.fixture
def there(own_database: str) -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


def test_it_is_written_down_once(there: Tenant) -> None:
    assert entries_of_a_tapped_name(there) == (1, 1, {302})


def test_without_the_lock_it_would_be_written_down_again(
    there: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    _rows, noted, answers = entries_of_a_tapped_name(there)
    assert noted > 1 or 500 in answers
