"""Finding people, their cards, adding and changing them."""

import pytest

from portal.accounts.actions.merge_people import merge_people
from portal.accounts.models import Consent, Guardianship, Person
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.panel.office import Office, person_of

NEW = {
    "first_name": "Anna", "last_name": "Żółć", "phone": "600 300 400", "email": "", "street": "",
    "postcode": "", "city": "Śrem", "channel": "sms", "language": "pl",
}  # fmt: skip


@pytest.fixture
def osl(srem: Tenant) -> SiteClient:
    visitor = SiteClient(srem)
    visitor.log_in("osl")
    return visitor


def page(visitor: SiteClient, path: str) -> str:
    answer = visitor.get(f"/en/panel/osoby/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


# Search


@pytest.mark.parametrize("question", ["wisniewska halina", "600 100 200", "Wiśniew"])
def test_people_are_found_by_what_a_caller_says(
    question: str, osl: SiteClient, office: Office
) -> None:
    assert "Halina Wiśniewska" in page(osl, f"?q={question}")


def test_the_list_shows_no_contact_data(osl: SiteClient, office: Office) -> None:
    text = page(osl, "?q=600100200")
    assert "Halina Wiśniewska" in text
    assert "Krzyszkowo" in text
    assert "phone call" in text
    for secret in ("600 100 200</", "+48600100200", "ewa@zak.example"):
        assert secret not in text


def test_nobody_found_says_what_to_try(osl: SiteClient, office: Office) -> None:
    assert "Nobody found for “qqq”" in page(osl, "?q=qqq")


def test_a_long_list_comes_in_pages(srem: Tenant, osl: SiteClient) -> None:
    with bind(srem):
        for number in range(60):
            Person.objects.create(first_name="Ala", last_name=f"Zenek{number:02}")
    first, last = page(osl, ""), page(osl, "?strona=999")
    assert "Zenek59" not in first
    assert "Zenek59" in last
    assert 'rel="next"' in first
    assert 'rel="next"' not in last


# Adding


def test_a_person_is_added(srem: Tenant, osl: SiteClient) -> None:
    answer = osl.post("/en/panel/osoby/dodaj/", NEW, follow=True)
    assert b"The card of Anna" in answer.content
    with bind(srem):
        assert Person.objects.get(last_name="Żółć").phone == "+48600300400"


def test_a_likely_duplicate_is_asked_about_before_anything_is_saved(
    srem: Tenant, osl: SiteClient, office: Office
) -> None:
    details = NEW | {"first_name": "Halina", "last_name": "Wisniewska", "phone": "600100200"}
    answer = osl.post("/en/panel/osoby/dodaj/", details).content.decode()
    assert "Is it one of these?" in answer
    assert f"/en/panel/osoby/{office.halina.pk}/" in answer
    with bind(srem):
        assert not Person.objects.filter(last_name="Wisniewska").exists()
        osl.post("/en/panel/osoby/dodaj/mimo-to/", details)
        assert Person.objects.filter(last_name="Wisniewska").count() == 1


def test_a_malformed_number_is_named_and_the_answers_are_kept(osl: SiteClient) -> None:
    answer = osl.post("/en/panel/osoby/dodaj/", NEW | {"phone": "600 30"}).content.decode()
    assert "<title>Error:" in answer
    assert "This is not a full phone number" in answer
    assert 'href="#id_phone"' in answer
    assert 'value="600 30"' in answer
    assert 'value="Żółć"' in answer


# The card


def test_opening_a_card_is_written_down(srem: Tenant, osl: SiteClient, office: Office) -> None:
    text = page(osl, f"{office.halina.pk}/")
    assert 'href="tel:+48600100200"' in text
    with bind(srem):
        entry = AuditEntry.objects.about(office.halina.pk).get()
        assert (entry.action, entry.actor) == ("person.viewed", person_of(srem, "osl").pk)


def test_the_card_shows_the_family_and_the_messages(osl: SiteClient, office: Office) -> None:
    text = page(osl, f"{office.halina.pk}/")
    for words in ("Jan Wiśniewski", "Zmiana godziny zajęć", "waiting", "Ewa Żak", "No login"):
        assert words in text, words


def test_who_looked_is_for_those_who_may_see_the_audit(
    srem: Tenant, osl: SiteClient, office: Office
) -> None:
    assert "Who looked at this card" not in page(osl, f"{office.halina.pk}/")
    director = SiteClient(srem)
    director.log_in("director")
    text = page(director, f"{office.halina.pk}/")
    assert "Who looked at this card" in text
    assert "Osl Przykładowa" in text


def test_a_card_is_changed(srem: Tenant, osl: SiteClient, office: Office) -> None:
    details = NEW | {"first_name": "Halina", "last_name": "Nowa"}
    osl.post(f"/en/panel/osoby/{office.halina.pk}/popraw/", details)
    with bind(srem):
        office.halina.refresh_from_db()
        assert str(office.halina) == "Halina Nowa"


def test_the_link_of_a_merged_card_leads_to_the_one_that_was_kept(
    srem: Tenant, osl: SiteClient, office: Office
) -> None:
    with bind(srem):
        merge_people(kept=office.halina, merged=office.ewa, acting_user=person_of(srem, "director"))
    answer = osl.get(f"/en/panel/osoby/{office.ewa.pk}/", follow=True)
    assert answer.redirect_chain == [(f"/en/panel/osoby/{office.halina.pk}/", 302)]
    assert "Two cards were merged" in answer.content.decode()


# Family and consents


def test_somebody_joins_and_leaves_a_household(
    srem: Tenant, osl: SiteClient, office: Office
) -> None:
    path = f"/en/panel/osoby/{office.zofia.pk}/dom/"
    assert "Jan Wiśniewski" in osl.get(path, {"q": "jan"}).content.decode()
    osl.post(f"{path}{office.jan.pk}/")
    with bind(srem):
        office.zofia.refresh_from_db()
        assert office.zofia.household_id == office.jan.household_id
    assert osl.get(f"{path}opusc/").status_code == 200
    osl.post(f"{path}opusc/")
    with bind(srem):
        office.zofia.refresh_from_db()
        assert office.zofia.household_id is None


def test_a_guardian_is_added_and_removed(srem: Tenant, osl: SiteClient, office: Office) -> None:
    path = f"/en/panel/osoby/{office.jan.pk}/opiekun/"
    osl.post(f"{path}{office.halina.pk}/", {"kind": "carer"})
    with bind(srem):
        row = Guardianship.objects.get(ward=office.jan)
        assert row.guardian == office.halina
    assert "Shall Halina" in osl.get(f"{path}{row.pk}/usun/").content.decode()
    osl.post(f"{path}{row.pk}/usun/")
    with bind(srem):
        assert not Guardianship.objects.exists()


def test_what_cannot_be_is_refused_in_words(osl: SiteClient, office: Office) -> None:
    jan, halina = office.jan.pk, office.halina.pk
    osl.post(f"/en/panel/osoby/{jan}/opiekun/{halina}/", {"kind": "carer"})
    answer = osl.post(
        f"/en/panel/osoby/{halina}/opiekun/{jan}/", {"kind": "carer"}, follow=True
    ).content.decode()
    assert "is already the guardian of" in answer


def test_a_consent_on_paper_is_written_down_and_withdrawn(
    srem: Tenant, osl: SiteClient, office: Office
) -> None:
    path = f"/en/panel/osoby/{office.jan.pk}/zgoda/"
    assert "How was the consent given?" in osl.get(f"{path}news/").content.decode()
    assert osl.get(f"{path}nie-ma/").status_code == 404
    osl.post(f"{path}news/", {"means": "online"})
    with bind(srem):
        assert not Consent.objects.exists()
    osl.post(f"{path}news/", {"means": "paper"})
    with bind(srem):
        consent = Consent.objects.get(person=office.jan)
        assert consent.recorded_by == person_of(srem, "osl").pk
    osl.post(f"{path}{consent.pk}/wycofaj/")
    with bind(srem):
        assert not Consent.objects.valid().exists()
    assert "withdrawn" in page(osl, f"{office.jan.pk}/")
