from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import Invitation, Organisation, OrganisationMember, User
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.my_account.reading import title, words

QUERIES = 18
CONTACT = {
    "email": "kolo@example.pl", "phone": "61 283 01 22", "street": "Długa 3",
    "postcode": "63-100", "city": "Śrem",
}  # fmt: skip


def circle(tenant: Tenant) -> Organisation:
    with bind(tenant):
        return Organisation.objects.get(name="Koło Gospodyń")


def page_of(organisation: Organisation, rest: str = "") -> str:
    return f"/en/konto/organizacje/{organisation.pk}/{rest}"


def join(tenant: Tenant, role: str, as_role: str = "member") -> OrganisationMember:
    with bind(tenant):
        return OrganisationMember.objects.create(
            organisation=circle(tenant),
            user=User.objects.get(email__startswith=f"{role}@"),
            role=as_role,
        )


def verify(tenant: Tenant) -> None:
    with bind(tenant):
        Organisation.objects.update(status="verified", decided_at=timezone.now(), nip="5260250274")


def test_coordinator_sees_the_state_in_words_and_who_belongs(
    srem: Tenant, coordinator: SiteClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for role in ("resident", "volunteer", "osl"):
        join(srem, role)
    with django_assert_max_num_queries(QUERIES):
        text = words(coordinator.get(page_of(circle(srem))))
    assert "To be verified The office still has to compare" in text
    assert "Ngo_member Przykładowa (you) Coordinator" in text
    assert "Volunteer Przykładowa Member" in text
    assert "Invite somebody" in text


@pytest.mark.parametrize(
    ("status", "said"),
    [("refused", "Not verified No such number"), ("closed", "Closed No such number")],
)
def test_refusal_is_told_with_its_reason(
    status: str, said: str, srem: Tenant, coordinator: SiteClient
) -> None:
    with bind(srem):
        Organisation.objects.update(
            status=status, reason="No such number", decided_at=timezone.now()
        )
    assert said in words(coordinator.get(page_of(circle(srem))))


def test_member_sees_but_changes_nothing(
    srem: Tenant, resident: SiteClient, coordinator: SiteClient
) -> None:
    member = join(srem, "resident")
    text = words(resident.get(page_of(circle(srem))))
    assert "Koło Gospodyń" in text
    assert "Invite somebody" not in text
    assert "Change the data" not in text
    for rest in ("zmien/", "zapros/", f"osoby/{member.pk}/usun/"):
        for ask in (resident.get, resident.post):
            assert ask(page_of(circle(srem), rest)).status_code == 404
    assert resident.post(page_of(circle(srem), f"zaproszenia/{uuid4()}/cofnij/")).status_code == 404


def test_organisation_of_others_is_not_found(
    srem: Tenant, kety: Tenant, resident: SiteClient, coordinator: SiteClient
) -> None:
    assert resident.get(page_of(circle(srem))).status_code == 404
    for rest in ("", "zmien/", "zapros/"):
        assert coordinator.get(page_of(circle(kety), rest)).status_code == 404


def test_coordinator_changes_contact_data(srem: Tenant, coordinator: SiteClient) -> None:
    verify(srem)
    form = words(coordinator.get(page_of(circle(srem), "zmien/")))
    assert "only the office can change them now" in form
    assert "NIP" not in form
    response = coordinator.post(
        page_of(circle(srem), "zmien/"), {**CONTACT, "name": "Inne", "nip": ""}, follow=True
    )
    assert "Saved." in words(response)
    assert "kolo@example.pl" in words(response)
    assert (circle(srem).nip, circle(srem).city) == ("5260250274", "Śrem")


def test_coordinator_corrects_the_numbers_until_they_are_checked(
    srem: Tenant, coordinator: SiteClient
) -> None:
    data = {**CONTACT, "name": "Koło Gospodyń", "kind": "kgw", "regon": "", "krs": ""}
    wrong = coordinator.post(page_of(circle(srem), "zmien/"), {**data, "nip": "5260250275"})
    assert title(wrong).startswith("Error:")
    assert "one of them is mistyped" in words(wrong)
    coordinator.post(page_of(circle(srem), "zmien/"), {**data, "nip": "526-025-02-74"})
    assert circle(srem).nip == "5260250274"


def invitations(tenant: Tenant) -> list[Any]:
    with bind(tenant):
        return list(Invitation.objects.open().values("email", "phone", "role", "organisation_role"))


def test_coordinator_invites_and_takes_back(
    srem: Tenant, kety: Tenant, coordinator: SiteClient
) -> None:
    where = page_of(circle(srem), "zapros/")
    assert coordinator.get(where).status_code == 200
    response = coordinator.post(
        where, {"email": "Ola@Example.pl", "phone": "", "role": "member"}, follow=True
    )
    assert "The invitation is on its way." in words(response)
    assert "ola@example.pl as member, the link works until" in words(response)
    assert invitations(srem) == [
        {"email": "ola@example.pl", "phone": "", "role": "", "organisation_role": "member"}
    ]
    with bind(srem):
        pk = Invitation.objects.get().pk
    nobodys = page_of(circle(srem), f"zaproszenia/{uuid4()}/cofnij/")
    assert coordinator.post(nobodys).status_code == 404
    back = coordinator.post(page_of(circle(srem), f"zaproszenia/{pk}/cofnij/"), follow=True)
    assert "The invitation is taken back." in words(back)
    assert invitations(srem) == invitations(kety) == []
    again = coordinator.post(page_of(circle(srem), f"zaproszenia/{pk}/cofnij/"))
    assert again.status_code == 404


def test_coordinator_invites_by_phone(srem: Tenant, coordinator: SiteClient) -> None:
    coordinator.post(
        page_of(circle(srem), "zapros/"), {"phone": "600 100 200", "role": "coordinator"}
    )
    assert invitations(srem)[0]["phone"] == "+48600100200"


@pytest.mark.parametrize(
    "typed",
    [
        {"role": "member"},
        {"role": "member", "email": "ola@example.pl", "phone": "600 100 200"},
        {"role": "member", "phone": "12 34"},
        {"role": "director", "email": "ola@example.pl"},
    ],
)
def test_unclear_invitation_is_not_sent(
    typed: dict[str, str], srem: Tenant, coordinator: SiteClient
) -> None:
    response = coordinator.post(page_of(circle(srem), "zapros/"), typed)
    assert title(response).startswith("Error:")
    assert invitations(srem) == []


def test_coordinator_cannot_invite_half_the_gmina(srem: Tenant, coordinator: SiteClient) -> None:
    for number in range(20):
        coordinator.post(
            page_of(circle(srem), "zapros/"), {"email": f"x{number}@example.pl", "role": "member"}
        )
    response = coordinator.post(
        page_of(circle(srem), "zapros/"), {"email": "y@example.pl", "role": "member"}
    )
    assert "Go on tomorrow." in words(response)
    assert len(invitations(srem)) == 20


def test_coordinator_removes_a_member_after_being_asked(
    srem: Tenant, coordinator: SiteClient, resident: SiteClient
) -> None:
    member = join(srem, "resident")
    where = page_of(circle(srem), f"osoby/{member.pk}/usun/")
    assert "Remove Resident Przykładowa from Koło Gospodyń?" in words(coordinator.get(where))
    assert resident.get(page_of(circle(srem))).status_code == 200
    response = coordinator.post(where, follow=True)
    assert "This person is not a member any more." in words(response)
    assert resident.get(page_of(circle(srem))).status_code == 404
    assert coordinator.post(where).status_code == 404


def test_only_coordinator_cannot_leave(srem: Tenant, coordinator: SiteClient) -> None:
    with bind(srem):
        myself = circle(srem).members.get()
    where = page_of(circle(srem), f"osoby/{myself.pk}/usun/")
    assert "Leave Koło Gospodyń?" in words(coordinator.get(where))
    response = coordinator.post(where)
    assert response.status_code == 409
    assert "This is the only coordinator." in words(response)
    join(srem, "resident", "coordinator")
    assert coordinator.post(where, follow=True).redirect_chain == [("/en/konto/", 302)]
    assert coordinator.get(page_of(circle(srem))).status_code == 404
