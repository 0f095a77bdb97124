"""The registry of organisations and their members."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Invitation, Organisation, OrganisationMember
from portal.notifications.models import Delivery, Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.panel.office import Office, person_of

NEW = {
    "name": "Stowarzyszenie Łąka", "kind": "ngo", "nip": "", "regon": "", "krs": "", "email": "",
    "phone": "", "street": "", "postcode": "", "city": "Śrem",
}  # fmt: skip


@pytest.fixture
def osl(srem: Tenant) -> SiteClient:
    visitor = SiteClient(srem)
    visitor.log_in("osl")
    return visitor


@pytest.fixture
def members(srem: Tenant, office: Office) -> list[OrganisationMember]:
    """A coordinator and a member."""
    with bind(srem):
        return [
            OrganisationMember.objects.create(
                organisation=office.circle, user=person_of(srem, login), role=role
            )
            for login, role in (("ngo_member", "coordinator"), ("resident", "member"))
        ]


def act(visitor: SiteClient, path: str, **data: Any) -> str:
    return visitor.post(f"/en/panel/organizacje/{path}", data, follow=True).content.decode()


def test_organisations_are_found_by_name_and_state(osl: SiteClient, office: Office) -> None:
    assert office.circle.name in osl.get("/en/panel/organizacje/?q=krzyszkow kolo").content.decode()
    assert office.circle.name in osl.get("/en/panel/organizacje/?stan=new").content.decode()
    nothing = osl.get("/en/panel/organizacje/?q=qqq&stan=verified").content.decode()
    assert "No such organisation" in nothing


@pytest.mark.parametrize(
    ("field", "number", "words"),
    [
        ("nip", "527-020-68-31", "The last digit of this NIP does not fit"),
        ("regon", "192598185", "The last digit of this REGON does not fit"),
        ("krs", "123", "A KRS number has 10 digits"),
        ("nip", "5270206837", "is in the register already"),
    ],
)
def test_a_wrong_number_is_explained(
    field: str, number: str, words: str, osl: SiteClient, office: Office
) -> None:
    answer = act(osl, "dodaj/", **NEW | {field: number})
    assert words in answer
    assert f'href="#id_{field}"' in answer


def test_an_organisation_is_added_and_changed(srem: Tenant, osl: SiteClient) -> None:
    act(osl, "dodaj/", **NEW)
    with bind(srem):
        added = Organisation.objects.get(name="Stowarzyszenie Łąka")
    act(osl, f"{added.pk}/popraw/", **NEW | {"city": "Kęty"})
    with bind(srem):
        added.refresh_from_db()
        assert added.city == "Kęty"


def test_a_decision_is_told_to_the_members(
    srem: Tenant, osl: SiteClient, office: Office, members: list[OrganisationMember]
) -> None:
    assert "is verified" in act(osl, f"{office.circle.pk}/potwierdz/")
    with bind(srem):
        message = Message.objects.get(kind="panel/organisation_decided")
        told = message.deliveries.filter(channel=Delivery.Channel.EMAIL)
        assert {copy.person_id for copy in told} == {m.user.person_id for m in members}
        assert office.circle.name in message.content["pl"]["text"]
        assert f"/konto/organizacje/{office.circle.pk}/" in message.content["pl"]["text"]


def test_a_refusal_needs_a_reason_and_can_be_reopened(
    srem: Tenant, osl: SiteClient, office: Office, members: list[OrganisationMember]
) -> None:
    path = f"{office.circle.pk}/odmow/"
    assert "<title>Error:" in act(osl, path, reason="")
    act(osl, path, reason="Brak statutu.")
    with bind(srem):
        office.circle.refresh_from_db()
        assert office.circle.status == "refused"
        message = Message.objects.get(kind="panel/organisation_decided")
        assert "Brak statutu." in message.content["pl"]["text"]
    act(osl, f"{office.circle.pk}/otworz/")
    with bind(srem):
        office.circle.refresh_from_db()
        assert office.circle.status == "new"


def test_a_decision_that_does_not_follow_is_refused_and_told_to_nobody(
    srem: Tenant, osl: SiteClient, office: Office, members: list[OrganisationMember]
) -> None:
    act(osl, f"{office.circle.pk}/zamknij/", reason="Nie działa.")
    with bind(srem):
        office.circle.refresh_from_db()
        assert office.circle.status == "new"
        assert not Message.objects.filter(kind="panel/organisation_decided").exists()


def test_a_member_is_invited_by_one_address(srem: Tenant, osl: SiteClient, office: Office) -> None:
    path = f"{office.circle.pk}/zapros/"
    wrong = act(osl, path, email="a@b.pl", phone="600100200", organisation_role="member")
    assert "one of the two" in wrong
    page = act(osl, path, email="Nowa@Example.pl", phone="", organisation_role="member")
    assert "nowa@example.pl" in page
    with bind(srem):
        invitation = Invitation.objects.get()
        assert invitation.organisation == office.circle
    act(osl, f"{office.circle.pk}/zaproszenia/{invitation.pk}/cofnij/")
    with bind(srem):
        assert not Invitation.objects.open().exists()


def test_the_last_coordinator_stays(
    osl: SiteClient, office: Office, members: list[OrganisationMember]
) -> None:
    coordinator, member = members
    path = f"{office.circle.pk}/osoby/"
    assert "the only coordinator" in act(osl, f"{path}{coordinator.pk}/", role="member")
    assert "the only coordinator" in act(osl, f"{path}{coordinator.pk}/usun/")
    assert "The role is changed" in act(osl, f"{path}{member.pk}/", role="coordinator")
    assert "is no longer a member" in act(osl, f"{path}{coordinator.pk}/usun/")


def test_a_long_register_costs_what_a_short_one_does(
    srem: Tenant, osl: SiteClient, office: Office
) -> None:
    address = "/en/panel/organizacje/"
    osl.get(address)
    with CaptureQueriesContext(connection) as few:
        osl.get(address)
    with bind(srem):
        for number in range(60):
            Organisation.objects.create(name=f"Klub {number}", kind="club")
    with CaptureQueriesContext(connection) as many:
        page = osl.get(address).content.decode()
    assert 'rel="next"' in page
    assert len(many) <= len(few)
    assert len(many) <= 20
