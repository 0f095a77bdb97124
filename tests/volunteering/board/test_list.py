"""The board: which requests stand there, for whom, and what is downloaded."""

import csv
from io import StringIO

from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.making import (
    make_district,
    make_invitation,
    make_person,
    make_request,
    make_volunteer,
)

BOARD = "/en/panel/pomoc/"


def staff(tenant: Tenant, role: str = "osl") -> SiteClient:
    visitor = SiteClient(tenant)
    visitor.log_in(role)
    return visitor


def test_only_those_who_see_help_open_the_board(srem: Tenant) -> None:
    may = {"osl": 200, "ous": 200, "director": 200, "dpo": 200, "editor": 403, "resident": 403}
    assert {role: staff(srem, role).get(BOARD).status_code for role in may} == may


def test_an_empty_board_says_so(srem: Tenant) -> None:
    page = staff(srem).get(BOARD).content.decode()
    assert "Nobody is waiting for help" in page
    assert "/panel/pomoc/telefon/" in page


def test_new_and_unmet_requests_come_first_without_last_names(srem: Tenant) -> None:
    with bind(srem):
        request = make_request(requester=make_person("Halina Tajemnicza"), priority=3)
        make_invitation(request, make_volunteer(), "declined")
        make_request(status="submitted", kind="walk")
        make_request(status="unmet", kind="papers")
        make_request(status="completed", kind="garden")
    page = staff(srem, "ous").get(BOARD).content.decode()
    places = [page.index(f">{one}<") for one in ("New", "Nobody found", "Looking for somebody")]
    assert places == sorted(places)
    assert "asked: 1, said no: 1" in page
    assert "Halina" in page
    assert "Tajemnicza" not in page
    assert "3 requests" in page


def test_the_filter_stands_in_the_address(srem: Tenant) -> None:
    with bind(srem):
        far = make_district("Pysząca", 52.05, 17.05)
        make_request(kind="walk", district=far)
        make_request(kind="papers")
        make_request(kind="garden", status="unmet")
    board = staff(srem)
    assert "1 request<" in board.get(f"{BOARD}?okolica={far.pk}").content.decode()
    assert "1 request<" in board.get(f"{BOARD}?stan=bez-pomocy").content.decode()
    assert "1 request<" in board.get(f"{BOARD}?rodzaj=papers&stan=szukamy").content.decode()
    assert "No such request" in board.get(f"{BOARD}?stan=zamkniete").content.decode()
    assert "3 requests" in board.get(f"{BOARD}?stan=x&okolica=y&rodzaj=z").content.decode()


def test_the_list_asks_the_same_however_long_it_is(srem: Tenant) -> None:
    board = staff(srem)
    numbers = []
    for more in (1, 12):
        with bind(srem):
            volunteer = make_volunteer()
            for _number in range(more):
                make_invitation(make_request(), volunteer)
        board.get(BOARD)
        with CaptureQueriesContext(connection) as queries:
            board.get(BOARD)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] < 40


def test_the_table_has_no_names_and_is_noted(srem: Tenant) -> None:
    with bind(srem):
        make_request(requester=make_person("Halina Tajemnicza"), kind="walk")
        make_request(status="unmet", kind="papers")
    board = staff(srem)
    text = board.get(f"{BOARD}plik.csv?stan=szukamy").content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert rows[0][0] == "State"
    assert [row[1] for row in rows[1:]] == ["a walk together"]
    assert "Halina" not in text
    assert board.get(f"{BOARD}plik.xlsx").content[:2] == b"PK"
    with bind(srem):
        assert AuditEntry.objects.filter(action="help.exported").count() == 2


def test_the_neighbouring_gmina_has_its_own_board(srem: Tenant, kety: Tenant) -> None:
    with bind(srem):
        request = make_request(kind="walk")
    board = staff(kety)
    assert "Nobody is waiting for help" in board.get(BOARD).content.decode()
    assert board.get(f"{BOARD}{request.pk}/").status_code == 404
    assert board.post(f"{BOARD}{request.pk}/szukaj/").status_code == 404


def test_today_and_the_menu_say_what_waits(srem: Tenant) -> None:
    with bind(srem):
        make_request(status="submitted")
        make_request(status="unmet")
    page = staff(srem).get("/en/panel/").content.decode()
    assert 'New requests for help <span class="badge">1</span>' in page
    assert 'Requests nobody was found for <span class="badge">1</span>' in page
    assert "waiting: </span>2</b>" in page
