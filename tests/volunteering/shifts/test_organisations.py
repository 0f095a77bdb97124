"""What an organisation proposes, whom it sees, and that nobody else is let near it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.accounts.models import Organisation, OrganisationMember
from portal.audit.models import AuditEntry
from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.making import in_days, make_opportunity, make_shift, make_volunteer
from tests.volunteering.shifts.people import (
    begin,
    close_the_organisation,
    proposed,
    user_of,
)
from volunteering.actions.apply_for import apply_for
from volunteering.actions.take_shift import take_shift
from volunteering.models import Application, Assignment, Opportunity, Shift

WORDS = {
    "title": "Pierogi dla świetlicy", "lead": "Lepimy razem.", "description": "W każdą środę.",
    "min_age": "16", "chooses_volunteers": "on",
}  # fmt: skip


def page(answer: Any) -> str:
    return str(answer.content.decode())


def typed_shift(days: int = 9, **fields: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=days)
    return {"day": day.isoformat(), "starts": "10:00", "ends": "13:00", "places": "3", **fields}


def test_from_a_draft_to_the_public_and_back(
    srem: Tenant, base: str, ngo: SiteClient, office: SiteClient
) -> None:
    refused = ngo.post(f"{base}dodaj/", {**WORDS, "title": "", "min_age": "5"})
    assert refused.status_code == 422
    assert "Write the title." in page(refused)
    assert "<title>Error:" in page(refused)
    answer = ngo.post(f"{base}dodaj/", WORDS, follow=True)
    assert "The draft is kept." in page(answer)
    with bind(srem):
        found = Opportunity.objects.get()
        assert (found.slug, found.status) == ("pierogi-dla-swietlicy", "draft")
    one, review = f"{base}{found.pk}/", f"/en/panel/oferty/{found.pk}/"
    assert ngo.post(f"{one}dyzury/dodaj/", typed_shift(ends="10:00")).status_code == 422
    for _again in range(2):
        assert ngo.post(f"{one}dyzury/dodaj/", typed_shift()).status_code == 302
    # Nobody publishes what is not sent.
    office.post(f"{review}opublikuj/")
    with bind(srem):
        assert Shift.objects.get().pool.capacity == 3
        assert Opportunity.objects.get().status == "draft"
    ngo.post(f"{one}wyslij/")
    for _again in range(2):
        ngo.post(f"{one}wycofaj/")
    with bind(srem):
        assert Opportunity.objects.get().status == "draft"
    for _again in range(2):
        ngo.post(f"{one}wyslij/")
    assert "asks the office to publish this" in page(office.get(review))
    assert office.post(f"{review}odeslij/", {"note": " "}).status_code == 422
    office.post(f"{review}odeslij/", {"note": "Gdzie to jest?"})
    assert "Gdzie to jest?" in page(ngo.get(one))
    ngo.post(f"{one}zmien/", {**WORDS, "lead": "Lepimy w remizie."})
    ngo.post(f"{one}wyslij/")
    for _again in range(2):
        office.post(f"{review}opublikuj/")
    # What is decided is not taken back.
    ngo.post(f"{one}wycofaj/")
    # What is public the organisation does not change; shifts it does.
    assert ngo.post(f"{one}zmien/", {**WORDS, "title": "Podmiana"}).status_code == 422
    ngo.post(f"{one}dyzury/dodaj/", typed_shift(12))
    with bind(srem):
        found.refresh_from_db()
        assert (found.status, found.title) == ("published", WORDS["title"])
        assert (found.lead, found.review_note) == ("Lepimy w remizie.", "")
        assert found.shifts.count() == 2
        assert Message.objects.filter(kind="volunteering/opportunity_reviewed").count() == 2
    assert "Lepimy w remizie." in page(SiteClient(srem).get("/en/wolontariat/oferty/"))


def test_an_organisation_sees_what_volunteers_agreed_to_show(
    srem: Tenant, base: str, ngo: SiteClient
) -> None:
    with bind(srem):
        opportunity, clerk = proposed(status="published"), user_of("osl")
        shift = make_shift(opportunity)
        shows = make_volunteer("Ewa Tajna", about="choruje")
        hides = make_volunteer("Jan Tajny")
        for profile in (shows, hides):
            apply_for(
                opportunity=opportunity, profile=profile, shows_contact=profile == shows,
                acting_user=clerk,
            )  # fmt: skip
            take_shift(shift=shift, profile=profile, acting_user=clerk)
        number, hidden = shows.person.phone.as_national, hides.person.phone.as_national
    one = f"{base}{opportunity.pk}/"
    for path in (f"{one}zgloszenia/", f"{one}dyzury/{shift.pk}/"):
        text = page(ngo.get(path))
        assert "Ewa" in text
        assert "Jan" in text
        assert number in text
        for never in ("Tajna", "Tajny", hidden, "choruje"):
            assert never not in text, (path, never)
    with bind(srem):
        looked = AuditEntry.objects.filter(action="person.viewed")
        assert set(looked.values_list("person", flat=True)) == {shows.person_id}
        assert AuditEntry.objects.filter(action="applicants.viewed").count() == 1


def test_accepting_and_writing_down_who_came(srem: Tenant, base: str, ngo: SiteClient) -> None:
    with bind(srem):
        opportunity, clerk = proposed(status="published", chooses_volunteers=True), user_of("osl")
        shift, profile = make_shift(opportunity, places=2), make_volunteer()
        application = apply_for(opportunity=opportunity, profile=profile, acting_user=clerk)
    one = f"{base}{opportunity.pk}/"
    ngo.post(f"{one}zgloszenia/{application.pk}/odmow/")
    ngo.post(f"{one}zgloszenia/{application.pk}/przyjmij/")
    with bind(srem):
        assert Application.objects.get().status == "accepted"
        task = take_shift(shift=shift, profile=profile, acting_user=clerk)
    dates = f"{one}dyzury/{shift.pk}/"
    early = ngo.post(f"{dates}{task.pk}/jest/", follow=True)
    assert "The shift has not begun yet." in page(early)
    assert ngo.post(f"{dates}miejsca/", {"capacity": "0"}).status_code == 422
    ngo.post(f"{dates}miejsca/", {"capacity": "7"})
    with bind(srem):
        assert Shift.objects.get().pool.capacity == 7
        begin(shift)
    ngo.post(f"{dates}{task.pk}/nie-ma/")
    ngo.post(f"{dates}{task.pk}/jest/")
    with bind(srem):
        assert Assignment.objects.get().status == "done"


def test_calling_a_shift_off_tells_the_volunteers(srem: Tenant, base: str, ngo: SiteClient) -> None:
    with bind(srem):
        opportunity, clerk = proposed(status="published"), user_of("osl")
        shift = make_shift(opportunity)
        for name in ("Ewa Kos", "Jan Lis"):
            take_shift(shift=shift, profile=make_volunteer(name), acting_user=clerk)
    path = f"{base}{opportunity.pk}/dyzury/{shift.pk}/odwolaj/"
    assert "2 volunteers have places and get a message." in page(ngo.get(path))
    for _again in range(2):
        ngo.post(path, {"note": "Zalało salę."})
    with bind(srem):
        shift.refresh_from_db()
        assert (shift.note, shift.sequence, shift.pool.taken) == ("Zalało salę.", 1, 0)
        assert set(Assignment.objects.values_list("status", flat=True)) == {"cancelled_by_staff"}
        told = Message.objects.filter(kind__startswith="volunteering/shift_cancelled")
        assert told.count() == 2
        assert "Zalało salę." in told[0].content["pl"]["text"]


def addresses(
    base: str, shift: Shift, application: Application, task: Assignment
) -> dict[str, str]:
    """Path → how it is asked for."""
    one = f"{base}{shift.opportunity_id}/"
    date = f"{one}dyzury/{shift.pk}/"
    return {
        base: "get", f"{base}dodaj/": "get", one: "get", f"{one}zmien/": "get",
        f"{one}zgloszenia/": "get", f"{one}dyzury/dodaj/": "get", date: "get",
        f"{date}miejsca/": "get", f"{date}odwolaj/": "get", f"{one}wyslij/": "post",
        f"{one}wycofaj/": "post",
        f"{one}zgloszenia/{application.pk}/przyjmij/": "post",
        f"{one}zgloszenia/{application.pk}/odmow/": "post",
        f"{date}{task.pk}/jest/": "post", f"{date}{task.pk}/nie-ma/": "post",
    }  # fmt: skip


def test_what_is_of_one_organisation_is_not_there_for_another(
    srem: Tenant, kety: Tenant, base: str, ngo: SiteClient
) -> None:
    with bind(srem):
        opportunity, clerk = proposed(status="published"), user_of("osl")
        shift = make_shift(opportunity)
        task = take_shift(shift=shift, profile=make_volunteer(), acting_user=clerk)
        application = Application.objects.get()
        other = Organisation.objects.create(
            name="Inne koło", kind="kgw", status="verified", decided_at=timezone.now()
        )
        OrganisationMember.objects.create(
            organisation=other, user=user_of("resident"), role="coordinator"
        )
    stranger, neighbour, nobody = SiteClient(srem), SiteClient(kety), SiteClient(srem)
    stranger.log_in("resident")
    neighbour.log_in("ngo_member")
    own = addresses(base, shift, application, task)
    # Also below the address of one's own organisation.
    mine = f"/en/konto/organizacje/{other.pk}/wolontariat/"
    below = {path: how for path, how in addresses(mine, shift, application, task).items()
             if str(opportunity.pk) in path}  # fmt: skip
    for path, how in {**own, **below}.items():
        assert getattr(stranger, how)(path).status_code == 404, path
    for path, how in own.items():
        assert getattr(neighbour, how)(path).status_code == 404, path
        assert getattr(nobody, how)(path).status_code == 302, path
        assert getattr(ngo, how)(path).status_code in {200, 302}, path
        if how == "post":
            assert ngo.get(path).status_code == 405, path


def test_an_organisation_nobody_verified_sees_nobody_and_proposes_nothing(
    srem: Tenant, base: str, ngo: SiteClient
) -> None:
    with bind(srem):
        opportunity = proposed(status="published")
        draft = proposed("Szkic")
        shift = make_shift(opportunity)
        take_shift(shift=shift, profile=make_volunteer("Ewa Kos"), acting_user=user_of("osl"))
        close_the_organisation()
    one = f"{base}{opportunity.pk}/"
    for path in (
        f"{base}dodaj/", f"{one}zgloszenia/", f"{one}dyzury/{shift.pk}/", f"{one}dyzury/dodaj/",
    ):  # fmt: skip
        answer = ngo.get(path)
        assert answer.status_code == 403, path
        assert "Ewa" not in page(answer)
    assert ngo.post(f"{base}dodaj/", WORDS).status_code == 403
    ngo.post(f"{base}{draft.pk}/wyslij/")
    with bind(srem):
        draft.refresh_from_db()
        assert draft.status == "draft"


def test_many_cost_what_a_few_do(
    srem: Tenant, base: str, ngo: SiteClient, django_assert_max_num_queries: Any
) -> None:
    with bind(srem):
        opportunity, clerk = proposed(status="published"), user_of("osl")
        shift = make_shift(opportunity, places=40)
        for number in range(30):
            make_opportunity(f"Oferta {number}", organisation=opportunity.organisation)
            make_shift(opportunity, starts_at=in_days(20 + number))
            profile = make_volunteer(f"Osoba {number}")
            take_shift(shift=shift, profile=profile, acting_user=clerk)
    one = f"{base}{opportunity.pk}/"
    ngo.get(base)
    for path in (base, one, f"{one}zgloszenia/", f"{one}dyzury/{shift.pk}/"):
        with django_assert_max_num_queries(20):
            assert ngo.get(path).status_code == 200
