"""Phones, e-mails and streets: who may see people sees them, and every such look is written down.

That nobody else sees them under any address: ``test_our_urls.py`` and ``test_every_url.py``.
"""

import re

import pytest

from portal.accounts.models import User
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tests.architecture.canaries import Canaries
from tests.architecture.our_addresses import ACCOUNT, OWN_LOGIN, PANEL
from tests.architecture.roles import SEES_PEOPLE
from tests.architecture.walls import people_reached, undone, visitor_as, visitor_who_is, whole

pytestmark = pytest.mark.usefixtures("db", "plain_templates")


@pytest.mark.parametrize("role", sorted(SEES_PEOPLE))
def test_every_look_at_contact_data_is_written_down(
    role: str, canaries: dict[str, Canaries]
) -> None:
    own = canaries["srem"]
    visitor = visitor_as(role, own.tenant)
    with bind(own.tenant):
        user = User.objects.get(email=f"{role}@{own.tenant.schema_name}.example")
    shown, unnoted = set(), []
    for row in PANEL:
        if role not in row.get:
            continue
        with undone(visitor):
            text = whole(visitor.get(row.address.format_map(own.ids)))
            with bind(own.tenant):
                noted = AuditEntry.objects.filter(action="person.viewed", actor=user.pk)
                about = {str(person) for person in noted.values_list("person", flat=True)}
        if people := people_reached(text, own):
            shown.add(row.address)
            unnoted += [f"{row.address} shows {person}" for person in people - about]
    assert "/panel/osoby/{person}/" in shown
    assert not unnoted, "\n" + "\n".join(unnoted)


@pytest.mark.parametrize("role", sorted(SEES_PEOPLE))
def test_a_card_shows_all_ways_to_reach_somebody(role: str, canaries: dict[str, Canaries]) -> None:
    own = canaries["kety"]
    person = own.ids["person"]
    text = whole(visitor_as(role, own.tenant).get(f"/panel/osoby/{person}/"))
    plain = re.sub(r"\s|-", "", text)
    assert all(re.sub(r"\s|-", "", contact) in plain for contact in own.contacts[person])


@pytest.mark.parametrize("site", ["srem", "kety"])
def test_people_see_their_own_contact_data_and_nobody_elses(
    site: str, canaries: dict[str, Canaries]
) -> None:
    """Not even of those they live with, act for, or work with in an organisation."""
    own = canaries[site]
    with bind(own.tenant):
        user = User.objects.get(pk=own.ids["login"])
    visitor = visitor_who_is(user, own.tenant)
    seen = {
        person
        for row in [*ACCOUNT, *OWN_LOGIN]
        if row.get
        for person in people_reached(whole(visitor.get(row.address.format_map(own.ids))), own)
    }
    assert seen == {own.ids["person"]}
    with bind(own.tenant):
        looks = AuditEntry.objects.filter(action="person.viewed", actor=user.pk)
        # Their organisation's list of participants shows them to themselves.
        assert not looks.exclude(pk__in=[own.ids["entry"], own.only_here["entry"]]).exclude(
            person=user.person_id
        )


def test_a_ward_and_a_housemate_are_shown_by_name_alone(canaries: dict[str, Canaries]) -> None:
    own = canaries["srem"]
    with bind(own.tenant):
        user = User.objects.get(pk=own.ids["login"])
    text = whole(visitor_who_is(user, own.tenant).get("/konto/dane/"))
    assert f"Hanna Kowalska-{own.word}" in text
    assert people_reached(text, own) == {own.ids["person"]}
