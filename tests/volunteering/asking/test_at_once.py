"""A double click, a retry, two tabs: the same form sent many times at one moment."""

from django.db import connection

from portal.accounts.models import Person
from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tenants.roles import as_owner
from tests.conftest import SiteClient
from tests.events.flow.test_at_once import TIMES, at_once
from tests.volunteering.asking.asker import Asker
from tests.volunteering.making import make_district
from volunteering.models import HelpRequest

# A race is not lost every time.
ROUNDS = 4


def filled_in(srem: Tenant) -> Asker:
    with bind(srem):
        make_district()
    guest = Asker(SiteClient(srem))
    guest.go_on()
    return guest


def press(guest: Asker) -> tuple[int, str]:
    browser = SiteClient(guest.client.tenant)
    browser.cookies = guest.client.cookies
    response = browser.post(guest.at)
    return response.status_code, response.headers["Location"].rpartition("popros")[2]


def test_the_last_button_pressed_many_times_asks_once(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    guest = filled_in(srem)
    assert at_once(lambda: press(guest)) == [(302, "/gotowe/")] * TIMES
    with bind(srem):
        assert HelpRequest.objects.count() == 1
        assert Person.objects.filter(first_name="Halina").count() == 1
        assert Message.objects.filter(kind="volunteering/asked").count() == 1


def test_without_the_key_of_the_form_each_press_may_be_a_request(own_database: str) -> None:
    """The control: nothing but the constraint keeps the presses together."""
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    with as_owner(), bind(srem), connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE volunteering_helprequest"
            " DROP CONSTRAINT volunteering_helprequest_idempotency_key_key"
        )
    for _round in range(ROUNDS):
        guest = filled_in(srem)
        at_once(lambda: press(guest))  # noqa: B023 (ended before the next round)
        with bind(srem):
            keys = list(HelpRequest.objects.values_list("idempotency_key", flat=True))
        if len(keys) > len(set(keys)):
            return
    raise AssertionError("The race never happened: the test above proves nothing.")
