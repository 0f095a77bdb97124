"""Somebody without an account, an e-mail or a telephone asks at the office, and is helped."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.making import make_district, make_volunteer
from volunteering.models import Assignment, HelpRequest, Invitation

PANEL = "/en/panel/pomoc/"


def test_a_request_by_phone_goes_from_creation_to_completion(srem: Tenant) -> None:
    clerk = SiteClient(srem)
    clerk.log_in("osl")
    day = timezone.localdate() + timedelta(days=10)
    with bind(srem):
        district = make_district()
        volunteer = make_volunteer()
    answer = clerk.post(
        f"{PANEL}telefon/",
        {
            "name": "Genowefa Cicha", "phone": "", "kind": "company", "day": day.isoformat(),
            "hours": "10-11", "district": str(district.pk), "details": "", "key": str(uuid4()),
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()[:2000]
    with bind(srem):
        asked = HelpRequest.objects.get()
        assert (asked.channel, asked.status, asked.requester.channel) == ("phone", "submitted", "")
    page = f"{PANEL}{asked.pk}/"
    settled = {
        "priority": "2", "day": day.isoformat(), "starts": "10:00", "ends": "11:00",
        "people_needed": "1", "min_age": "16", "languages": "pl",
    }  # fmt: skip
    assert clerk.post(f"{page}ustal/", settled).status_code == 302
    assert clerk.post(f"{page}szukaj/").status_code == 302
    assert clerk.post(f"{page}zapros/{volunteer.pk}/").status_code == 302
    with bind(srem):
        invitation = Invitation.objects.get()
    assert clerk.post(f"{PANEL}zaproszenie/{invitation.pk}/tak/").status_code == 302
    with bind(srem):
        asked.refresh_from_db()
        task = Assignment.objects.get()
        assert (asked.status, task.status) == ("arranged", "accepted")
        # The day comes, and goes.
        was = timezone.now() - timedelta(hours=2)
        for rows in (HelpRequest.objects.all(), Assignment.objects.all()):
            rows.update(starts_at=was - timedelta(hours=1), ends_at=was)
    assert clerk.post(f"{PANEL}zadanie/{task.pk}/zrobione/").status_code == 302
    with bind(srem):
        asked.refresh_from_db()
        task.refresh_from_db()
        assert (asked.status, task.status) == ("completed", "done")
