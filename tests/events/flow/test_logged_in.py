"""Somebody with a login books: what we know is not asked."""

from django.conf import settings

from events.models import Activity, Booking, Session
from portal.accounts.models import Guardianship, Household, Person
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import Booker, code, start_page, words
from tests.events.making import in_days, make_activity, make_session


def me(tenant: Tenant) -> Person:
    with bind(tenant):
        return Person.objects.get(logins__email__startswith="resident@")


def test_resident_books_in_three_steps(srem: Tenant, resident: Booker) -> None:
    assert "You do not need an account" not in words(
        resident.client.get(start_page(resident.activity))
    )
    resident.start()
    assert "Step 2 of 4." in words(resident.look())
    resident.say(who="me")
    assert resident.step == "potrzeby"
    resident.say()
    check = words(resident.look())
    assert "Resident Przykładowa" in check
    assert "By e-mail to resident@" in check
    resident.say()
    done = words(resident.look())
    assert "My bookings" in done
    with bind(srem):
        booking = Booking.objects.get()
        assert booking.booker == me(srem)
        assert [one.person for one in booking.participations.all()] == [me(srem)]


def test_of_an_age_only_the_age_is_asked(srem: Tenant, resident: Booker) -> None:
    with bind(srem):
        Activity.objects.update(age_min=60)
    resident.start()
    resident.say(who="me")
    assert resident.step == "osoba-1"
    page = words(resident.look())
    assert "How old will you be on the day of the activity?" in page
    assert "First name" not in page
    resident.say(age="66")
    resident.go_on()
    assert "Resident Przykładowa, 66 years old" in words(resident.look())
    resident.say()
    with bind(srem):
        assert Booking.objects.get().participations.get().age == 66


def test_family_and_wards_are_chosen_not_typed(srem: Tenant, resident: Booker) -> None:
    with bind(srem):
        home = Household.objects.create()
        Person.objects.filter(pk=me(srem).pk).update(household=home)
        son = Person.objects.create(first_name="Kuba", last_name="Przykładowy", household=home)
        ward = Person.objects.create(first_name="Zofia", last_name="Stara")
        Guardianship.objects.create(guardian=me(srem), ward=ward, kind="carer")
        Person.objects.create(first_name="Obcy", last_name="Człowiek")
    resident.start()
    resident.say(who="others", without_me="3")
    page = words(resident.look())
    assert "Kuba Przykładowy" in page
    assert "Zofia Stara" in page
    assert "Obcy" not in page
    assert resident.say().status_code == 422
    resident.say(known=str(son.pk))
    assert "Kuba" not in words(resident.look())  # named already
    resident.say(known=str(ward.pk))
    assert resident.say(known="else").status_code == 422
    resident.say(known="else", first_name="Nowa", last_name="Osoba")
    assert resident.step == "potrzeby"
    resident.go_on()
    resident.say()
    with bind(srem):
        people = {one.person for one in Booking.objects.get().participations.all()}
        assert {son, ward} < people
        assert {str(one) for one in people - {son, ward}} == {"Nowa Osoba"}


def test_resident_learns_that_they_are_on_the_list(
    srem: Tenant, resident: Booker, session: Session
) -> None:
    resident.book(session)
    resident.start(session)
    resident.up_to_check()
    response = resident.say()
    assert (response.status_code, code(response)) == (409, "already_booked")
    said = words(response)
    assert "Already on this list: Resident Przykładowa." in said
    assert "Show my bookings" in said
    with bind(srem):
        assert Booking.objects.count() == 1


def test_resident_is_warned_of_two_things_at_once(
    srem: Tenant, resident: Booker, as_site: type[SiteClient], session: Session
) -> None:
    with bind(srem):
        other = make_activity("Szydełko")
        at_once = make_session(other, starts_at=in_days(10))
    resident.book(session)
    second = Booker(resident.client, other)
    second.start(at_once)
    second.up_to_check()
    check = second.look()
    assert code(check) == "OpportunityIsInConflict"
    assert "You already have Smartfon bez strachu at that time." in words(check)
    assert "Book all the same" in words(check)
    assert second.say().status_code == 302
    with bind(srem):
        assert Booking.objects.count() == 2
    # A guest who types the same name is told nothing.
    guest = Booker(as_site(srem), other)
    guest.start(at_once)
    guest.say(who="me")
    guest.say(first_name="Resident", last_name="Przykładowa")
    guest.say(channel="email", email=me(srem).email)
    guest.go_on()
    assert code(guest.look()) == ""


def test_a_form_begun_with_a_login_is_closed_with_it(
    srem: Tenant, as_site: type[SiteClient], resident: Booker
) -> None:
    resident.start()
    resident.up_to_check()
    del resident.client.cookies[settings.SESSION_COOKIE_NAME]
    away = resident.look()
    assert away.status_code == 302
    assert "/konto/zaloguj/" in away.headers["Location"]
    resident.client.log_in("volunteer")
    assert resident.look().status_code == 404
