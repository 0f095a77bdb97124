"""What an organisation sees and may do of its own, and that nobody else is let near it."""

from typing import Any

import pytest
from django.utils import timezone

from events.models import Activity, Session
from portal.accounts.models import Organisation, OrganisationMember, User
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.doors import circle, places_of, proposed
from tests.events.editing.pages import PROPOSED_RULES, WORDS, page, when
from tests.events.making import in_days, make_activity, make_place, make_session
from tests.events.running.evening import booked, card


@pytest.fixture
def evening(srem: Tenant) -> Session:
    """Published by the organisation: Anna shows all, Zofia her name, Piotr nothing."""
    with bind(srem):
        session = make_session(proposed(status="published"), place=make_place())
        shown: dict[str, dict[str, Any]] = {
            "Anna": {"shows_names": True, "shows_contact": True},
            "Zofia": {"shows_names": True},
            "Piotr": {},
        }
        for number, (name, given) in enumerate(shown.items()):
            person = card(
                name, "Tajny", phone=f"+4860010020{number}", channel="sms",
                email=f"{name.lower()}@tajny.example",
            )  # fmt: skip
            booked(session, person, card(f"Wnuk{name}", "Tajny"), **given)
        return session


def participants(base: str, session: Session) -> str:
    return f"{base}{session.activity_id}/terminy/{session.pk}/uczestnicy/"


def test_an_organisation_sees_what_its_participants_agreed_to_show(
    srem: Tenant, base: str, ngo: SiteClient, evening: Session
) -> None:
    text = page(ngo.get(participants(base, evening)))
    assert "6 people have places." in text
    for shown in ("Anna Tajny, WnukAnna Tajny", "600 100 200", "anna@tajny.example", "Zofia Tajny"):
        assert shown in text
    for hidden in ("600 100 201", "zofia@", "Piotr", "600 100 202", "piotr@"):
        assert hidden not in text
    with bind(srem):
        for booking in places_of(evening).bookings.all():
            assert booking.readable_code in text
        looked = AuditEntry.objects.filter(action="person.viewed")
        anna = places_of(evening).bookings.get(shows_contact=True).booker_id
        assert list(looked.values_list("person", flat=True)) == [anna]
        assert AuditEntry.objects.filter(
            action="participants.viewed", object_id=evening.pk
        ).exists()


def test_a_closed_organisation_sees_nobody(
    srem: Tenant, base: str, ngo: SiteClient, evening: Session
) -> None:
    with bind(srem):
        Organisation.objects.update(status="closed", reason="x", decided_at=timezone.now())
    answer = ngo.get(participants(base, evening))
    assert answer.status_code == 403
    assert "Tajny" not in page(answer)


def own_addresses(base: str, session: Session) -> dict[str, str]:
    """Path → how it is asked for."""
    path = f"{base}{session.activity_id}/"
    return {
        base: "get", f"{base}dodaj/": "get", path: "get", f"{path}zmien/": "get",
        f"{path}podglad/": "get", f"{path}wyslij/": "post", f"{path}wycofaj/": "post",
        f"{path}usun/": "get", f"{path}terminy/dodaj/": "get",
        f"{path}terminy/{session.pk}/usun/": "post",
        f"{path}terminy/{session.pk}/uczestnicy/": "get",
    }  # fmt: skip


def test_what_is_of_one_organisation_is_not_there_for_another(
    srem: Tenant, kety: Tenant, base: str, ngo: SiteClient, evening: Session
) -> None:
    with bind(srem):
        other = Organisation.objects.create(
            name="Inne koło", kind="kgw", status="verified", decided_at=timezone.now()
        )
        OrganisationMember.objects.create(
            organisation=other,
            user=User.objects.get(email__startswith="resident@"),
            role="coordinator",
        )
    stranger, neighbour, nobody = SiteClient(srem), SiteClient(kety), SiteClient(srem)
    stranger.log_in("resident")
    neighbour.log_in("ngo_member")
    # Also below the address of one's own organisation.
    below_own = {
        path.replace(str(circle_of(base)), str(other.pk)): how
        for path, how in own_addresses(base, evening).items()
        if str(evening.activity_id) in path
    }
    for path, how in {**own_addresses(base, evening), **below_own}.items():
        assert getattr(stranger, how)(path).status_code == 404, path
    for path, how in own_addresses(base, evening).items():
        assert getattr(ngo, how)(path).status_code != 404, path
        assert getattr(neighbour, how)(path).status_code == 404, path
        assert getattr(nobody, how)(path).status_code == 302, path
        if how == "post":
            assert ngo.get(path).status_code == 405, path


def circle_of(base: str) -> str:
    return base.split("/")[4]


def test_an_organisation_does_not_change_what_is_public(
    srem: Tenant, base: str, ngo: SiteClient, evening: Session
) -> None:
    path = f"{base}{evening.activity_id}/"
    deeds: list[tuple[str, dict[str, Any]]] = [
        ("zmien/", {**WORDS, **PROPOSED_RULES, "title": "Podmiana"}),
        ("terminy/dodaj/", when()),
        (f"terminy/{evening.pk}/usun/", {}),
        ("wycofaj/", {}),
        ("usun/", {}),
    ]
    for rest, form in deeds:
        ngo.post(f"{path}{rest}", form)
    with bind(srem):
        activity = Activity.objects.get()
        assert (activity.status, activity.title) == ("published", "Pierogi razem")
        assert list(activity.sessions.all()) == [evening]


def test_the_preview_of_a_proposal(srem: Tenant, base: str, ngo: SiteClient) -> None:
    with bind(srem):
        proposal = proposed("Tajemnica")
        make_session(proposal, status="draft")
    answer = ngo.get(f"{base}{proposal.pk}/podglad/")
    assert "Tajemnica" in page(answer)
    assert 'content="noindex"' in page(answer)
    assert "no-store" in answer.headers["Cache-Control"]


def test_many_activities_of_an_organisation_cost_what_a_few_do(
    srem: Tenant, base: str, ngo: SiteClient, evening: Session, django_assert_max_num_queries: Any
) -> None:
    with bind(srem):
        for number in range(30):
            make_activity(f"Spotkanie {number}", organisation=circle())
        for number in range(30):
            make_session(evening.activity, starts_at=in_days(20 + number))
        for number in range(6):
            booked(evening, card(f"Osoba {number}", "X"))
    ngo.get(base)
    for path in (base, f"{base}{evening.activity_id}/", participants(base, evening)):
        with django_assert_max_num_queries(20):
            assert ngo.get(path).status_code == 200
