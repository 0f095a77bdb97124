"""One request: what the page shows to whom, and what is done there."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.volunteering.board.test_list import BOARD, staff
from tests.volunteering.making import (
    in_days,
    make_assignment,
    make_district,
    make_invitation,
    make_person,
    make_request,
    make_volunteer,
)
from volunteering.models import Assignment, Block, HelpRequest, Invitation

TRIAGE = {
    "priority": "3", "starts": "10:00", "ends": "11:30", "people_needed": "2", "min_age": "18",
    "languages": ["pl", "uk"], "required_skills": ["walking"], "needs_car": "on",
}  # fmt: skip


def page_of(tenant: Tenant, request: HelpRequest, role: str = "osl") -> str:
    return staff(tenant, role).get(f"{BOARD}{request.pk}/").content.decode()


def test_the_local_coordinator_sees_who_it_is_and_every_look_is_noted(srem: Tenant) -> None:
    with bind(srem):
        request = make_request(
            requester=make_person("Halina Tajemnicza"), details="Po operacji biodra."
        )
    for _look in range(2):
        page = page_of(srem, request)
        assert "Halina Tajemnicza" in page
        assert "Po operacji biodra." in page
    with bind(srem):
        looks = AuditEntry.objects.filter(action="person.viewed", person=request.requester_id)
        assert looks.count() == 2


def test_others_see_a_first_name_and_the_clerk_who_wrote_it_down_sees_all(srem: Tenant) -> None:
    clerk = staff(srem, "ous")
    user = clerk.log_in("ous")
    with bind(srem):
        person = make_person("Halina Tajemnicza")
        request = make_request(requester=person, details="Po operacji biodra.")
        own = make_request(
            requester=person, channel="phone", taken_by=user.pk, starts_at=in_days(11)
        )
    assert "Tajemnicza" not in clerk.get(f"{BOARD}{request.pk}/").content.decode()
    assert "Tajemnicza" in clerk.get(f"{BOARD}{own.pk}/").content.decode()
    dpo = page_of(srem, request, "dpo")
    assert "Po operacji biodra." not in dpo
    assert "Tajemnicza" not in dpo
    assert "/zapros/" not in dpo


def test_candidates_have_parts_that_add_up(srem: Tenant) -> None:
    with bind(srem):
        make_volunteer("Ewa Kos")
        request = make_request()
    client = staff(srem)
    response = client.get(f"{BOARD}{request.pk}/")
    [one] = response.context["candidates"]
    page = response.content.decode()
    assert f'<span class="score">{one.score}</span>' in page
    assert one.score == sum(part.points for part in one.parts) > 0
    assert "Less than 1 km" in page
    assert "Kos" not in page


def test_it_says_by_rule_who_cannot(srem: Tenant) -> None:
    with bind(srem):
        far = make_district("Daleko", 52.40, 17.50)
        for name in ("Ewa Kos", "Ola Maj"):
            make_volunteer(name, district=far, radius_km=3, weekly_hours=9)
        request = make_request(needs_car=True)
    page = page_of(srem, request)
    assert "Nobody may help as things are" in page
    assert "2 volunteers: too far away" in page
    assert "2 volunteers: has no car" in page


def test_triage_settles_what_it_takes_and_can_be_repeated(srem: Tenant) -> None:
    with bind(srem):
        request = make_request(status="submitted")
        day = timezone.localtime(request.starts_at).date().isoformat()
    client = staff(srem)
    for _time in range(2):
        answer = client.post(f"{BOARD}{request.pk}/ustal/", {**TRIAGE, "day": day})
        assert answer.status_code == 302
    with bind(srem):
        request.refresh_from_db()
        assert (request.status, request.priority, request.people_needed) == ("triaged", 3, 2)
        assert request.required_skills == ["walking"]
        assert (request.needs_car, request.with_minor) == (True, False)
        assert request.ends_at - request.starts_at == timedelta(minutes=90)
        assert AuditEntry.objects.filter(action="help.triaged").count() == 1


def test_triage_says_what_is_wrong(srem: Tenant) -> None:
    with bind(srem):
        request = make_request(status="submitted")
        day = timezone.localtime(request.starts_at).date().isoformat()
    wrong = {**TRIAGE, "day": day, "ends": "9:00", "languages": []}
    answer = staff(srem).post(f"{BOARD}{request.pk}/ustal/", wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Error: " in page
    assert "The end comes before the beginning." in page
    assert "Tick at least one language." in page


def test_the_time_stays_once_somebody_is_to_come(srem: Tenant) -> None:
    with bind(srem):
        request = make_request(status="arranged")
        make_assignment(request, make_volunteer())
        day = timezone.localtime(request.starts_at).date().isoformat()
    answer = staff(srem).post(
        f"{BOARD}{request.pk}/ustal/", {**TRIAGE, "day": day, "starts": "9:00"}
    )
    assert answer.status_code == 409
    assert "Somebody has agreed to come at this time." in answer.content.decode()


def test_the_search_starts_once_it_was_looked_at(srem: Tenant) -> None:
    with bind(srem):
        new, ready = make_request(status="submitted"), make_request(status="triaged")
    client = staff(srem)
    for request in (new, ready, ready):
        client.post(f"{BOARD}{request.pk}/szukaj/")
    with bind(srem):
        new.refresh_from_db()
        ready.refresh_from_db()
        assert (new.status, ready.status) == ("submitted", "searching")


def test_somebody_is_asked_by_hand(srem: Tenant) -> None:
    with bind(srem):
        request, volunteer = make_request(), make_volunteer()
    client = staff(srem)
    address = f"{BOARD}{request.pk}/zapros/{volunteer.pk}/"
    assert "Send the invitation" in client.get(address).content.decode()
    for _twice in range(2):
        client.post(address)
    assert "Asked by hand" in client.get(f"{BOARD}{request.pk}/").content.decode()
    with bind(srem):
        invitation = Invitation.objects.get()
        assert (invitation.wave, invitation.overridden_by) == (0, None)


def test_the_weekly_budget_is_passed_over_only_on_purpose(srem: Tenant) -> None:
    with bind(srem):
        volunteer = make_volunteer()
        for number in range(3):
            make_invitation(make_request(starts_at=in_days(20 + number)), volunteer, "declined")
        request = make_request()
    client = staff(srem)
    address = f"{BOARD}{request.pk}/zapros/{volunteer.pk}/"
    assert "Let them rest" in client.post(address, follow=True).content.decode()
    assert "Ask all the same" in client.get(address).content.decode()
    client.post(address, {"overrides": "yes"})
    with bind(srem):
        assert Invitation.objects.get(request=request).overridden_by is not None


def test_the_law_is_never_passed_over(srem: Tenant) -> None:
    with bind(srem):
        request, volunteer = make_request(), make_volunteer(with_agreement=False)
    client = staff(srem)
    address = f"{BOARD}{request.pk}/zapros/{volunteer.pk}/"
    page = client.get(address).content.decode()
    assert "no agreement in force on that day" in page
    assert "Send the invitation" not in page
    client.post(address, {"overrides": "yes"})
    with bind(srem):
        assert not Invitation.objects.exists()


def test_why_not_names_every_rule_but_a_block_only_to_whom_it_concerns(srem: Tenant) -> None:
    with bind(srem):
        volunteer = make_volunteer("Ola Maj", status="paused")
        request = make_request(needs_car=True)
        Block.objects.create(person=request.requester, other=volunteer.person)
    address = f"{BOARD}{request.pk}/dlaczego-nie/?q=Ola+Maj"
    coordinator = staff(srem).get(address).content.decode()
    assert "is not active" in coordinator
    assert "has no car" in coordinator
    assert "these two are kept apart" in coordinator
    clerk = staff(srem, "ous")
    invite = f"{BOARD}{request.pk}/zapros/{volunteer.pk}/"
    for page in (clerk.get(address), clerk.get(invite), clerk.post(invite, follow=True)):
        assert "these two are kept apart" not in page.content.decode()
        assert "ask the local coordinator" in page.content.decode()
    assert "No volunteer found" in staff(srem).get(f"{address}+zzz").content.decode()


@pytest.mark.parametrize(("word", "status"), [("tak", "accepted"), ("nie", "declined")])
def test_an_answer_by_telephone_is_written_down(srem: Tenant, word: str, status: str) -> None:
    with bind(srem):
        request = make_request()
        invitation = make_invitation(request, make_volunteer())
    client = staff(srem)
    for _twice in range(2):
        client.post(f"{BOARD}zaproszenie/{invitation.pk}/{word}/")
    with bind(srem):
        invitation.refresh_from_db()
        assert invitation.status == status
        assert Assignment.objects.count() == (status == "accepted")


def test_consent_by_telephone_is_written_down_for_both(srem: Tenant) -> None:
    with bind(srem):
        task = make_assignment(make_request(status="arranged"), make_volunteer())
    client = staff(srem)
    address = f"{BOARD}zadanie/{task.pk}/zgoda"
    assert client.post(f"{address}/requester/", {"shows": ["phone"]}).status_code == 422
    for side in ("requester", "volunteer"):
        client.post(f"{address}/{side}/", {"shows": ["phone"], "agreed": "on"})
    assert client.get(f"{address}/nobody/").status_code == 404
    with bind(srem):
        task.refresh_from_db()
        assert task.status == "contact_shared"
        assert {one.means for one in task.consents.all()} == {"phone"}


@pytest.mark.parametrize(("word", "status"), [("zrobione", "done"), ("nie-bylo", "no_show")])
def test_what_became_of_a_task(srem: Tenant, word: str, status: str) -> None:
    with bind(srem):
        began = timezone.now() - timedelta(hours=3)
        over = make_request(status="arranged", starts_at=began)
        task = make_assignment(over, make_volunteer())
        ahead = make_assignment(make_request(status="arranged"), make_volunteer("Ola Maj"))
    client = staff(srem)
    assert "The help was given" in client.get(f"{BOARD}{over.pk}/").content.decode()
    assert "Was the help given?" in client.get("/en/panel/").content.decode()
    for one in (task, ahead):
        client.post(f"{BOARD}zadanie/{one.pk}/{word}/")
    with bind(srem):
        task.refresh_from_db()
        ahead.refresh_from_db()
        assert (task.status, ahead.status) == (status, "accepted")


def test_a_task_is_given_back_for_somebody_who_called(srem: Tenant) -> None:
    with bind(srem):
        request = make_request(status="arranged")
        task = make_assignment(request, make_volunteer())
    client = staff(srem)
    assert client.get(f"{BOARD}zadanie/{task.pk}/oddaj/").status_code == 200
    client.post(f"{BOARD}zadanie/{task.pk}/oddaj/")
    with bind(srem):
        request.refresh_from_db()
        assert request.status == "searching"


def test_an_unmet_request_goes_to_the_office_and_is_closed_with_a_reason(srem: Tenant) -> None:
    with bind(srem):
        request, ready = make_request(status="unmet"), make_request(status="triaged")
    client = staff(srem)
    without = {"how": "closed", "reason": "Nikogo nie ma."}
    assert client.post(f"{BOARD}{ready.pk}/zamknij/", without).status_code == 422
    for _twice in range(2):
        client.post(f"{BOARD}{request.pk}/przejmij/")
    close = f"{BOARD}{request.pk}/zamknij/"
    assert client.post(close, {"how": "referred", "reason": ""}).status_code == 422
    for _twice in range(2):
        client.post(close, {"how": "referred", "reason": "Dowozi CUS."})
    assert "Dowozi CUS." in client.get(f"{BOARD}{request.pk}/").content.decode()
    with bind(srem):
        request.refresh_from_db()
        assert request.status == "referred"
        assert AuditEntry.objects.filter(action="help.closed").count() == 1


def test_calling_off_asks_first(srem: Tenant) -> None:
    with bind(srem):
        request = make_request()
    client = staff(srem)
    client.get(f"{BOARD}{request.pk}/odwolaj/")
    with bind(srem):
        request.refresh_from_db()
        assert request.status == "searching"
    client.post(f"{BOARD}{request.pk}/odwolaj/")
    with bind(srem):
        request.refresh_from_db()
        assert request.status == "cancelled"


def test_who_only_reads_changes_nothing(srem: Tenant) -> None:
    with bind(srem):
        request, volunteer = make_request(status="triaged"), make_volunteer()
    reader = staff(srem, "dpo")
    data: dict[str, Any] = {}
    for path in ("ustal", "szukaj", "fala", "przejmij", "zamknij", "odwolaj",
                 f"zapros/{volunteer.pk}"):  # fmt: skip
        assert reader.post(f"{BOARD}{request.pk}/{path}/", data).status_code == 403, path
