"""Parts of the gmina, by which matching knows where people live."""

from decimal import Decimal

import pytest

from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.gates.test_profile import LIST, read
from tests.volunteering.making import make_district
from volunteering.models import District, VolunteerProfile

DISTRICTS = f"{LIST}okolice/"
ZBRUDZEWO = {"name": "Zbrudzewo", "latitude": "52,0897", "longitude": "17.0154"}


def test_the_first_one_opens_volunteering(srem: Tenant, kety: Tenant, osl: SiteClient) -> None:
    assert "Volunteering is not open yet" in read(osl, DISTRICTS)
    assert osl.post(f"{DISTRICTS}dodaj/", ZBRUDZEWO).status_code == 302
    assert "Zbrudzewo" in read(osl, DISTRICTS)
    with bind(srem):
        district = District.objects.get()
    assert (district.latitude, district.longitude) == (Decimal("52.09"), Decimal("17.02"))
    with bind(kety):
        assert not District.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"latitude": "17,02", "longitude": "52,09"}, "This point is not in Poland"),
        ({"latitude": "abc"}, "Write a number, for example 52,09."),
        ({"latitude": "NaN"}, "Write a number, for example 52,09."),
        ({"longitude": "1e99"}, "Write a number"),
        ({"name": "Centrum"}, "already exists"),
    ],
)
def test_what_is_no_place_is_refused_in_words(
    srem: Tenant, osl: SiteClient, fields: dict[str, str], words: str
) -> None:
    with bind(srem):
        make_district("Centrum")
    answer = osl.post(f"{DISTRICTS}dodaj/", {**ZBRUDZEWO, **fields})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_one_is_renamed_and_moved(srem: Tenant, osl: SiteClient, ewa: VolunteerProfile) -> None:
    path = f"{DISTRICTS}{ewa.district_id}/"
    assert "cannot be taken off the list" in read(osl, path)
    osl.post(path, {"name": "Stare Miasto", "latitude": "52.1", "longitude": "17"})
    with bind(srem):
        assert str(VolunteerProfile.objects.get(pk=ewa.pk).district) == "Stare Miasto"


def test_one_goes_only_when_nobody_uses_it(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    with bind(srem):
        free = make_district("Nowe")
    used = osl.post(f"{DISTRICTS}{ewa.district_id}/usun/", follow=True).content.decode()
    assert "so it stays" in used
    assert "Take Nowe off the list?" in read(osl, f"{DISTRICTS}{free.pk}/usun/")
    osl.post(f"{DISTRICTS}{free.pk}/usun/")
    with bind(srem):
        assert list(District.objects.values_list("name", flat=True)) == ["Centrum"]


def test_the_neighbours_and_readers_change_nothing(
    srem: Tenant, kety: Tenant, ewa: VolunteerProfile
) -> None:
    dpo, neighbour = SiteClient(srem), SiteClient(kety)
    dpo.log_in("dpo")
    neighbour.log_in("director")
    path = f"{DISTRICTS}{ewa.district_id}/"
    assert "Add a part" not in read(dpo, DISTRICTS)
    assert dpo.post(path, ZBRUDZEWO).status_code == 403
    assert neighbour.post(path, ZBRUDZEWO).status_code == 404
    assert neighbour.post(f"{path}usun/").status_code == 404
