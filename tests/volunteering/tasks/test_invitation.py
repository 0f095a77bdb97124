"""Behind the link of an invitation: to look changes nothing, yes and no do what they say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import told, words
from tests.forged import forged
from tests.volunteering.making import make_assignment, make_invitation, make_person, make_volunteer
from tests.volunteering.tasks.conftest import PHONE, STREET, SURNAME
from tests.volunteering.tasks.links import link
from volunteering.models import (
    Assignment,
    Block,
    HelpRequest,
    Invitation,
    SafetyReport,
    VolunteerProfile,
)


def status_of(srem: Tenant, invitation: Invitation) -> str:
    with bind(srem):
        return Invitation.objects.get(pk=invitation.pk).status


def test_the_page_asks_and_changes_nothing(
    srem: Tenant, visitor: SiteClient, invitation: Invitation
) -> None:
    response = visitor.get(link(srem, invitation))
    page = words(response)
    for fact in (
        "Will you help Halina?", "A visit and a talk", "Centrum", "less than 1 km",
        "We wait for your answer until", "Yes, I will help", "Not this time",
    ):  # fmt: skip
        assert fact in page
    for below in ("tak", "nie-tym-razem", "dlaczego", "kontakt", "oddaj", "godziny"):
        assert visitor.get(link(srem, invitation, below)).status_code == 302
    assert status_of(srem, invitation) == "sent"
    assert "no-store" in response.headers["Cache-Control"]
    assert 'content="noindex"' in response.content.decode()


def test_nothing_of_the_other_is_on_the_page(
    srem: Tenant, visitor: SiteClient, invitation: Invitation
) -> None:
    pages = [visitor.get(link(srem, invitation)).content.decode()]
    visitor.post(link(srem, invitation, "tak"))
    pages.append(visitor.get(link(srem, invitation)).content.decode())
    pages.append(visitor.get(link(srem, invitation) + "termin.ics").content.decode())
    for page in pages:
        for secret in (SURNAME, STREET, PHONE, PHONE[-3:] + " 1", "Cukrzyca"):
            assert secret not in page
    assert "BEGIN:VEVENT" in pages[2]
    assert "Halina" not in pages[2]


def test_yes_arranges_the_help_once(
    srem: Tenant, visitor: SiteClient, invitation: Invitation, asked: HelpRequest
) -> None:
    for _press in range(2):
        response = visitor.post(link(srem, invitation, "tak"), follow=True)
        assert response.status_code == 200
    page = words(response)
    assert "You help Halina" in page
    assert "What happens next?" in page
    assert "What may Halina see of you?" in page
    assert "You will see the contact data once both of you have agreed." in page
    with bind(srem):
        task = Assignment.objects.get()
        assert (task.request_id, task.status) == (asked.pk, "accepted")
        assert AuditEntry.objects.filter(action="help.accepted").count() == 1


def test_no_is_fine_and_may_say_why(
    srem: Tenant, visitor: SiteClient, invitation: Invitation
) -> None:
    page = words(visitor.post(link(srem, invitation, "nie-tym-razem"), follow=True))
    assert "Thank you for your answer" in page
    long = visitor.post(link(srem, invitation, "dlaczego"), {"reason": "x" * 201})
    assert long.status_code == 422
    page = words(
        visitor.post(link(srem, invitation, "dlaczego"), {"reason": "Chrypka"}, follow=True)
    )
    assert "Thank you for saying why." in page
    with bind(srem):
        stored = Invitation.objects.get()
        assert (stored.status, stored.reason) == ("declined", "Chrypka")
    # A yes after a no is for the telephone.
    told(visitor.post(link(srem, invitation, "tak")), 409, "already_changed", "call us")


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("expired", "The time to answer has passed"),
        ("withdrawn", "This is no longer needed"),
        ("declined", "Thank you for your answer"),
    ],
)
def test_what_is_answered_or_over_says_so(
    srem: Tenant, visitor: SiteClient, invitation: Invitation, status: str, sentence: str
) -> None:
    with bind(srem):
        Invitation.objects.update(status=status)
    page = words(visitor.get(link(srem, invitation)))
    assert sentence in page
    assert "Yes, I will help" not in page


def test_too_late_or_filled_is_refused_in_words(
    srem: Tenant, visitor: SiteClient, invitation: Invitation, asked: HelpRequest
) -> None:
    with bind(srem):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert "The time to answer has passed" in words(visitor.get(link(srem, invitation)))
    answer = visitor.post(link(srem, invitation, "tak"))
    told(answer, 410, "invitation_expired", "The time to answer this invitation has passed.")
    with bind(srem):
        Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
        make_assignment(asked, make_volunteer("Jan Szybki"))
    answer = visitor.post(link(srem, invitation, "tak"))
    told(answer, 409, "already_filled", "Somebody is helping already.")


def test_two_things_at_once_names_the_other(
    srem: Tenant, visitor: SiteClient, invitation: Invitation, profile: VolunteerProfile
) -> None:
    with bind(srem):
        other = HelpRequest.objects.get()
        other.pk, other.code = None, "ABCD2345"
        other.idempotency_key = make_person().pk
        other._state.adding = True
        other.kind = "shopping"
        other.requester = make_person("Inna Osoba")
        other.save()
        make_assignment(other, profile)
    answer = visitor.post(link(srem, invitation, "tak"))
    told(answer, 409, "time_overlap", "shopping or a prescription")
    assert status_of(srem, invitation) == "sent"


def test_a_wrong_link_and_a_blocked_pair_look_the_same(
    srem: Tenant, kety: Tenant, visitor: SiteClient, invitation: Invitation, asked: HelpRequest
) -> None:
    address = link(srem, invitation)
    wrong = visitor.get(forged(address))
    assert wrong.status_code == 404
    with bind(srem):
        Block.objects.create(person=asked.requester, other=invitation.profile.person)
    blocked = visitor.get(address)
    assert (blocked.status_code, words(blocked)) == (404, words(wrong))
    assert visitor.post(link(srem, invitation, "tak")).status_code == 404
    neighbour = SiteClient(kety).get(address)
    assert neighbour.status_code == 404
    with bind(srem):
        Block.objects.all().delete()
    assert visitor.get(address).status_code == 200


def test_a_planned_invitation_is_not_there_yet(
    srem: Tenant, visitor: SiteClient, asked: HelpRequest
) -> None:
    with bind(srem):
        planned = make_invitation(asked, make_volunteer("Ola Kot"), "planned", sent_at=None)
    assert visitor.get(link(srem, planned)).status_code == 404


def test_everything_goes_without_a_login(
    srem: Tenant, visitor: SiteClient, invitation: Invitation
) -> None:
    visitor.post(link(srem, invitation, "tak"))
    page = words(visitor.post(link(srem, invitation, "kontakt"), {"last_name": "on"}, follow=True))
    assert "You have agreed. We wait for the other person." in page
    page = words(visitor.post(link(srem, invitation, "kontakt", "ukryj"), follow=True))
    assert "Your data are hidden again." in page
    assert "Can you not come?" in words(visitor.get(link(srem, invitation, "oddaj")))
    page = words(visitor.post(link(srem, invitation, "oddaj"), follow=True))
    assert "You have given this back" in page
    with bind(srem):
        assert Assignment.objects.get().status == "cancelled_by_volunteer"
        assert HelpRequest.objects.get().status == "searching"


def test_whoever_has_no_login_can_report_too(
    srem: Tenant, visitor: SiteClient, invitation: Invitation
) -> None:
    visitor.post(link(srem, invitation, "tak"))
    address = link(srem, invitation, "zgloszenie-zagrozenia")
    assert address in visitor.get(link(srem, invitation)).content.decode()
    page = words(visitor.post(address, {"words": "Było strasznie."}, follow=True))
    assert "We have your report" in page
    with bind(srem):
        found = SafetyReport.objects.get()
        assert found.reporter == invitation.profile.person
