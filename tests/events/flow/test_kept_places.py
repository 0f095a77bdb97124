"""Places are kept while the form is filled in: longer once, again, or no longer."""

from datetime import timedelta

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from events.models import Activity, BookingDraft, Session
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import (
    Booker,
    code,
    resize,
    taken,
    told,
    words,
)
from tests.events.making import in_days, make_activity, make_session


def lapse(tenant: Tenant, booker: Booker) -> None:
    with bind(tenant):
        BookingDraft.objects.filter(pk=booker.draft.pk).update(
            held_until=timezone.now() - timedelta(seconds=1)
        )


def test_a_slow_form_still_books_while_there_is_room(srem: Tenant, guest: Booker) -> None:
    guest.start()
    guest.up_to_check()
    lapse(srem, guest)
    page = words(guest.look())
    assert "The time for which we kept the places has passed." in page
    assert "Keep the places again" in page
    guest.say()
    assert guest.step == "gotowe"


def test_a_slow_form_whose_places_are_gone(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, session: Session
) -> None:
    resize(srem, session, 1)
    guest.start(session)
    guest.up_to_check()
    lapse(srem, guest)
    Booker(as_site(srem), guest.activity).book(session)
    said = told(
        guest.say(), 409, "hold_expired",
        "The time for which we kept the places has passed, and somebody else has taken them.",
    )  # fmt: skip
    assert "Join the waiting list" in said
    assert "Choose another date" in said
    # The answers are kept: one button, and only the check is left.
    guest.say_at("czekaj", who="me")
    assert guest.step == "sprawdz"
    assert "Halina Nowak" in words(guest.look())


def come_too_late(srem: Tenant, as_site: type[SiteClient], late: Booker, session: Session) -> None:
    """The whole form, for one place that somebody else has by then."""
    resize(srem, session, 1)
    late.start(session)
    late.up_to_check()
    lapse(srem, late)
    Booker(as_site(srem), late.activity).book(session)


def test_a_crowd_at_a_full_date_asks_the_database_little(
    srem: Tenant,
    as_site: type[SiteClient],
    guest: Booker,
    session: Session,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    come_too_late(srem, as_site, guest, session)
    first = guest.say()
    with django_assert_max_num_queries(2):
        again = guest.say()
    assert words(again) == words(first)


def test_whoever_is_logged_in_is_told_so_too(
    srem: Tenant, as_site: type[SiteClient], resident: Booker, session: Session
) -> None:
    come_too_late(srem, as_site, resident, session)
    assert code(resident.say()) == "hold_expired"
    # Their form is for their login alone, in whatever browser.
    del resident.client.cookies["sessionid"]
    assert "?next=" in resident.say().headers["Location"]


def test_another_browser_learns_nothing_of_a_late_form(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, session: Session
) -> None:
    come_too_late(srem, as_site, guest, session)
    assert as_site(srem).post(guest.at).status_code == 404


def test_a_full_course_has_no_other_date(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, session: Session
) -> None:
    come_too_late(srem, as_site, guest, session)
    with bind(srem):
        Activity.objects.filter(pk=guest.activity.pk).update(kind=Activity.Kind.COURSE)
    said = words(guest.say())
    assert "Join the waiting list" in said
    assert "Choose another date" not in said


def test_places_are_kept_longer_once(srem: Tenant, guest: Booker) -> None:
    guest.start()
    guest.say(who="me")
    until = guest.draft.held_until
    assert until is not None
    guest.say_at("dluzej", krok="osoba-1")
    assert guest.step == "osoba-1"
    assert guest.draft.held_until == until + timedelta(minutes=15)
    assert "Keep them 15 minutes longer" not in words(guest.look())
    told(guest.say_at("dluzej"), 409, "already_extended", "The time was extended already.")
    lapse(srem, guest)
    guest.say_at("trzymaj", krok="osoba-1")
    assert guest.draft.held_until > timezone.now()
    # Who comes back to such an address by hand is led on, and nothing changes.
    until = guest.draft.held_until
    assert guest.client.get(guest.url("trzymaj")).headers["Location"] == guest.at
    assert guest.client.get(guest.url("dluzej")).headers["Location"] == guest.at
    assert guest.draft.held_until == until


def test_places_are_let_go(srem: Tenant, guest: Booker, session: Session) -> None:
    guest.start(session)
    guest.say(who="me")
    assert "Let the places go?" in words(guest.look("pusc"))
    guest.say_at("pusc")
    assert guest.at == f"/en/wydarzenia/{guest.activity.slug}/"
    assert taken(srem, session) == 0
    with bind(srem):
        assert not BookingDraft.objects.exists()


def test_one_browser_keeps_two_sets_of_places(srem: Tenant, as_site: type[SiteClient]) -> None:
    client = as_site(srem)
    with bind(srem):
        activities = [make_activity(f"Zajęcia {number}") for number in (1, 2, 3)]
        for activity in activities:
            make_session(activity)
    forms = [Booker(client, activity) for activity in activities]
    for form in forms[:2]:
        form.start()
        form.say(who="me")
    forms[2].start()
    response = forms[2].say(who="me")
    said = told(
        response, 409, "too_many_holds",
        "You are already filling in two bookings. Finish one of them, or let it go.",
    )  # fmt: skip
    assert "Finish the booking for “Zajęcia 1”" in said
    assert forms[1].url("pusc") in response.content.decode()
    forms[1].say_at("pusc")
    assert forms[2].say(who="me").status_code == 302


def test_somebody_who_goes_from_date_to_date_is_not_stopped(srem: Tenant, guest: Booker) -> None:
    """Back, another date, next: as often as it takes, with the answers kept."""
    with bind(srem):
        make_session(guest.activity, starts_at=in_days(24))
        dates = list(guest.activity.sessions.order_by("starts_at"))
    guest.start(dates[0])
    guest.up_to_check()
    for date in dates[1:]:
        guest.start(date)
        assert guest.say(who="me").status_code == 302
        assert guest.step == "sprawdz"
    with bind(srem):
        assert BookingDraft.objects.count() == 2
