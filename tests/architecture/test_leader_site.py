"""A leader's site: no residents, no organisers, and an analyst who sees figures but no people."""

import pytest

from tenants.models import Tenant
from tests.architecture.canaries import Canaries
from tests.architecture.our_addresses import ACCOUNT, EVERYBODY, OWN_LOGIN, OWNER, PANEL, UNPROVEN
from tests.architecture.test_our_urls import FORM, came_out
from tests.architecture.walls import undone, visitor_as, whole

pytestmark = pytest.mark.usefixtures("db", "plain_templates")

OF_THE_ANALYST = {"/panel/"}


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
    assert {address: said for address, said in answers.items() if said - {"403", "405"}} == {}


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
        row.address: "404" if row.get == OWNER else "in"
        for row in [*ACCOUNT, *OWN_LOGIN]
        if row.get
    }
    assert answers == wanted


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
        refused = "login" if role == UNPROVEN else "403"
        if row.get:
            assert came_out(response) == (allowed if role in row.get else refused), row.address


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
