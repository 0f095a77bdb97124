from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import Session
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.my_account.conftest import show_who_i_am
from tests.my_account.reading import words

QUERIES = 14


def test_resident_sees_this_device_and_no_button_for_others(resident: SiteClient) -> None:
    text = words(resident.get("/en/konto/bezpieczenstwo/"))
    assert "This device" in text
    assert "Another device" not in text
    assert "Log out everywhere else" not in text
    assert "resident@" in text


def test_resident_logs_out_everywhere_else(
    srem: Tenant, as_site: type[SiteClient], resident: SiteClient,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    others = [as_site(srem) for _number in range(3)]
    for other in others:
        other.log_in("resident")
    show_who_i_am(others[0])
    stranger = as_site(srem)
    stranger.log_in("osl")
    with django_assert_max_num_queries(QUERIES):
        text = words(resident.get("/en/konto/bezpieczenstwo/"))
    assert text.count("Another device") == 3
    assert text.count("logged in on") == 1
    response = resident.post("/en/konto/bezpieczenstwo/wyloguj-inne/", follow=True)
    assert "Logged out on 3 other devices." in words(response)
    assert [other.get("/en/konto/").status_code for other in others] == [302] * 3
    assert stranger.get("/en/konto/").status_code == 200
    with bind(srem):
        assert AuditEntry.objects.get(action="session.ended_elsewhere").details == {"number": 3}


def test_logging_out_others_again_changes_nothing(srem: Tenant, resident: SiteClient) -> None:
    assert resident.post("/en/konto/bezpieczenstwo/wyloguj-inne/").status_code == 302
    assert resident.get("/en/konto/").status_code == 200
    with bind(srem):
        assert Session.objects.filter(user__email__startswith="resident@").count() == 1
        assert not AuditEntry.objects.filter(action="session.ended_elsewhere").exists()
