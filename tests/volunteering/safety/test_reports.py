"""Something was not right: who may say so, who reads it, and what comes of it at once."""

from portal.audit.models import AuditEntry
from portal.notifications.models import Delivery, Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import title, words
from tests.forged import forged
from tests.volunteering.making import (
    in_days,
    make_assignment,
    make_invitation,
    make_person,
    make_request,
    make_volunteer,
)
from tests.volunteering.safety.reporting import (
    WORDS,
    by_requester,
    by_volunteer,
    logged_in,
    report,
)
from volunteering.matching.edges import broken_rules
from volunteering.models import (
    Assignment,
    Block,
    HelpRequest,
    Invitation,
    SafetyReport,
    VolunteerProfile,
)


def test_112_comes_before_the_question(srem: Tenant, readers: None, task: Assignment) -> None:
    page = words(logged_in(srem, "volunteer").get(by_volunteer(task)))
    assert page.index("112") < page.index("What was not right?") < page.index("What happened?")
    empty = logged_in(srem, "volunteer").post(by_volunteer(task), {"words": " "})
    assert empty.status_code == 422
    assert title(empty).startswith("Error:")


def test_a_report_goes_to_the_two_without_a_word_of_it(
    srem: Tenant, readers: None, asked: HelpRequest, task: Assignment
) -> None:
    for _press in range(2):
        assert "We have your report" in words(report(srem, task))
    with bind(srem):
        found = SafetyReport.objects.get()
        assert (found.words, found.assignment) == (WORDS, task)
        assert found.about == asked.requester
        assert found.reporter == task.profile.person
        message = Message.objects.get(kind="volunteering/danger")
        told = set(
            Delivery.objects.filter(message=message).values_list("person__logins__email", flat=True)
        )
        assert told == {f"{role}@{srem.schema_name}.example" for role in ("osl", "ous")}
        said = str(message.content)
        assert "/panel/sygnaly/" in said
        for secret in (WORDS, "Halina", "Nowak", "Volunteer", str(found.pk)):
            assert secret not in said
        assert not Block.objects.exists()
        # The trail, which others read, does not say who.
        entry = AuditEntry.objects.get(action="danger.reported")
        assert (entry.actor, entry.person) == (None, None)


def test_whoever_asked_reports_by_the_link(
    srem: Tenant, kety: Tenant, readers: None, asked: HelpRequest, task: Assignment
) -> None:
    visitor, address = SiteClient(srem), by_requester(srem, asked)
    assert "What was not right?" in words(visitor.get(address))
    page = words(visitor.post(address, {"words": WORDS}, follow=True))
    assert "We have your report" in page
    with bind(srem):
        found = SafetyReport.objects.get()
        assert found.about == task.profile.person
        assert found.reporter == asked.requester
    assert visitor.get(forged(address)).status_code == 404
    assert SiteClient(kety).get(address).status_code == 404


def test_among_several_helpers_one_is_chosen(
    srem: Tenant, readers: None, asked: HelpRequest, task: Assignment
) -> None:
    with bind(srem):
        other = make_assignment(asked, make_volunteer("Jan Cichy"), slot=2)
    visitor, address = SiteClient(srem), by_requester(srem, asked)
    page = words(visitor.get(address))
    assert "Jan" in page
    assert "Cichy" not in page
    assert visitor.post(address, {"words": WORDS}).status_code == 422
    visitor.post(address, {"words": WORDS, "about": str(other.pk)})
    visitor.post(address, {"words": WORDS + "!", "about": "nobody", "keep_apart": "on"})
    with bind(srem):
        about = list(SafetyReport.objects.order_by("created_at").values_list("about", flat=True))
        assert about == [other.profile.person_id, None]
        assert not Block.objects.exists()


def test_only_the_volunteer_of_the_task_reports_by_login(
    srem: Tenant, kety: Tenant, task: Assignment
) -> None:
    assert SiteClient(srem).get(by_volunteer(task)).status_code == 302
    assert logged_in(srem, "resident").get(by_volunteer(task)).status_code == 404
    assert logged_in(kety, "volunteer").get(by_volunteer(task)).status_code == 404


def test_a_block_is_immediate_silent_and_both_ways(
    srem: Tenant, readers: None, asked: HelpRequest, task: Assignment, profile: VolunteerProfile
) -> None:
    requester = asked.requester
    with bind(srem):
        later = make_request(requester=requester, starts_at=in_days(12))
        unanswered = make_invitation(later, profile)
        planned = make_invitation(
            make_request(requester=requester, starts_at=in_days(14)), profile, "planned",
            sent_at=None,
        )  # fmt: skip
        elsewhere = make_invitation(make_request(starts_at=in_days(16)), profile)
    report(srem, task, keep_apart="on")
    report(srem, task, keep_apart="on")
    with bind(srem):
        assert Block.objects.count() == 1
        statuses = dict(Invitation.objects.values_list("pk", "status"))
        assert statuses == {
            unanswered.pk: "withdrawn", planned.pk: "withdrawn", elsewhere.pk: "sent",
        }  # fmt: skip
        told = Delivery.objects.filter(message__kind="volunteering/not_needed")
        assert {copy.person_id for copy in told} == {profile.person_id}
        assert "blocked" in broken_rules([later.pk], [profile.pk])[profile.pk, later.pk]
        # What was arranged stays, for somebody of the office to part them.
        assert Assignment.objects.get().status == "accepted"
        assert not Delivery.objects.filter(person=requester).exists()


def test_who_asked_for_somebody_is_kept_apart_too(
    srem: Tenant, readers: None, profile: VolunteerProfile
) -> None:
    with bind(srem):
        daughter = make_person("Ala Córka")
        asked = make_request(status="arranged", asked_by=daughter)
        task = make_assignment(asked, profile)
    report(srem, task, keep_apart="on")
    with bind(srem):
        pairs = set(Block.objects.values_list("person", "other"))
        assert pairs == {
            (profile.person_id, asked.requester_id), (profile.person_id, daughter.pk),
        }  # fmt: skip


def test_too_many_in_an_hour_are_asked_to_call(
    srem: Tenant, readers: None, asked: HelpRequest, task: Assignment
) -> None:
    visitor, address = SiteClient(srem), by_requester(srem, asked)
    for number in range(10):
        assert visitor.post(address, {"words": f"{WORDS} {number}"}).status_code == 302
    response = visitor.post(address, {"words": "once more"})
    assert response.status_code == 422
    assert "Please call us." in words(response)
