from datetime import date

import pytest

from portal.accounts import privacy
from portal.accounts.models import Erasure, Person, User
from portal.accounts.privacy import Declaration, Lock
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.my_account.conftest import show_who_i_am
from tests.my_account.reading import title, words

AGREED = {"understood": "on"}


@pytest.fixture
def agreement_of_a_volunteer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A declaration of an app that keeps something by law."""
    declaration = Declaration(
        key="agreements", label="agreements of volunteers", basis="act on volunteering",
        kept_for="six years", tables=(), export=lambda _person: [], erase=lambda _person: None,
        locks=lambda _person: [
            Lock("agreements", "agreement of a volunteer", "art. 44 of the act", date(2032, 1, 1))
        ],
    )  # fmt: skip
    monkeypatch.setitem(privacy._declared, declaration.key, declaration)


def test_resident_reads_agrees_and_is_gone(
    srem: Tenant, kety: Tenant, resident: SiteClient
) -> None:
    page = words(resident.get("/en/konto/usun/"))
    assert "Nothing is deleted yet." in page
    assert "Nothing. It stays written down" in page
    show_who_i_am(resident)
    assert "Delete my account for good?" in words(resident.get("/en/konto/usun/potwierdz/"))
    response = resident.post("/en/konto/usun/potwierdz/", AGREED, follow=True)
    assert response.redirect_chain == [("/en/konto/usuniete/", 302)]
    assert "Your account is deleted" in words(response)
    assert "no-store" in response["Cache-Control"]
    assert resident.get("/en/konto/").status_code == 302
    with bind(srem):
        assert not User.objects.filter(email__startswith="resident@").exists()
        erasure = Erasure.objects.get()
        assert not Person.objects.current().filter(pk=erasure.person).exists()
        assert User.objects.filter(email__startswith="osl@").exists()
    with bind(kety):
        assert User.objects.filter(email__startswith="resident@").exists()


@pytest.mark.usefixtures("agreement_of_a_volunteer")
def test_what_the_law_keeps_is_told_before_and_after(resident: SiteClient) -> None:
    before = words(resident.get("/en/konto/usun/"))
    show_who_i_am(resident)
    resident.get("/en/konto/usun/potwierdz/")
    after = words(resident.post("/en/konto/usun/potwierdz/", AGREED, follow=True))
    for text in (before, after):
        assert "Agreement of a volunteer" in text
        assert "Art. 44 of the act" in text
        assert "Kept until 1 January 2032" in text


def test_without_the_tick_nothing_happens(srem: Tenant, resident: SiteClient) -> None:
    show_who_i_am(resident)
    response = resident.post("/en/konto/usun/potwierdz/", {})
    assert title(response).startswith("Error:")
    assert "Tick the box" in words(response)
    with bind(srem):
        assert not Erasure.objects.exists()


def test_somebody_who_found_an_open_computer_deletes_nothing(
    srem: Tenant, resident: SiteClient
) -> None:
    assert resident.post("/en/konto/usun/potwierdz/", AGREED).status_code == 302
    with bind(srem):
        assert not Erasure.objects.exists()


def test_only_director_is_told_what_to_do_first(srem: Tenant, as_site: type[SiteClient]) -> None:
    director = as_site(srem)
    director.log_in("director")
    show_who_i_am(director)
    response = director.post("/en/konto/usun/potwierdz/", AGREED)
    assert response.status_code == 200
    assert "This is the only director." in words(response)
    assert director.get("/en/konto/").status_code == 200


def test_pressing_twice_is_being_gone_once(srem: Tenant, resident: SiteClient) -> None:
    show_who_i_am(resident)
    resident.post("/en/konto/usun/potwierdz/", AGREED)
    again = resident.post("/en/konto/usun/potwierdz/", AGREED)
    assert again.status_code == 302
    with bind(srem):
        assert Erasure.objects.count() == 1


def test_last_page_is_for_somebody_who_just_left(resident: SiteClient) -> None:
    response = resident.get("/en/konto/usuniete/")
    assert response.status_code == 302
    assert response["Location"] == "/en/konto/"
