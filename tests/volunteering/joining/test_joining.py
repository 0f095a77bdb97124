"""``/wolontariat/`` and ``/wolontariat/dolacz/``: from reading to being a volunteer."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.audit.models import AuditEntry
from portal.notifications.models import Delivery
from portal.places.models import Contact, ContactPhone
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.joining.joiner import ANSWERS, JOIN, OWN, Joiner, title, words
from tests.volunteering.making import make_district, make_opportunity, make_shift, make_volunteer
from volunteering.models import VolunteerProfile

HOME = "/en/wolontariat/"
QUERIES = 16


def test_home_says_what_one_can_do_and_how_to_begin(srem: Tenant) -> None:
    with bind(srem):
        make_district()
        make_shift(make_opportunity("Paczki dla seniorów"))
        make_opportunity("Szkic", status="draft", published_at=None)
    page = SiteClient(srem).get(HOME)
    body = page.content.decode()
    assert f'href="{JOIN}"' in body
    assert 'href="/en/pomoc-sasiedzka/"' in body
    assert "Paczki dla seniorów" in body
    assert "Szkic" not in body
    assert "agreement with the office" in words(page)
    assert not page.cookies
    assert page.headers["ETag"]


def test_home_without_districts_has_no_button(srem: Tenant) -> None:
    page = SiteClient(srem).get(HOME)
    assert f'href="{JOIN}"' not in page.content.decode()
    assert "not open yet" in words(page)
    assert "Nothing is announced just now" in words(page)


def test_home_of_the_neighbour_is_its_own(srem: Tenant, kety: Tenant) -> None:
    with bind(srem):
        make_district()
        make_opportunity("Paczki dla seniorów")
    page = SiteClient(kety).get(HOME)
    assert "Paczki" not in words(page)
    assert f'href="{JOIN}"' not in page.content.decode()


def test_home_takes_the_same_queries_with_many_opportunities(
    srem: Tenant, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with bind(srem):
        for number in range(9):
            make_shift(make_opportunity(f"Oferta {number}"))
    client = SiteClient(srem)
    client.get(HOME)
    with django_assert_max_num_queries(QUERIES):
        page = client.get(HOME)
    assert words(page).count("Oferta ") == 6
    assert "Show everything" in words(page)


def test_joining_before_the_office_has_opened_is_told_before_the_login(srem: Tenant) -> None:
    with bind(srem):
        lead = Contact.objects.create(role="Biuro", is_lead=True)
        ContactPhone.objects.create(contact=lead, number="61 283 01 22")
    page = SiteClient(srem).get(JOIN)
    assert page.status_code == 403
    assert "Call: 61 283 01 22" in words(page)
    assert 'data-code="not_open_yet"' in page.content.decode()


def test_stranger_logs_in_first_and_comes_back(srem: Tenant) -> None:
    with bind(srem):
        make_district()
    response = SiteClient(srem).get(JOIN)
    assert response.status_code == 302
    assert response.headers["Location"].endswith("?next=/en/wolontariat/dolacz/")


def test_from_the_first_question_to_the_last(joiner: Joiner, srem: Tenant) -> None:
    seen = []
    page = joiner.client.get(JOIN, follow=True)
    for number, question in enumerate(ANSWERS, start=1):
        assert f"Step {number} of 10." in words(page)
        assert page.request["PATH_INFO"] == f"{JOIN}{question}/"
        seen.append(title(page))
        page = joiner.client.get(joiner.say(question).headers["Location"])
    assert len(set(seen)) == len(ANSWERS)
    text = words(page)
    assert "Is everything right?" in text
    for answer in (
        "Talking and keeping company", "Polish, Ukrainian", "Monday: 8–16", "Thursday: 16–20",
        "Centrum", "Up to 3 km", "By bicycle", "3 hours at most", "18 or over", "No",
        "Boję się psów.",
    ):  # fmt: skip
        assert answer in text, answer
    done = joiner.client.post(f"{JOIN}sprawdz/", follow=True)
    assert "Thank you! We have your answers" in words(done)
    with bind(srem):
        profile = VolunteerProfile.objects.get()
        assert profile.status == "applied"
        assert profile.person_id == joiner.user.person_id
        assert (profile.skills, profile.languages) == (["company", "shopping"], ["pl", "uk"])
        assert (profile.radius_km, profile.transport, profile.weekly_hours) == (3, "bicycle", 3)
        assert (profile.born_on, profile.with_children) == (None, False)
        assert profile.about == "Boję się psów."
        assert list(profile.windows.values_list("weekday", "starts", "ends")) == [
            (0, 480, 960), (3, 960, 1200),
        ]  # fmt: skip
        assert AuditEntry.objects.get(action="volunteer.joined").person == profile.person_id
        told = Delivery.objects.filter(message__kind="volunteering/joined")
        assert set(told.values_list("person", flat=True)) == {profile.person_id}
        assert "/konto/wolontariat/" in told.first().message.content["pl"]["text"]  # type: ignore[union-attr]


def test_answers_are_kept_when_one_goes_back(joiner: Joiner) -> None:
    joiner.answer_all()
    chosen = {"umiejetnosci": 2, "jezyki": 2, "kiedy": 3, "okolica": 1, "dojazd": 1, "godziny": 1}
    for question, boxes in {**chosen, "wiek": 1, "dzieci": 1}.items():
        page = joiner.client.get(f"{JOIN}{question}/").content.decode()
        assert page.count(" checked") == boxes, question
    assert "selected" in joiner.client.get(f"{JOIN}okolica/").content.decode()
    assert "Boję się psów." in words(joiner.client.get(f"{JOIN}uwagi/"))
    # Who corrects something from the list of answers comes back to the list.
    again = joiner.say("umiejetnosci", skills=["garden"])
    assert again.headers["Location"] == f"{JOIN}sprawdz/"
    assert "Garden and snow" in words(joiner.client.get(f"{JOIN}sprawdz/"))


def test_nobody_leaps_over_questions(joiner: Joiner) -> None:
    for later in ("uwagi", "sprawdz"):
        response = joiner.client.get(f"{JOIN}{later}/")
        assert response.headers["Location"] == f"{JOIN}umiejetnosci/"
    assert joiner.client.post(f"{JOIN}sprawdz/").headers["Location"] == f"{JOIN}umiejetnosci/"
    assert joiner.client.get(f"{JOIN}bzdura/").status_code == 404


WRONG: dict[str, list[tuple[dict[str, Any], str]]] = {
    "umiejetnosci": [({"skills": []}, "at least one thing"), ({"skills": ["flying"]}, "flying")],
    "jezyki": [({"languages": []}, "Tick at least one language.")],
    "kiedy": [({"slots": []}, "Tick at least one time"), ({"slots": ["9-noc"]}, "9-noc")],
    "okolica": [
        ({"district": str(uuid4())}, "Choose a part of the gmina from the list."),
        ({"radius_km": ""}, "Choose how far you would go."),
    ],
    "dojazd": [({"transport": "rocket"}, "rocket")],
    "godziny": [({"weekly_hours": "70"}, "70")],
    "wiek": [
        ({"age": "mlodsza"}, "Write your date of birth."),
        ({"age": "mlodsza", "born_on": "31.02.2010"}, "A date looks like this"),
        ({"age": "mlodsza", "born_on": "1809-01-01"}, "Check the year"),
    ],
    "dzieci": [({"with_children": ""}, "Choose yes or no.")],
    "uwagi": [({"about": "x" * 501}, "500")],
}


def test_what_is_wrong_is_said(joiner: Joiner) -> None:
    for question in ANSWERS:
        for answer, said in WRONG[question]:
            response = joiner.say(question, **answer)
            assert response.status_code == 422, answer
            assert title(response).startswith("Error:")
            assert said in words(response)
        joiner.say(question)


def test_under_16_is_refused_kindly(joiner: Joiner, srem: Tenant) -> None:
    for question in list(ANSWERS)[:6]:
        joiner.say(question)
    born_on = timezone.localdate() - timedelta(days=15 * 365)
    response = joiner.say("wiek", age="mlodsza", born_on=born_on.isoformat())
    assert response.status_code == 422
    assert 'data-code="too_young_to_join"' in response.content.decode()
    # Nothing was kept: the next question is still this one.
    assert joiner.client.get(JOIN).headers["Location"] == f"{JOIN}wiek/"
    with bind(srem):
        assert not VolunteerProfile.objects.exists()


def test_from_16_to_18_the_date_of_birth_is_kept(joiner: Joiner, srem: Tenant) -> None:
    today = timezone.localdate()
    born_on = today.replace(year=today.year - 17, day=1)
    joiner.answer_all(wiek={"age": "mlodsza", "born_on": born_on.isoformat()})
    done = joiner.client.post(f"{JOIN}sprawdz/", follow=True)
    assert "Your parent or guardian agrees." in words(done)
    with bind(srem):
        assert VolunteerProfile.objects.get().born_on == born_on
    assert "come with your parent or guardian" in words(joiner.client.get(OWN))


def test_an_adult_who_gives_a_date_of_birth_need_not_have(joiner: Joiner, srem: Tenant) -> None:
    joiner.answer_all(wiek={"age": "mlodsza", "born_on": "1960-05-01"})
    joiner.client.post(f"{JOIN}sprawdz/")
    with bind(srem):
        assert VolunteerProfile.objects.get().born_on is None


def test_the_last_button_pressed_again_makes_nothing_new(joiner: Joiner, srem: Tenant) -> None:
    joiner.join()
    again = joiner.client.post(f"{JOIN}sprawdz/")
    assert again.headers["Location"] == OWN
    assert joiner.client.get(JOIN).headers["Location"] == OWN
    with bind(srem):
        assert VolunteerProfile.objects.count() == 1
        assert AuditEntry.objects.filter(action="volunteer.joined").count() == 1
        assert Delivery.objects.filter(message__kind="volunteering/joined").exists()


def test_a_district_that_is_gone_is_asked_again(joiner: Joiner, srem: Tenant) -> None:
    joiner.answer_all()
    with bind(srem):
        make_district("Psarskie")
        joiner.district.delete()
    response = joiner.client.post(f"{JOIN}sprawdz/")
    assert response.headers["Location"] == f"{JOIN}okolica/"
    with bind(srem):
        assert not VolunteerProfile.objects.exists()


def test_whoever_left_comes_back_with_their_answers(joiner: Joiner, srem: Tenant) -> None:
    with bind(srem):
        left = make_volunteer(person=joiner.user.person, status="ended", weekly_hours=8)
    assert "Become a volunteer" in words(joiner.client.get(OWN))
    assert joiner.client.get(f"{JOIN}umiejetnosci/").content.decode().count("checked") == 2
    joiner.join()
    with bind(srem):
        left.refresh_from_db()
        assert (left.status, left.weekly_hours, left.windows.count()) == ("applied", 3, 2)


def test_answers_of_one_are_not_those_of_the_next(srem: Tenant, joiner: Joiner) -> None:
    joiner.say("umiejetnosci")
    with bind(srem):
        joiner.client.logout()
    joiner.client.log_in("osl")
    assert joiner.client.get(JOIN).headers["Location"] == f"{JOIN}umiejetnosci/"


def test_afterwards_one_goes_back_to_where_one_came_from(joiner: Joiner) -> None:
    for wanted, is_ours in (("/en/wolontariat/oferty/", True), ("https://evil.example/", False)):
        joiner.client.get(f"{JOIN}?next={wanted}")
        if is_ours:
            joiner.join()
        done = joiner.client.get(f"{JOIN}gotowe/").content.decode()
        assert "/en/wolontariat/oferty/" in done
        assert "evil" not in done
