"""Places are kept while the form is filled in: longer once, again, or no longer."""

import re
from datetime import timedelta

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from events.actions.publish_text import publish_text
from events.actions.save_text import Words, save_text
from events.models import Activity, BookingDraft, Session
from portal.accounts.models import User
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

TWO = {"who": "me_and_others", "with_me": "2"}


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


def test_each_of_a_crowd_is_led_on_from_their_own_form(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, session: Session
) -> None:
    """The page is made for the first of them; nobody finds another's form in it."""
    resize(srem, session, 2)
    late = [guest, Booker(as_site(srem), guest.activity), Booker(as_site(srem), guest.activity)]
    alone = {"who": "me"}
    for booker, party in zip(late, (alone, alone, TWO), strict=True):
        booker.start(session)
        booker.up_to_check(**party)
        lapse(srem, booker)
    for _place in range(2):
        Booker(as_site(srem), guest.activity).book(session)
    pages = [booker.say() for booker in late]
    for booker, page in zip(late, pages, strict=True):
        text = page.content.decode()
        assert code(page) == "hold_expired"
        assert f'action="{booker.url("czekaj")}"' in text
        assert {str(one.draft.pk) in text for one in late if one is not booker} == {False}
        assert page.cookies["csrftoken"].value
    texts = [page.content.decode() for page in pages]
    assert ['name="with_me" value="2"' in text for text in texts] == [False, False, True]
    assert len({re.findall(r'csrfmiddlewaretoken" value="(\w+)"', text)[0] for text in texts}) == 3
    # What the page sends is taken from whom it was made for, though it was made for somebody else.
    late[1].say_at("czekaj", who="me")
    assert late[1].step == "sprawdz"


def test_what_an_editor_changed_is_on_the_next_late_page(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, session: Session
) -> None:
    come_too_late(srem, as_site, guest, session)
    assert "Zupełnie inne zajęcia" not in words(guest.say())
    with bind(srem):
        editor = User.objects.get(email=f"osl@{srem.schema_name}.example")
        words_now = Words(title="Zupełnie inne zajęcia")
        text = save_text(
            activity=guest.activity, language="pl", words=words_now, acting_user=editor
        )
        publish_text(text=text, acting_user=editor)
    assert "Zupełnie inne zajęcia" in words(guest.say())


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
