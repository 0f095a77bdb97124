import json
from io import BytesIO
from zipfile import ZipFile

from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.my_account.conftest import show_who_i_am
from tests.my_account.reading import words


def test_resident_takes_everything_home(srem: Tenant, resident: SiteClient) -> None:
    show_who_i_am(resident)
    assert "The file contains:" in words(resident.get("/en/konto/pobierz/"))
    response = resident.post("/en/konto/pobierz/plik/")
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith('attachment; filename="moje-dane-')
    assert "no-store" in response["Cache-Control"]
    with ZipFile(BytesIO(response.content)) as archive:
        data = json.loads(archive.read("data.json"))
        assert "Przykładowa" in archive.read("index.html").decode()
    text = json.dumps(data)
    assert "resident@" in text
    assert "osl@" not in text
    with bind(srem):
        assert AuditEntry.objects.filter(action="person.exported").count() == 1


def test_somebody_who_found_an_open_computer_is_asked_who_they_are(
    srem: Tenant, resident: SiteClient
) -> None:
    page = resident.get("/en/konto/pobierz/")
    assert page.status_code == 302
    assert page["Location"].endswith("?next=%2Fen%2Fkonto%2Fpobierz%2F")
    assert resident.post("/en/konto/pobierz/plik/")["Location"] == "/en/konto/pobierz/"
    with bind(srem):
        assert not AuditEntry.objects.filter(action="person.exported").exists()


def test_sixth_download_of_an_hour_waits(srem: Tenant, resident: SiteClient) -> None:
    show_who_i_am(resident)
    answers = [resident.post("/en/konto/pobierz/plik/") for _time in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "You can do it again in 60 minutes." in words(answers[-1])
    with bind(srem):
        assert AuditEntry.objects.filter(action="person.exported").count() == 5
