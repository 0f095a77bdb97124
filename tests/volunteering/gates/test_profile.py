"""The page of one volunteer in the panel, and who they are to us."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.audit.models import AuditEntry
from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.making import (
    make_agreement,
    make_assignment,
    make_district,
    make_person,
    make_request,
    make_volunteer,
)
from volunteering.models import VolunteerProfile

LIST = "/en/panel/wolontariusze/"
ANSWERS = {
    "skills": ["company", "reading"], "languages": ["pl", "uk"], "slots": ["0-rano", "0-dzien"],
    "radius_km": "cala", "transport": "car", "weekly_hours": "3", "age": "dorosla",
    "born_on": "", "with_children": "nie", "about": "Boi się psów.",
}  # fmt: skip


def page(profile: VolunteerProfile, path: str = "") -> str:
    return f"{LIST}{profile.pk}/{path}"


def read(visitor: SiteClient, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def fresh(tenant: Tenant, profile: VolunteerProfile) -> VolunteerProfile:
    with bind(tenant):
        return VolunteerProfile.objects.get(pk=profile.pk)


def test_new_volunteers_come_first_and_say_what_is_missing(
    osl: SiteClient, ewa: VolunteerProfile, new: VolunteerProfile
) -> None:
    html = read(osl, LIST)
    assert html.index("Nina Wrona") < html.index("Ewa Kos")
    assert "no agreement" in html
    assert "Nina Wrona" not in read(osl, f"{LIST}?stan=active")
    assert "Ewa Kos" not in read(osl, f"{LIST}?brak=agreement")
    assert "Nina Wrona" in read(osl, f"{LIST}?q=wron")
    assert "No volunteer fits" in read(osl, f"{LIST}?umiejetnosc=driving")
    assert "Ewa Kos" in read(osl, f"{LIST}?okolica=nonsense&stan=nonsense&brak=nonsense")


def test_the_list_costs_the_same_for_one_and_for_many(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    read(osl, LIST)
    with CaptureQueriesContext(connection) as few:
        read(osl, LIST)
    with bind(srem):
        for number in range(8):
            make_volunteer(f"Osoba Numer{number}")
    with CaptureQueriesContext(connection) as many:
        read(osl, LIST)
    assert len(many) <= len(few)


def test_the_table_has_no_contact_data_and_is_noted(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    csv = read(osl, f"{LIST}plik.csv?stan=active")
    assert "Kos,Ewa,active" in csv
    assert str(ewa.person.phone) not in csv
    assert osl.get(f"{LIST}plik.xlsx").status_code == 200
    with bind(srem):
        assert AuditEntry.objects.filter(action="volunteers.exported").count() == 2


def test_admitting_tells_them_and_asks_for_the_agreement_next(
    srem: Tenant, osl: SiteClient, new: VolunteerProfile
) -> None:
    answer = osl.post(page(new, "przyjmij/"), follow=True)
    assert answer.redirect_chain[-1][0] == page(new, "porozumienie/")
    assert "What was agreed with Nina Wrona?" in answer.content.decode()
    assert fresh(srem, new).status == "active"
    with bind(srem):
        assert Message.objects.filter(kind="volunteering/admitted").count() == 1
    # Twice is once.
    again = osl.post(page(new, "przyjmij/"), follow=True).content.decode()
    assert "Somebody has changed this meanwhile" in again
    with bind(srem):
        assert Message.objects.filter(kind="volunteering/admitted").count() == 1


def test_only_those_who_admit_admit(srem: Tenant, new: VolunteerProfile) -> None:
    ous, dpo, resident = (SiteClient(srem) for _role in range(3))
    for visitor, role in ((ous, "ous"), (dpo, "dpo"), (resident, "resident")):
        visitor.log_in(role)
        assert visitor.post(page(new, "przyjmij/")).status_code == 403
    assert "Admit and tell them" not in read(ous, page(new))
    assert "Change the answers" not in read(dpo, page(new))
    assert resident.get(page(new)).status_code == 403
    assert fresh(srem, new).status == "applied"


def test_a_volunteer_of_the_neighbours_is_not_there(
    srem: Tenant, kety: Tenant, ewa: VolunteerProfile
) -> None:
    visitor = SiteClient(kety)
    visitor.log_in("osl")
    for path in ("", "popraw/", "porozumienie/", "weryfikacja/", "przerwa/", "opiekun/"):
        assert visitor.get(page(ewa, path)).status_code == 404
    assert "Ewa Kos" not in read(visitor, LIST)


def test_the_profile_says_what_is_blocked_by_what(
    srem: Tenant, osl: SiteClient, new: VolunteerProfile
) -> None:
    with bind(srem):
        VolunteerProfile.objects.filter(pk=new.pk).update(with_children=True)
    html = read(osl, page(new))
    assert "Cannot help anybody: no agreement is in force today." in html
    assert "Cannot help children: there is no valid background check." in html
    assert "8–20" in html
    assert str(new.person.phone) not in html


def test_a_break_its_end_and_the_end_of_it_all(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    today = timezone.localdate()
    past = osl.post(page(ewa, "przerwa/"), {"until": today - timedelta(days=1)})
    assert past.status_code == 422
    assert "Error:" in past.content.decode()
    osl.post(page(ewa, "przerwa/"), {"until": today + timedelta(days=9)})
    assert fresh(srem, ewa).status == "paused"
    osl.post(page(ewa, "przerwa/koniec/"))
    assert fresh(srem, ewa).status == "active"
    assert "not want to help any more?" in read(osl, page(ewa, "zakoncz/"))
    osl.post(page(ewa, "zakoncz/"))
    assert fresh(srem, ewa).status == "ended"
    assert "Begin anew" in read(osl, page(ewa))
    assert "Ewa Kos" not in read(osl, LIST)
    assert "Ewa Kos" in read(osl, f"{LIST}?stan=ended")
    # Whoever begins anew finds the answers as they were.
    again = f"{LIST}dodaj/{ewa.person_id}/"
    assert read(osl, again).count(" checked") > 7
    osl.post(again, {**ANSWERS, "district": ewa.district_id})
    assert fresh(srem, ewa).status == "applied"


def test_nobody_ends_while_somebody_counts_on_them(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    with bind(srem):
        make_assignment(make_request(), ewa)
    answer = osl.post(page(ewa, "zakoncz/"))
    assert answer.status_code == 409
    assert "Somebody counts on you" in answer.content.decode()
    assert fresh(srem, ewa).status == "active"


def test_a_caller_without_an_account_becomes_a_volunteer(srem: Tenant, osl: SiteClient) -> None:
    with bind(srem):
        person = make_person("Olga Bąk", phone="", channel="")
        district = make_district()
    assert "Olga Bąk" in read(osl, f"{LIST}dodaj/?q=bak")
    path = f"{LIST}dodaj/{person.pk}/"
    assert "What does Olga Bąk say?" in read(osl, path)
    wrong = osl.post(path, {**ANSWERS, "skills": [], "district": district.pk})
    assert wrong.status_code == 422
    assert "Tick at least one thing." in wrong.content.decode()
    osl.post(path, {**ANSWERS, "district": district.pk})
    with bind(srem):
        profile = VolunteerProfile.objects.get(person=person)
    assert (profile.status, profile.weekly_hours, profile.about) == ("applied", 3, "Boi się psów.")
    assert osl.get(path).headers["Location"] == page(profile)


def test_answers_are_changed_for_a_caller_and_hours_outside_the_grid_stay(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    with bind(srem):
        ewa.windows.all().delete()
        ewa.windows.create(weekday=6, starts=9 * 60, ends=10 * 60)
        ewa.windows.create(weekday=0, starts=8 * 60, ends=16 * 60)
    osl.post(page(ewa, "popraw/"), {**ANSWERS, "district": ewa.district_id})
    with bind(srem):
        stored = VolunteerProfile.objects.get(pk=ewa.pk)
        assert stored.skills == ["company", "reading"]
        assert list(stored.windows.values_list("weekday", flat=True)) == [0, 6]


def test_without_parts_of_the_gmina_nobody_is_added(srem: Tenant, osl: SiteClient) -> None:
    assert "Volunteering is not open yet" in read(osl, LIST)
    assert "Volunteering is not open yet" in read(osl, f"{LIST}dodaj/")
    with bind(srem):
        person = make_person()
    assert osl.get(f"{LIST}dodaj/{person.pk}/").headers["Location"] == f"{LIST}okolice/"


def test_the_office_is_reminded_today(srem: Tenant, osl: SiteClient, new: VolunteerProfile) -> None:
    today = timezone.localdate()
    with bind(srem):
        soon = make_volunteer("Iga Sowa", with_agreement=False)
        make_agreement(soon, ends_on=today + timedelta(days=20))
    html = read(osl, "/en/panel/")
    assert "People who offer to help" in html
    assert "Papers of volunteers that end soon" in html
    assert "agreement ends soon" in html
    card = read(osl, f"/en/panel/osoby/{new.person_id}/")
    assert page(new) in card
