"""What an organisation proposes, and what the office answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.models import Activity, Session
from portal.accounts.models import Organisation, OrganisationMember, User
from portal.audit.models import AuditEntry
from portal.notifications.models import Message
from portal.places.models import Room
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.doors import circle, places_of, proposed
from tests.events.editing.test_activities import one, page
from tests.events.making import in_days, make_activity, make_place, make_session
from tests.events.running.evening import booked, card

RULES = {
    "kind": "one_off", "audience": "everybody", "age_min": "", "age_max": "", "fee": "0",
    "fee_note": "", "takes_bookings": "on", "party_limit": "4", "opens_days_before": "",
    "closes_hours_before": "2", "cancel_hours_before": "24", "course_places": "",
}  # fmt: skip
WORDS = {"title": "Pierogi razem", "lead": "Lepimy i śpiewamy.", "body": "Fartuchy są."}


@pytest.fixture
def base(srem: Tenant) -> str:
    with bind(srem):
        return f"/en/konto/organizacje/{circle().pk}/wydarzenia/"


def when(**more: str) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=9)
    return {
        "day": day.isoformat(), "starts": "16:00", "ends": "18:00", "weeks": "1", "where": "",
        "capacity": "10", "waitlist_limit": "", **more,
    }  # fmt: skip


def test_an_organisation_proposes_and_the_office_publishes(
    srem: Tenant, base: str, ngo: SiteClient, office: SiteClient
) -> None:
    answer = ngo.post(f"{base}dodaj/", {**WORDS, **RULES}, follow=True)
    assert "Before you send it, add:" in page(answer)
    with bind(srem):
        proposal = Activity.objects.get()
        place = make_place()
        assert (proposal.organisation, proposal.status) == (circle(), "draft")
    path = f"{base}{proposal.pk}/"
    assert "Still missing: at least one date" in page(ngo.post(f"{path}wyslij/", follow=True))
    ngo.post(f"{path}terminy/dodaj/", when(weeks="3", where=f"place:{place.pk}"))
    assert "Send it to the office" in page(ngo.get(path))
    for _ in range(2):  # pressed twice
        assert "Sent." in page(ngo.post(f"{path}wyslij/", follow=True))
    today = page(office.get("/en/panel/"))
    assert "Activities proposed by organisations" in today
    assert "Pierogi razem" in today
    assert "1 proposal to review" in page(office.get("/en/panel/wydarzenia/"))
    published = page(office.post(one(proposal, "zatwierdz/"), follow=True))
    assert "Published, and the organisation is told." in published
    assert "Pierogi razem" in page(SiteClient(srem).get("/wydarzenia/"))
    with bind(srem):
        assert proposal.sessions.filter(status="published").count() == 3
        assert Message.objects.filter(kind="events/reviewed").count() == 1


def test_the_office_asks_and_the_organisation_answers(
    srem: Tenant, base: str, ngo: SiteClient, office: SiteClient
) -> None:
    with bind(srem):
        proposal = proposed(status="submitted")
        make_session(proposal, status="draft")
    path = f"{base}{proposal.pk}/"
    locked = ngo.post(f"{path}zmien/", {**WORDS, **RULES})
    assert locked.status_code == 422
    assert "the state is “waiting for the office”" in page(locked)
    assert office.post(one(proposal, "pytania/"), {"note": "  "}).status_code == 422
    office.post(one(proposal, "pytania/"), {"note": "Czy jest wejście bez schodów?"})
    with bind(srem):
        message = Message.objects.get(kind="events/reviewed")
        assert "Czy jest wejście bez schodów?" in message.content["pl"]["text"]
        assert (
            f"/konto/organizacje/{proposal.organisation_id}/wydarzenia/"
            in message.content["pl"]["text"]
        )
    assert "Czy jest wejście bez schodów?" in page(ngo.get(path))
    assert "Czy jest wejście bez schodów?" in page(ngo.get(f"{path}zmien/"))
    ngo.post(f"{path}zmien/", {**WORDS, **RULES, "body": "Tak, od podwórza."})
    ngo.post(f"{path}wyslij/")
    text = page(office.get(one(proposal)))
    assert "The office asked before: Czy jest wejście bez schodów?" in text
    with bind(srem):
        proposal.refresh_from_db()
        assert (proposal.status, proposal.texts.get().body) == ("submitted", "Tak, od podwórza.")


def test_a_no_has_a_reason_and_may_be_tried_again(
    srem: Tenant, base: str, ngo: SiteClient, office: SiteClient
) -> None:
    with bind(srem):
        proposal = proposed(status="submitted")
    office.post(one(proposal, "odrzuc/"), {"note": "Sala jest w remoncie."})
    path = f"{base}{proposal.pk}/"
    assert "Sala jest w remoncie." in page(ngo.get(path))
    second = office.post(one(proposal, "odrzuc/"), {"note": "Jeszcze raz"})
    assert second.status_code == 422  # somebody was quicker
    ngo.post(f"{path}wycofaj/")
    with bind(srem):
        proposal.refresh_from_db()
        assert proposal.status == "draft"
        assert Message.objects.filter(kind="events/reviewed").count() == 1
    ngo.post(f"{path}usun/")
    with bind(srem):
        assert not Activity.objects.exists()


def test_what_the_organisation_has_not_sent_is_not_published(
    srem: Tenant, office: SiteClient
) -> None:
    with bind(srem):
        proposal = proposed()
        make_session(proposal, status="draft", place=make_place())
    assert "The organisation is still writing this" in page(office.get(one(proposal)))
    for deed in ("opublikuj/", "zatwierdz/"):
        answer = page(office.post(one(proposal, deed), follow=True))
        assert "This is not possible now: the state is “draft”." in answer
    with bind(srem):
        proposal.refresh_from_db()
        assert proposal.status == "draft"


def test_a_proposal_is_published_by_those_who_review_alone(srem: Tenant) -> None:
    with bind(srem):
        proposal = proposed(status="submitted")
        make_session(proposal, status="draft", place=make_place())
    unit = SiteClient(srem)
    unit.log_in("ous")
    assert unit.post(one(proposal, "zatwierdz/")).status_code == 403
    unit.post(one(proposal, "opublikuj/"))
    with bind(srem):
        proposal.refresh_from_db()
        assert proposal.status == "submitted"


def test_only_verified_organisations_propose(srem: Tenant, base: str, ngo: SiteClient) -> None:
    with bind(srem):
        organisation = circle()
        proposal = proposed()
        make_session(proposal, status="draft")
        organisation.status, organisation.decided_at = "new", None
        organisation.save()
    assert "first has to verify" in page(ngo.get(base))
    answer = ngo.post(f"{base}dodaj/", {**WORDS, **RULES})
    assert answer.status_code == 403
    assert "You did nothing wrong" in page(answer)
    refused = page(ngo.post(f"{base}{proposal.pk}/wyslij/", follow=True))
    assert "The office first has to verify your organisation." in refused
    with bind(srem):
        assert Activity.objects.get().status == "draft"


def test_dates_of_a_proposal_every_week_and_one_of_them_removed(
    srem: Tenant, base: str, ngo: SiteClient
) -> None:
    with bind(srem):
        proposal = proposed()
    path = f"{base}{proposal.pk}/terminy/"
    assert "4 dates are added." in page(ngo.post(f"{path}dodaj/", when(weeks="4"), follow=True))
    with bind(srem):
        second = proposal.sessions.order_by("starts_at")[1]
    ngo.post(f"{path}{second.pk}/usun/")
    with bind(srem):
        assert proposal.sessions.count() == 3
        day = timezone.localdate(second.starts_at)
        assert proposal.series.get().skipped_on == [day]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"weeks": "10000"}, "Write a number from 1 to 200."),
        ({"ends": "14:00"}, "The end comes before the beginning."),
        ({"day": "2020-01-01"}, "This time has passed already."),
        ({"where": "room"}, "Something else takes place in this room then: Próba chóru"),
    ],
)
def test_a_date_that_cannot_be_is_refused_in_words(
    more: dict[str, str], words: str, srem: Tenant, base: str, ngo: SiteClient
) -> None:
    with bind(srem):
        proposal, place = proposed(), make_place()
        room = Room.objects.create(place=place, name="sala")
        make_session(
            make_activity("Próba chóru"), starts_at=in_days(16, 16), place=place, room=room
        )
    if more.get("where"):
        more = {"where": f"room:{room.pk}", "weeks": "2"}
    answer = ngo.post(f"{base}{proposal.pk}/terminy/dodaj/", when(**more))
    assert answer.status_code == 422
    assert words in page(answer)
    with bind(srem):
        assert not proposal.sessions.exists()


def test_places_of_a_proposed_course(srem: Tenant, base: str, ngo: SiteClient) -> None:
    course = {**WORDS, **RULES, "kind": "course"}
    ngo.post(f"{base}dodaj/", {**course, "course_places": "8"})
    with bind(srem):
        proposal = Activity.objects.get()
        assert places_of(proposal).capacity == 8
    ngo.post(f"{base}{proposal.pk}/zmien/", {**course, "course_places": "9"})
    with bind(srem):
        assert places_of(proposal).capacity == 9


def test_the_words_of_a_proposal_are_kept_when_something_is_wrong(
    srem: Tenant, base: str, ngo: SiteClient
) -> None:
    answer = ngo.post(f"{base}dodaj/", {**WORDS, **RULES, "age_min": "65", "age_max": "60"})
    assert answer.status_code == 422
    assert "Lepimy i śpiewamy." in page(answer)
    assert page(answer).count("The oldest age comes before the youngest.") == 2
    with bind(srem):
        assert not Activity.objects.exists()


# Who comes


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
        ("zmien/", {**WORDS, **RULES, "title": "Podmiana"}),
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
