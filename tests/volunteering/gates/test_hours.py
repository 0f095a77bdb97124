"""Hours volunteers wrote down, confirmed by the office."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.gates.test_profile import LIST, page, read
from tests.volunteering.making import in_days, make_assignment, make_request, make_volunteer
from volunteering.models import HoursEntry, VolunteerProfile

HOURS = f"{LIST}godziny/"


def make_entry(profile: VolunteerProfile, days_ago: int = 2, minutes: int = 90) -> HoursEntry:
    request = make_request(starts_at=in_days(-days_ago))
    return HoursEntry.objects.create(
        profile=profile, minutes=minutes, assignment=make_assignment(request, profile, "done"),
        on=timezone.localdate() - timedelta(days=days_ago),
    )  # fmt: skip


def test_entries_are_confirmed_or_cleared_up_one_by_one(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    with bind(srem):
        first, second = make_entry(ewa), make_entry(ewa, 3)
    assert "Hours of volunteers to confirm" in read(osl, "/en/panel/")
    html = read(osl, HOURS)
    assert "Confirm all of Ewa Kos: 3:00" in html
    osl.post(f"{HOURS}{first.pk}/potwierdz/")
    osl.post(f"{HOURS}{second.pk}/wyjasnij/")
    again = osl.post(f"{HOURS}{second.pk}/potwierdz/", follow=True).content.decode()
    assert "Somebody has changed this meanwhile" in again
    with bind(srem):
        states = dict(HoursEntry.objects.values_list("pk", "status"))
    assert states == {first.pk: "confirmed", second.pk: "disputed"}
    html = read(osl, HOURS)
    assert "Nothing to confirm" in html
    assert "To be cleared up" in html
    assert "1:30" in read(osl, page(ewa))


def test_all_of_one_volunteer_are_those_that_were_seen(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    with bind(srem):
        seen = [make_entry(ewa, days) for days in (2, 3)]
        unseen = make_entry(ewa, 4)
        other = make_entry(make_volunteer("Iga Sowa"))
    ids = [*(one.pk for one in seen), other.pk]
    answer = osl.post(page(ewa, "godziny/potwierdz/"), {"entry": ids}, follow=True)
    assert "2 entries are confirmed." in answer.content.decode()
    with bind(srem):
        left = set(HoursEntry.objects.filter(status="logged").values_list("pk", flat=True))
    assert left == {unseen.pk, other.pk}
    osl.post(page(ewa, "godziny/potwierdz/"), {"entry": "nonsense"})


def test_hours_are_downloaded_by_volunteer_and_month(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    with bind(srem):
        entry = make_entry(ewa)
    osl.post(f"{HOURS}{entry.pk}/potwierdz/")
    csv = read(osl, f"{HOURS}plik.csv")
    assert f"{entry.on:%Y-%m},Kos,Ewa,1:30,0:00,0:00,1" in csv
    assert osl.get(f"{HOURS}plik.xlsx").status_code == 200
    with bind(srem):
        assert AuditEntry.objects.filter(action="hours.exported").count() == 2


def test_the_page_costs_the_same_for_one_and_for_many(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    with bind(srem):
        make_entry(ewa)
    read(osl, HOURS)
    with CaptureQueriesContext(connection) as few:
        read(osl, HOURS)
    with bind(srem):
        for number in range(6):
            make_entry(make_volunteer(f"Osoba Numer{number}"))
    with CaptureQueriesContext(connection) as many:
        read(osl, HOURS)
    assert len(many) <= len(few)


def test_readers_and_neighbours_decide_nothing(
    srem: Tenant, kety: Tenant, ewa: VolunteerProfile
) -> None:
    with bind(srem):
        entry = make_entry(ewa)
    dpo, neighbour = SiteClient(srem), SiteClient(kety)
    dpo.log_in("dpo")
    neighbour.log_in("osl")
    assert "Ewa Kos" in read(dpo, HOURS)
    assert dpo.post(f"{HOURS}{entry.pk}/potwierdz/").status_code == 403
    assert neighbour.post(f"{HOURS}{entry.pk}/potwierdz/").status_code == 404
    assert "Ewa Kos" not in read(neighbour, HOURS)
