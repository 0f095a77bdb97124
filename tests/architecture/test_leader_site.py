"""A leader's site: no residents, no organisers, and an analyst who sees figures but no people."""

import pytest

from tenants.models import Tenant
from tests.architecture.canaries import Canaries
from tests.architecture.event_addresses import BEHIND_THE_LINK, OF_THE_BROWSER, PRIVATE
from tests.architecture.our_addresses import ACCOUNT, OWN_LOGIN, PANEL
from tests.architecture.roles import EVERYBODY, OWNER, UNPROVEN
from tests.architecture.test_event_urls import browser_of, sent_by
from tests.architecture.test_our_urls import FORM, came_out
from tests.architecture.walls import undone, visitor_as, whole

pytestmark = pytest.mark.usefixtures("db", "plain_templates")

OF_THE_ANALYST = {
    "/panel/", "/panel/liczby/", "/panel/liczby/?okres=rok", "/panel/liczby/attended.csv",
}  # fmt: skip


def test_analyst_enters_the_panel_and_sees_no_people(
    leader: Tenant, canaries: dict[str, Canaries]
) -> None:
    visitor, ids = visitor_as("analyst", leader), canaries["srem"].ids
    answers = {}
    for row in PANEL:
        address = row.address.format_map(ids)
        looked = came_out(visitor.get(address))
        with undone(visitor):
            sent = came_out(visitor.post(address, FORM))
        if row.address in OF_THE_ANALYST:
            assert (looked, sent) == ("in", "405")
        else:
            answers[row.address] = {looked, sent}
    assert {address: said for address, said in answers.items() if "in" in said} == {}


def test_analyst_has_an_account_like_everybody(
    leader: Tenant, canaries: dict[str, Canaries]
) -> None:
    visitor, ids = visitor_as("analyst", leader), canaries["srem"].ids
    answers = {
        row.address: came_out(visitor.get(row.address.format_map(ids)))
        for row in [*ACCOUNT, *OWN_LOGIN]
        if row.get
    }
    wanted = {
        row.address: "404" if row.get == OWNER or "{" in row.address else "in"
        for row in [*ACCOUNT, *OWN_LOGIN]
        if row.get
    }
    # Nobody becomes a volunteer at a leader.
    wanted |= {address: "403" for address in wanted if "/dolacz/" in address}
    wanted["/wolontariat/dolacz/gotowe/"] = "in"  # it leads to the account
    assert {one: said for one, said in answers.items() if said != wanted[one]} == {}


@pytest.mark.parametrize("role", ["director", "dpo", "editor", UNPROVEN])
def test_roles_of_a_leader_open_there_what_they_open_elsewhere(
    role: str, leader: Tenant, canaries: dict[str, Canaries]
) -> None:
    """Its people, messages and organisations are its own: those of the gminas are not there."""
    visitor, srem = visitor_as(role, leader), canaries["srem"]
    for row in PANEL:
        response = visitor.get(row.address.format_map(srem.ids))
        assert srem.word not in whole(response), row.address
        allowed = "404" if "{" in row.address.partition("?")[0] else "in"
        refused = {"login"} if role == UNPROVEN else {str(row.refusal)}
        # Reports of danger are for two people, and a leader has named none.
        is_for_two = row.refusal == 404
        if row.get and role in row.get and not is_for_two:
            assert came_out(response) == allowed, row.address
        elif row.get:
            # What is not there is not there, whoever asks.
            assert came_out(response) in (refused | {allowed}) - {"in"}, row.address


def test_nobody_signs_up_at_a_leader(leader: Tenant) -> None:
    visitor = visitor_as("anonymous", leader)
    assert visitor.get("/konto/zaloz/").status_code == 404
    assert visitor.post("/konto/zaloz/", FORM).status_code == 404


def test_director_of_a_leader_invites_no_organisers(leader: Tenant) -> None:
    page = visitor_as("director", leader).get("/en/panel/zespol/zapros/").content.decode()
    assert 'value="analyst"' in page
    assert 'value="osl"' not in page
    assert {"osl", "ous"} <= EVERYBODY


def test_analyst_is_no_role_of_a_gmina(canaries: dict[str, Canaries]) -> None:
    visitor = visitor_as("director", canaries["srem"].tenant)
    page = visitor.get("/en/panel/zespol/zapros/").content.decode()
    assert 'value="osl"' in page
    assert 'value="analyst"' not in page


# Events: of its partners, and none of its own


@pytest.fixture
def partner(leader: Tenant, canaries: dict[str, Canaries]) -> Canaries:
    """Śrem is in a project that the leader leads; Kęty is in none."""
    return canaries["srem"]


def test_leader_lists_what_its_partners_announce_and_nobody_else(
    leader: Tenant, partner: Canaries, canaries: dict[str, Canaries]
) -> None:
    page = visitor_as("anonymous", leader).get("/wydarzenia/")
    text = whole(page)
    assert page.status_code == 200
    assert not page.cookies
    assert f"zajecia {partner.word}" in text
    assert f"robocze {partner.word}" not in text
    assert f"propozycja {partner.word}" not in text
    assert canaries["kety"].word not in text


def test_feeds_of_a_leader_carry_nothing_of_the_gminas(
    leader: Tenant, canaries: dict[str, Canaries]
) -> None:
    visitor = visitor_as("director", leader)
    for address in ("/wydarzenia.ics", "/wydarzenia/rss.xml", "/sitemap.xml", "/szukaj/?q=zajecia"):
        page = visitor.get(address)
        assert page.status_code == 200, address
        assert not [one.word for one in canaries.values() if one.word in whole(page)], address


def test_leader_has_no_activities_bookings_or_calendars_of_others(
    leader: Tenant, partner: Canaries
) -> None:
    """Also of its partners: their pages are on their own sites."""
    visitor, ids = browser_of("anonymous", leader), partner.ids
    for address in (
        "/wydarzenia/{slug}/", "/wydarzenia/{slug}/zapisz/", "/wydarzenia/{slug}/plakat.pdf",
        "/wydarzenia/{slug}/kalendarz.ics", "/wydarzenia/termin/{date}.ics",
        "/wydarzenia/miesiac/2030-1/",
    ):  # fmt: skip
        assert visitor.get(address.format_map(ids)).status_code == 404, address
    for page in [*OF_THE_BROWSER, *BEHIND_THE_LINK, *PRIVATE]:
        wanted = 410 if page in BEHIND_THE_LINK else 404
        with undone(visitor):
            statuses = {
                visitor.get(page.address.format_map(ids)).status_code,
                sent_by(visitor, page, ids, ids).status_code,
            }
        assert statuses - {405} == {wanted}, page.address
