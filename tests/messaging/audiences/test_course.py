"""The conversation of a course: who opens it, who is in it, until when."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions.cancel_activity import cancel_activity
from events.actions.cancel_booking import cancel_booking
from events.course_conversation import changed_who_comes
from events.editing_refusals import NothingToTalkAbout
from events.links import manage_path
from events.models import Activity, Booking
from portal.messaging import reading
from portal.messaging.models import Conversation, Participant
from portal.messaging.refusals import ConversationClosed, NotInConversation
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.engine.booking_forms import a_clerk, at_desk, booked, pool_of
from tests.events.making import in_days, make_activity, make_session
from tests.jobs import do_due_jobs
from tests.messaging.audiences.talking import make_course, opened, present, say
from tests.volunteering.making import make_person


def test_everybody_on_the_course_is_in_and_the_office_too(here: Tenant) -> None:
    conversation = opened(make_course(make_person("Ewa Kos"), make_person("Jan Lis")))
    assert present(conversation) == {"Ewa Kos", "Jan Lis"}
    assert conversation.has_office
    assert str(conversation) == "Gotowanie"


def test_opened_twice_it_is_one(here: Tenant) -> None:
    course = make_course()
    assert opened(course) == opened(course)
    assert Conversation.objects.count() == 1


@pytest.mark.parametrize("rules", [{"kind": "open_series"}, {"status": "draft"}])
def test_only_a_public_course_gets_one(here: Tenant, rules: dict[str, Any]) -> None:
    activity = make_activity(**{"kind": "course", **rules})
    make_session(activity)
    with pytest.raises(NothingToTalkAbout):
        opened(activity)


def test_course_without_dates_or_long_over_gets_none(here: Tenant) -> None:
    for course in (make_activity(kind="course"), make_course(last_on=in_days(-20))):
        with pytest.raises(NothingToTalkAbout):
            opened(course)


def test_whoever_books_comes_in_and_whoever_cancels_leaves(here: Tenant) -> None:
    course = make_course(make_person("Ewa Kos"))
    conversation = opened(course)
    booking = at_desk(pool_of(course), make_person("Jan Lis"))
    do_due_jobs()
    assert present(conversation) == {"Ewa Kos", "Jan Lis"}
    cancel_booking(booking=booking, acting_user=a_clerk())
    do_due_jobs()
    assert present(conversation) == {"Ewa Kos"}


def test_whoever_has_left_cannot_write_and_reads_nothing_new(here: Tenant) -> None:
    ewa, jan = make_person("Ewa Kos"), make_person("Jan Lis")
    course = make_course(ewa, jan)
    conversation = opened(course)
    cancel_booking(booking=Booking.objects.get(booker=jan), acting_user=a_clerk())
    # Before the job has run.
    with pytest.raises(NotInConversation):
        say(conversation, jan)
    say(conversation, ewa, "Kto ma przepis?")
    assert not Participant.objects.of(jan).exists()


def test_newcomer_does_not_read_what_was_said_before(here: Tenant) -> None:
    course = make_course(make_person("Ewa Kos"))
    conversation = opened(course)
    say(conversation, None, "Zanim przyszedł Jan")
    at_desk(pool_of(course), jan := make_person("Jan Lis"))
    do_due_jobs()
    say(conversation, None, "Witamy Jana")
    place = reading.participant_for(jan, conversation.pk)
    assert [one.text for one in reading.messages_for(place)] == ["Witamy Jana"]


def test_booking_nobody_has_confirmed_is_not_in_yet(here: Tenant) -> None:
    course = make_activity(kind="course", needs_approval=True)
    make_session(course)
    conversation = opened(course)
    booked(pool_of(course), "Ewa Kos")
    do_due_jobs()
    assert present(conversation) == set()


def test_course_without_a_conversation_costs_booking_nothing(here: Tenant) -> None:
    course = make_course()
    with CaptureQueriesContext(connection) as queries:
        changed_who_comes(course)
    assert not queries.captured_queries


def test_two_weeks_after_the_last_date_it_can_only_be_read(here: Tenant) -> None:
    ewa = make_person("Ewa Kos")
    course = make_course(ewa)
    conversation = opened(course)
    course.sessions.update(starts_at=in_days(-14), ends_at=in_days(-13))
    say(conversation, ewa)
    course.sessions.update(starts_at=in_days(-16), ends_at=in_days(-15))
    with pytest.raises(ConversationClosed):
        say(conversation, ewa)
    assert Participant.objects.of(ewa).exists()


def test_cancelled_course_is_read_by_everybody_who_was_on_it(here: Tenant) -> None:
    course = make_course(ewa := make_person("Ewa Kos"))
    conversation = opened(course)
    cancel_activity(activity=course, note="Za mało osób.", acting_user=a_clerk())
    do_due_jobs()
    with pytest.raises(ConversationClosed):
        say(conversation, ewa)
    assert present(conversation) == {"Ewa Kos"}


# Through the panel


def test_organiser_opens_it_from_the_page_of_the_course(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        course = make_course(make_person("Ewa Kos"))
    office = as_site(srem)
    office.log_in("osl")
    page = f"/en/panel/wydarzenia/zajecia/{course.pk}/"
    assert "Open a conversation of the course" in office.get(page).content.decode()
    response = office.post(f"{page}rozmowa/")
    with bind(srem):
        stored = Activity.objects.get(pk=course.pk).conversation
        assert stored is not None
    assert response.headers["Location"] == f"/en/panel/wiadomosci/{stored.pk}/"
    assert response.headers["Location"] in office.get(page).content.decode()


def test_editor_cannot_open_it_nor_anybody_by_looking(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        course = make_course(make_person("Ewa Kos"))
    address = f"/en/panel/wydarzenia/zajecia/{course.pk}/rozmowa/"
    editor, office = as_site(srem), as_site(srem)
    editor.log_in("editor")
    office.log_in("osl")
    assert editor.post(address).status_code in {403, 404}
    assert office.get(address).status_code == 405
    with bind(srem):
        assert not Conversation.objects.exists()


def test_booker_finds_it_behind_the_link_of_the_booking(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    with bind(srem):
        course = make_course(make_person("Ewa Kos"))
        page = manage_path(Booking.objects.get())
    assert "Conversation of the course" not in visitor.get(page).content.decode()
    with bind(srem):
        say(opened(course), None, "Fartuchy są na miejscu")
    [thread] = re.findall(r'href="([^"]*/link/[^"]+)"', visitor.get(page).content.decode())
    assert "Fartuchy są na miejscu" in visitor.get(thread).content.decode()


def test_links_to_write_lead_to_an_announcement(srem: Tenant, as_site: type[SiteClient]) -> None:
    office = as_site(srem)
    office.log_in("osl")
    with bind(srem):
        course = make_course(make_person("Ewa Kos"))
        date = course.sessions.get()
    for address in (
        f"/en/panel/wydarzenia/zajecia/{course.pk}/",
        f"/en/panel/wydarzenia/termin/{date.pk}/uczestnicy/",
    ):
        page = office.get(address).content.decode()
        [compose] = re.findall(r'href="([^"]*/ogloszenia/nowe/[^"]+)"', page)
        assert "Gotowanie" in office.get(compose).content.decode()
