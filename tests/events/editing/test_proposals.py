"""What an organisation proposes, and what the office answers."""

import pytest
from django.utils import timezone

from events.models import Activity
from portal.notifications.models import Message
from portal.places.models import Room
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.doors import circle, places_of, proposed
from tests.events.editing.pages import PROPOSED_RULES, WORDS, one, page, when
from tests.events.making import in_days, make_activity, make_place, make_session


def test_an_organisation_proposes_and_the_office_publishes(
    srem: Tenant, base: str, ngo: SiteClient, office: SiteClient
) -> None:
    answer = ngo.post(f"{base}dodaj/", {**WORDS, **PROPOSED_RULES}, follow=True)
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
    locked = ngo.post(f"{path}zmien/", {**WORDS, **PROPOSED_RULES})
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
    ngo.post(f"{path}zmien/", {**WORDS, **PROPOSED_RULES, "body": "Tak, od podwórza."})
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
    answer = ngo.post(f"{base}dodaj/", {**WORDS, **PROPOSED_RULES})
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
    course = {**WORDS, **PROPOSED_RULES, "kind": "course"}
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
    answer = ngo.post(
        f"{base}dodaj/", {**WORDS, **PROPOSED_RULES, "age_min": "65", "age_max": "60"}
    )
    assert answer.status_code == 422
    assert "Lepimy i śpiewamy." in page(answer)
    assert page(answer).count("The oldest age comes before the youngest.") == 2
    with bind(srem):
        assert not Activity.objects.exists()
