"""The office's own opportunities, and what organisations propose."""

from typing import Any

from portal.audit.models import AuditEntry
from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.making import in_days, make_opportunity, make_shift, make_volunteer
from tests.volunteering.shifts.people import begin, proposed, user_of
from tests.volunteering.shifts.test_organisations import WORDS, typed_shift
from volunteering.actions.apply_for import apply_for
from volunteering.actions.take_shift import take_shift
from volunteering.models import Application, Assignment, Opportunity, Shift

BASE = "/en/panel/oferty/"


def page(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_offices_own_from_begin_to_close(srem: Tenant, office: SiteClient) -> None:
    assert "No opportunity yet" in page(office.get(BASE))
    assert office.post(f"{BASE}dodaj/", {**WORDS, "description": ""}).status_code == 422
    office.post(f"{BASE}dodaj/", WORDS)
    with bind(srem):
        found = Opportunity.objects.get()
    one = f"{BASE}{found.pk}/"
    office.post(f"{one}dyzur/", typed_shift())
    office.post(f"{one}popraw/", {**WORDS, "chooses_volunteers": ""})
    for _again in range(2):
        office.post(f"{one}opublikuj/")
    with bind(srem):
        shift = Shift.objects.get()
        task = take_shift(shift=shift, profile=make_volunteer(), acting_user=user_of("osl"))
        assert not Message.objects.filter(kind="volunteering/opportunity_reviewed").exists()
    assert "1 shift to come is called off" in page(office.get(f"{one}zamknij/"))
    for _again in range(2):
        office.post(f"{one}zamknij/")
    with bind(srem):
        task.refresh_from_db()
        assert (Opportunity.objects.get().status, task.status) == ("closed", "cancelled_by_staff")
        assert Message.objects.filter(kind__startswith="volunteering/shift_cancelled").count() == 1
        written = AuditEntry.objects.filter(object_id=found.pk).values_list("action", flat=True)
        assert sorted(written) == [
            "opportunity.closed", "opportunity.published", "opportunity.saved",
            "opportunity.saved",
        ]  # fmt: skip
    answer = office.post(f"{one}popraw/", {**WORDS, "title": "Później"})
    assert answer.status_code == 422
    assert "This is not possible now" in page(answer)


def test_a_shift_its_people_and_the_list_to_print(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        shift = make_shift(places=3)
        profile = make_volunteer("Ewa Kos")
        task = take_shift(shift=shift, profile=profile, acting_user=user_of("osl"))
        phone = profile.person.phone.as_national
    one = f"{BASE}dyzur/{shift.pk}/"
    for path in (one, f"{one}lista/"):
        text = page(office.get(path))
        assert "Ewa Kos" in text
        assert phone in text
    with bind(srem):
        assert AuditEntry.objects.filter(action="person.viewed").count() == 1
    too_few = office.post(f"{one}miejsca/", {"capacity": "0"})
    assert too_few.status_code == 422
    office.post(f"{one}miejsca/", {"capacity": "1"})
    with bind(srem):
        begin(shift)
    office.post(f"{BASE}obecnosc/{task.pk}/nie-ma/")
    assert "Did not come" in page(office.get(one))
    with bind(srem):
        assert Assignment.objects.get().status == "no_show"
        assert Shift.objects.get().pool.capacity == 1


def test_applicants_wait_on_the_today_page(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        opportunity = make_opportunity("Czytanie", chooses_volunteers=True)
        application = apply_for(
            opportunity=opportunity, profile=make_volunteer("Ewa Kos"), words="Chętnie",
            acting_user=user_of("osl"),
        )  # fmt: skip
        proposed("Pierogi", status="submitted")
    today = page(office.get("/en/panel/"))
    assert "Volunteers who would like to help with something of ours" in today
    assert "Ewa Kos" in today
    assert "Pierogi" in today
    assert "waiting: </span>1</b></a>" in today
    assert "Chętnie" in page(office.get(f"{BASE}{opportunity.pk}/zgloszenia/"))
    office.post(f"{BASE}zgloszenie/{application.pk}/przyjmij/")
    with bind(srem):
        assert Application.objects.get().status == "accepted"
    assert "Volunteers who would like" not in page(office.get("/en/panel/"))


def test_the_list_is_searched(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        make_opportunity("Czytanie bajek")
        proposed("Łódki", status="submitted")
    assert "Łódki" not in page(office.get(f"{BASE}?q=bajek"))
    found = page(office.get(f"{BASE}?q=łód"))
    assert "Łódki" in found
    assert "bajek" not in found
    assert "bajek" not in page(office.get(f"{BASE}?stan=submitted"))
    assert "No such opportunity" in page(office.get(f"{BASE}?q=nic"))


WHO_MAY = {
    "see": {"osl", "ous", "director", "editor", "dpo"},
    "people": {"osl", "ous", "director", "dpo"},
    "edit": {"osl", "ous", "director"},
}


def test_each_role_opens_what_it_may(srem: Tenant) -> None:
    with bind(srem):
        shift = make_shift()
        take_shift(shift=shift, profile=make_volunteer("Ewa Kos"), acting_user=user_of("osl"))
    one, date = f"{BASE}{shift.opportunity_id}/", f"{BASE}dyzur/{shift.pk}/"
    asked = {
        "see": [BASE, one, date],
        "people": [f"{one}zgloszenia/", f"{date}lista/"],
        "edit": [
            f"{BASE}dodaj/", f"{one}popraw/", f"{one}odeslij/", f"{one}zamknij/", f"{one}dyzur/",
            f"{date}miejsca/", f"{date}odwolaj/",
        ],
    }  # fmt: skip
    for role in ("osl", "ous", "director", "editor", "dpo", "resident"):
        visitor = SiteClient(srem)
        visitor.log_in(role)
        for kind, paths in asked.items():
            for path in paths:
                status = visitor.get(path).status_code
                assert (status == 200) == (role in WHO_MAY[kind]), (role, path, status)
        if role == "editor":
            assert "Kos" not in page(visitor.get(date))
        if role not in WHO_MAY["edit"]:
            visitor.post(f"{date}odwolaj/", {"note": ""})
            visitor.post(f"{one}zamknij/")
    with bind(srem):
        assert Shift.objects.get().cancelled_at is None
        assert Opportunity.objects.get().status == "published"


def test_of_the_neighbouring_gmina_nothing_is_there(kety: Tenant, office: SiteClient) -> None:
    with bind(kety):
        shift = make_shift()
        task = take_shift(shift=shift, profile=make_volunteer(), acting_user=user_of("osl"))
        application = Application.objects.get()
    for path in (f"{shift.opportunity_id}/", f"dyzur/{shift.pk}/", f"dyzur/{shift.pk}/lista/"):
        assert office.get(f"{BASE}{path}").status_code == 404
    for path in (
        f"{shift.opportunity_id}/opublikuj/", f"{shift.opportunity_id}/zamknij/",
        f"zgloszenie/{application.pk}/odmow/", f"obecnosc/{task.pk}/jest/",
    ):  # fmt: skip
        assert office.post(f"{BASE}{path}").status_code == 404


def test_many_cost_what_a_few_do(
    srem: Tenant, office: SiteClient, django_assert_max_num_queries: Any
) -> None:
    with bind(srem):
        opportunity, clerk = make_opportunity(), user_of("osl")
        shift = make_shift(opportunity, places=40)
        for number in range(30):
            proposed(f"Oferta {number}", status="submitted")
            make_shift(opportunity, starts_at=in_days(20 + number))
            profile = make_volunteer(f"Osoba {number}")
            take_shift(shift=shift, profile=profile, acting_user=clerk)
    one, date = f"{BASE}{opportunity.pk}/", f"{BASE}dyzur/{shift.pk}/"
    office.get(BASE)
    for path in (BASE, one, f"{one}zgloszenia/", date, f"{date}lista/"):
        with django_assert_max_num_queries(30):
            assert office.get(path).status_code == 200


def test_a_place_for_a_volunteer_who_calls(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        shift = make_shift(make_opportunity(chooses_volunteers=True), places=1)
        ewa = make_volunteer("Ewa Kos")
        jan = make_volunteer("Jan Kos", with_agreement=False)
        make_volunteer("Ola Kos", status="applied")
    one = f"{BASE}dyzur/{shift.pk}/"
    found = page(office.get(f"{one}wpisz/?q=kos"))
    assert "Ewa Kos" in found
    assert "Ola Kos" not in found
    refused = page(office.post(f"{one}wpisz/{jan.pk}/", follow=True))
    assert "Jan Kos: no agreement in force on that day" in refused
    for _again in range(2):
        office.post(f"{one}wpisz/{ewa.pk}/")
    with bind(srem):
        task = Assignment.objects.get()
        assert (task.profile, Application.objects.get().status) == (ewa, "accepted")
    for _again in range(2):
        office.post(f"{BASE}obecnosc/{task.pk}/oddaj/")
    with bind(srem):
        assert Shift.objects.get().pool.taken == 0
